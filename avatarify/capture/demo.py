"""The bundled demo clip: try everything without a camera."""

from __future__ import annotations

from avatarify.capture.media import VideoFile
from avatarify.errors import InputError
from avatarify.paths import assets


class DemoSource(VideoFile):
    """The bundled clip of a rendered person talking; in real time it loops.

    Args:
        pace: Deliver frames in real time, as a camera does.

    Raises:
        InputError: the clip is missing from the installation.
    """

    def __init__(self, *, pace: bool = True) -> None:
        clip = assets() / "demo" / "driver.mp4"
        if not clip.is_file():
            raise InputError("The demo clip {clip} is missing.", "Reinstall Avatarify.", clip=clip)
        super().__init__(clip, pace=pace, loop=pace)
        self.name = "demo"
