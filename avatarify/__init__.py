"""Avatarify: real-time portrait animation into a virtual camera.

From Python::

    import avatarify

    avatarify.animate_video("mona-lisa", "me.mp4", "out.mp4")
    with avatarify.live_session("0", "mona-lisa", ["virtual"]) as session:
        session.wait(60)

Importing this package is cheap: neither torch, OpenCV nor Qt is loaded before a function or a command needs it. The
names are those of ``avatarify.api``.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as ``typing`` has it: importing that would lengthen the moment in which Ctrl-C is not handled
if TYPE_CHECKING:
    from typing import Any

    from avatarify.api import (
        AvatarifyError,
        ModelEntry,
        PortraitInfo,
        animate_frames,
        animate_video,
        animation_options,
        list_models,
        list_portraits,
        list_runtimes,
        live_session,
        open_session,
    )

__version__ = "0.1.0"
__all__ = [
    "AvatarifyError",
    "ModelEntry",
    "PortraitInfo",
    "animate_frames",
    "animate_video",
    "animation_options",
    "list_models",
    "list_portraits",
    "list_runtimes",
    "live_session",
    "open_session",
]


def __getattr__(name: str) -> Any:
    """Load the API when one of its names is first used."""
    if name not in __all__:
        raise AttributeError(f"module 'avatarify' has no attribute '{name}'")
    import importlib

    return getattr(importlib.import_module("avatarify.api"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
