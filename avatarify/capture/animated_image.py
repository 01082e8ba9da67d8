"""Animated WebP as a source of frames: FFmpeg does not decode it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from avatarify.capture.recorded import Pictures, Recorded
from avatarify.errors import InputError
from avatarify.frames import Size
from avatarify.images import check_size
from avatarify.messages import Message

if TYPE_CHECKING:
    from PIL.Image import Image

_USUAL_MS = 100


def is_webp(path: Path) -> bool:
    """Return whether a file is a WebP image, by its first bytes."""
    try:
        with path.open("rb") as stream:
            start = stream.read(12)
    except OSError:
        return False
    return start[:4] == b"RIFF" and start[8:] == b"WEBP"


class AnimatedImage(Recorded):
    """The pictures of an animated WebP, each as long as the file says.

    Args:
        path: The file.
        pace: Deliver frames in real time, as a camera does.
        loop: Start over at the end.

    Attributes:
        size: Width and height.
        frame_count: The number of pictures.

    Raises:
        InputError: the file cannot be read, or is too large or too small.
    """

    def __init__(self, path: Path, *, pace: bool = False, loop: bool = False) -> None:
        self._path = path
        with self._open() as image:
            check_size(path.name, *image.size)
            self.size = Size(*image.size)
            self.frame_count = int(getattr(image, "n_frames", 1))
            shown_ms = image.info.get("duration") or _USUAL_MS
        super().__init__(path.name, 1000 / shown_ms, pace=pace, loop=loop)

    def _once(self) -> Pictures:
        at_s = 0.0
        with self._open() as image:
            for number in range(self.frame_count):
                try:
                    image.seek(number)
                    pixels = np.ascontiguousarray(image.convert("RGB"))
                except (OSError, EOFError, ValueError):
                    text = "{name} is damaged: only {count} of {announced} frames could be read and were used."
                    self.warnings.append(Message(text, name=self.name, count=number, announced=self.frame_count))
                    return
                yield pixels, at_s
                at_s += (image.info.get("duration") or _USUAL_MS) / 1000

    def _open(self) -> Image:
        from PIL import Image, UnidentifiedImageError

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return Image.open(self._path, formats=("WEBP",))
            except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
                hint = Message("Use a video such as MP4, MOV, MKV, AVI, or WebM.")
                raise InputError("{file} is not a readable video.", hint, file=self._path.name) from error
