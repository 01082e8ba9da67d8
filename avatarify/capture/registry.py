"""From the argument of ``--camera`` to a source of frames."""

from __future__ import annotations

import os
from pathlib import Path

from avatarify.capture.animated_image import AnimatedImage, is_webp
from avatarify.capture.blank import NAME as NO_CAMERA
from avatarify.capture.blank import BlankSource
from avatarify.capture.demo import DemoSource
from avatarify.capture.media import ImageFolder, VideoFile
from avatarify.capture.screen import Screen, is_screen
from avatarify.capture.source import FrameSource
from avatarify.capture.stream import Stream, is_address
from avatarify.capture.vmc import VmcSource, is_vmc
from avatarify.capture.webcam import Webcam
from avatarify.errors import InputError
from avatarify.files import path_of
from avatarify.frames import Size


def open_source(text: str, *, pace: bool, size: Size, fps: float) -> FrameSource:
    """Open a camera, a stream, the screen, a video file, a folder of pictures, the demo clip, or another tracker.

    Args:
        text: ``none``; ``demo``; ``screen`` or ``screen:X,Y,WxH``; ``vmc:PORT``; an address such as ``rtsp://…``; the
            number, the ID or (a part of) the name of a camera; or a path.
        pace: Deliver recordings in real time, as a camera does.
        size: The size to request from a camera; recordings have their own.
        fps: The rate to request from a camera, frames per second; recordings have their own.

    Raises:
        UsageError: the text matches nothing, or several cameras.
        DeviceError: the camera, stream or screen is not available or cannot be opened.
        InputError: the file or folder cannot be used.
    """
    if text == "demo":
        return DemoSource(pace=pace)
    if text == NO_CAMERA:
        return BlankSource(fps)
    if is_screen(text):
        return Screen(text, fps)
    if is_address(text):
        return Stream(text)
    if is_vmc(text):
        return VmcSource(text, size, fps)
    if text.isdecimal() or text.startswith("/dev/"):
        return Webcam(text, size, fps)
    path = path_of(text)
    if path.is_dir():
        return ImageFolder(path, pace=pace)
    if path.exists() or _looks_like_a_file(text):
        return open_recording(path, pace=pace)
    return Webcam(text, size, fps)


def open_recording(path: Path, *, pace: bool = False) -> VideoFile | AnimatedImage:
    """Open a video file.

    Args:
        path: The file.
        pace: Deliver frames in real time, as a camera does.

    Raises:
        InputError: the file cannot be used, or is a pipe, which cannot be read twice.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise InputError("{path} is a pipe or a device, not a video file.", "Save the video to a file.", path=path)
    return AnimatedImage(path, pace=pace) if is_webp(path) else VideoFile(path, pace=pace)


def open_again(source: FrameSource, text: str, *, size: Size, fps: float) -> FrameSource:
    """Open a lost source again: a camera by its identity, every other source by the same text.

    Raises:
        AvatarifyError: it is still not available.
    """
    if isinstance(source, Webcam):
        return source.again()
    return open_source(text, pace=True, size=size, fps=fps)


def _looks_like_a_file(text: str) -> bool:
    """Tell a mistyped path from the name of a camera, so that the error message is about the right thing."""
    has_folder = os.sep in text or (os.altsep or "/") in text
    return has_folder or Path(text).suffix.lower() in (".mp4", ".mov", ".mkv", ".avi", ".webm", ".gif", ".m4v", ".webp")
