"""The driver clip the project carries: try everything without a camera."""

from __future__ import annotations

from avatarify.capture.media import VideoFile
from avatarify.errors import InputError
from avatarify.paths import assets


class DemoSource(VideoFile):
    """The carried clip of a rendered, talking human; paced like a camera it starts again at its end.

    Args:
        pace: Deliver in real time, as a camera does.

    Raises:
        InputError: the installation lacks the clip.
    """

    def __init__(self, *, pace: bool = True) -> None:
        clip = assets() / "demo" / "driver.mp4"
        if not clip.is_file():
            raise InputError(f"The demo clip {clip} is missing.", "Install Avatarify again.")
        super().__init__(clip, pace=pace, loop=pace)
        self.name = "demo"
