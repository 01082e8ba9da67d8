"""The clips of a data set: their frames, and which of them are held out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from avatarify.errors import InputError
from avatarify.frames import U8
from avatarify.training.data.clip import Clip
from avatarify.training.data.picture_cache import PictureCache

HELD_OUT = 0.05


@dataclass(frozen=True)
class Clips:
    """The complete clips of a folder, by name.

    Attributes:
        folder: The data set's folder.
        kind: ``rendered`` (heads with ground truth), ``prepared`` (videos), or a drawn figure: ``arm`` or ``body``.
        size: Side of every image, pixels.
        about: The content of ``dataset.json``.
        items: The clips.
        cache: Shared by all parts of a split.
    """

    folder: Path
    kind: str
    size: int
    about: dict[str, Any]
    items: tuple[Clip, ...]
    cache: PictureCache

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Clip]:
        return iter(self.items)

    @property
    def frames(self) -> int:
        """Total number of frames."""
        return sum(clip.frames for clip in self.items)

    @property
    def identities(self) -> list[str]:
        """All identities, sorted."""
        return sorted({clip.identity for clip in self.items})

    def picture(self, clip: Clip, frame: int) -> U8:
        """Return a frame (size, size, 3) uint8 RGB, read-only; thread-safe.

        Raises:
            InputError: the file is missing, damaged or of another size.
        """
        file = clip.folder / f"{frame:04d}.jpg"
        image = self.cache.read(file)
        if image.shape != (self.size, self.size, 3):
            height, width = image.shape[:2]
            raise InputError(
                "{file} is {width}x{height}, not {size}x{size}.",
                "Delete {folder}.",
                file=file,
                width=width,
                height=height,
                size=self.size,
                folder=clip.folder,
            )
        return image

    def split(self, held_out: float = HELD_OUT) -> tuple[Self, Self]:
        """Split by identity into (training, held out).

        Whether an identity is held out depends only on its name, so a growing folder keeps its split. With two
        identities or more neither part is empty; a single identity is in both.

        Args:
            held_out: Expected fraction of the identities to hold out, 0 to 1.
        """
        names = sorted(self.identities, key=_lot)
        if len(names) == 1:
            return self, self
        count = sum(_lot(name) < held_out for name in names)
        test_names = set(names[: min(max(1, count), len(names) - 1)])
        training = tuple(clip for clip in self.items if clip.identity not in test_names)
        test = tuple(clip for clip in self.items if clip.identity in test_names)
        return replace(self, items=training), replace(self, items=test)


def _lot(name: str) -> float:
    """Hash a name to a number from 0 to 1, the same on every machine."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) / 2**64
