"""What a session is started with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from avatarify.ui.state import AppState

if TYPE_CHECKING:
    from avatarify.live.options import LiveOptions


def session_options(state: AppState) -> LiveOptions:
    """Return the options of a session; imports heavy libraries.

    Raises:
        UsageError: the size in the settings is invalid.
    """
    from avatarify.animate.options import AnimationOptions
    from avatarify.frames import Size
    from avatarify.live.options import LiveOptions

    kept = state.settings
    animation = AnimationOptions(
        portrait=state.portrait.name if state.portrait else "",
        model=kept.model,
        runtime=kept.runtime,
        size=Size.parse(kept.size),
        controls=state.controls,
        neutral=kept.neutral,
    )
    return LiveOptions(
        animation,
        camera=state.camera.value,
        sink=state.sink.value,
        fps=kept.fps,
        quality="best" if kept.quality == "best" else "auto",
    )
