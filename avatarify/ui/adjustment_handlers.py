"""The handlers of the commands that change how the picture and the preview look."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from avatarify.ui.state import AppState

_ZOOM_STEP, _PAN_STEP, _OVERLAY_STEP = 1.1, 0.1, 0.1


def adjustment_handlers(state: AppState) -> dict[str, Callable[..., object]]:
    """Return the handlers by command."""

    def zoom(factor: float) -> None:
        state.change(zoom=state.controls.zoom * factor)

    def pan(x: float, y: float) -> None:
        state.change(pan_x=state.controls.pan_x + x, pan_y=state.controls.pan_y + y)

    def overlay(by: float) -> None:
        state.set_view(overlay=min(1.0, max(0.0, round(state.settings.overlay + by, 2))))

    def show(name: str, on: bool) -> None:
        state.set_view(**{name: on})

    def control(name: str, on: bool) -> None:
        state.change(**{name: on})

    return {
        "zoom_in": partial(zoom, _ZOOM_STEP),
        "zoom_out": partial(zoom, 1 / _ZOOM_STEP),
        "pan_up": partial(pan, 0, -_PAN_STEP),
        "pan_down": partial(pan, 0, _PAN_STEP),
        "pan_left": partial(pan, -_PAN_STEP, 0),
        "pan_right": partial(pan, _PAN_STEP, 0),
        "overlay_less": partial(overlay, -_OVERLAY_STEP),
        "overlay_more": partial(overlay, _OVERLAY_STEP),
        **{name: partial(control, name) for name in ("mirror", "follow")},
        **{
            name: partial(show, name)
            for name in ("mirror_preview", "figures", "landmarks", "camera_preview", "side_by_side")
        },
    }
