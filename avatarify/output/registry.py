"""From what a person writes after ``--sink`` to a receiver of pictures."""

from __future__ import annotations

from pathlib import Path

from avatarify.errors import UsageError
from avatarify.frames import Size
from avatarify.output.recorder import SUFFIX, Recorder
from avatarify.output.sink import FrameSink, NullSink
from avatarify.output.virtual_devices import VirtualCameraInfo, list_virtual_cameras

__all__ = ["VirtualCameraInfo", "list_virtual_cameras", "open_sink"]


def open_sink(text: str, size: Size, fps: float) -> FrameSink:
    """Open the virtual camera, a video file, or nothing.

    Args:
        text: ``virtual``, ``null``, or the path of an MP4 file to write.
        size: Size of all pictures.
        fps: Their rate.

    Raises:
        UsageError: the text names no sink, or a file of another kind.
        DeviceError: no virtual camera can be opened.
        InputError: the file cannot be written.
    """
    if text == "virtual":
        from avatarify.output.virtual_camera import VirtualCamera

        return VirtualCamera(size, fps)
    if text == "null":
        return NullSink()
    if Path(text).suffix.lower() == SUFFIX:
        return Recorder(text, size, fps)
    raise UsageError(f"'{text}' is no place to send pictures to.", f"Use virtual, null or a file ending in {SUFFIX}.")
