"""Keeps a session from sending its pictures to the camera that it takes them from."""

from __future__ import annotations

from collections.abc import Callable

from avatarify.capture.source import FrameSource
from avatarify.errors import DeviceError
from avatarify.output.sink import FrameSink


def open_elsewhere(open_sink: Callable[[str], FrameSink], source: FrameSource, text: str) -> FrameSink:
    """Open a sink that is not the camera itself.

    Args:
        open_sink: Opens a sink by what is written after ``--sink``.
        source: Where pictures come from.
        text: The sink.

    Raises:
        DeviceError: they would go round in a circle.
    """
    refuse_own_camera(source, text)
    sink = open_sink(text)
    info = getattr(source, "info", None)
    if info is not None and getattr(sink, "device", None) in (info.path, info.name):
        sink.close()
        raise _circle(info.name)
    return sink


def refuse_own_camera(source: FrameSource, text: str) -> None:
    """Refuse a virtual camera as the sink while ours is the camera.

    Raises:
        DeviceError: they would go round in a circle.
    """
    info = getattr(source, "info", None)
    if info is not None and info.own and text.partition(":")[0] == "virtual":
        raise _circle(info.name)


def may_open_again(sink: str) -> bool:
    """Say whether a sink that failed is to be opened again; a file would lose what it has, and has no room anyway."""
    return not sink.lower().endswith(".mp4")


def _circle(name: str) -> DeviceError:
    what = f"The camera {name} is the virtual camera that Avatarify's own pictures go to."
    return DeviceError(what, "Choose the camera that sees you; 'avatarify devices' lists them.")
