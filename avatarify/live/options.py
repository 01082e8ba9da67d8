"""What a live session is made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from avatarify.animate.options import AnimationOptions
from avatarify.choices import Quality
from avatarify.frames import Size

DEFAULT_SIZE = Size(1280, 720)


@dataclass(frozen=True)
class LiveOptions:
    """Options of a live session.

    Attributes:
        animation: The portrait and how it is animated; without a size, 1280x720.
        camera: A camera's number, id, or name, an address (``rtsp://…``), ``screen``, a video file, an image folder,
            ``demo``, ``none``, or ``vmc:PORT``.
        sink: ``virtual``, ``mjpeg``, a video file, or ``null`` (see ``output.registry``).
        more_sinks: Further sinks for the same pictures.
        fps: Output pictures per second.
        frames: Stop after this many camera frames were sent; None runs until stopped.
        quality: See ``choices.Quality``.
        voice: What moves the mouth while nobody is in view (see ``capture.sound.Voice``); empty for nothing.
    """

    animation: AnimationOptions = field(default_factory=AnimationOptions)
    camera: str = "0"
    sink: str = "virtual"
    more_sinks: tuple[str, ...] = ()
    fps: float = 30.0
    frames: int | None = None
    quality: Quality = "auto"
    voice: str = ""

    def __post_init__(self) -> None:
        if self.animation.size is None:  # a virtual camera needs a size before the portrait is loaded
            object.__setattr__(self, "animation", replace(self.animation, size=DEFAULT_SIZE))

    @property
    def size(self) -> Size:
        """Size of the output pictures."""
        return self.animation.size or DEFAULT_SIZE
