"""Keeps a session from sending its pictures to the camera that it takes them from."""

from __future__ import annotations

from collections.abc import Callable

from avatarify.capture.source import FrameSource
from avatarify.errors import CameraError
from avatarify.output.sink import FrameSink


def open_elsewhere(open_sink: Callable[[str], FrameSink], source: FrameSource, name: str) -> FrameSink:
    """Open a sink that is not the camera itself.

    Args:
        open_sink: Opens a sink by what follows ``--sink`` on the command line.
        source: The camera.
        name: The sink.

    Raises:
        CameraError: the session would see its own output.
    """
    refuse_own_camera(source, name)
    sink = open_sink(name)
    info = getattr(source, "info", None)
    if info is not None and getattr(sink, "device", None) in (info.path, info.name):
        sink.close()
        raise _feedback_loop(info.name)
    return sink


def refuse_own_camera(source: FrameSource, name: str) -> None:
    """Refuse a virtual camera as the sink while Avatarify's virtual camera is the camera.

    Raises:
        CameraError: the session would see its own output.
    """
    info = getattr(source, "info", None)
    if info is not None and info.own and name.partition(":")[0] == "virtual":
        raise _feedback_loop(info.name)


def may_open_again(sink: str) -> bool:
    """Return whether a sink that failed should be opened again; a file would be overwritten, and its disk is full."""
    return not sink.lower().endswith(".mp4")


def _feedback_loop(name: str) -> CameraError:
    return CameraError(
        "The camera {name} is the virtual camera that Avatarify sends to.",
        "Choose the camera that sees you; 'avatarify devices' lists them.",
        name=name,
    )
