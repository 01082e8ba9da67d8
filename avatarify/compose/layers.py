"""Takes a picture of a person apart: the person with soft edges, and the background as if nobody stood before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from avatarify.compose.clean_plate import clean_plate
from avatarify.frames import U8

Background = Literal["own", "blurred"] | tuple[int, int, int]
"""What stands behind a person: the picture's own background, that much blurred, or one RGB colour."""

_BLUR = 0.03  # of a blurred background, in the picture's mean side


@dataclass(frozen=True)
class Layers:
    """A picture in two layers: ``plate * (255 - alpha) / 255 + colour`` is the picture again.

    Attributes:
        plate: (H, W, 3) uint8 RGB, the background, filled in where the person was.
        person: (H, W, 4) uint8, the person's colour times its share, and the share (alpha).
    """

    plate: U8
    person: U8

    def joined(self) -> U8:
        """Lay the person over the plate, (H, W, 3) uint8 RGB."""
        return over(self.person, self.plate)


def split(picture: U8, matte: U8, background: Background = "own") -> Layers:
    """Take a picture apart.

    Args:
        picture: (H, W, 3) uint8 RGB.
        matte: (H, W) uint8, the person's share of each pixel, 255 all of it.
        background: What the plate shows; joined, the layers are the picture again only over its own.
    """
    plate = clean_plate(picture, matte)
    if background == "own":
        return Layers(plate, person_over(picture, matte, plate))
    return Layers(_other(plate, background), person_over(picture, matte, plate, exact=False))


def over(person: U8, plate: U8, into: U8 | None = None) -> U8:
    """Lay a person (H, W, 4), colour times share and share, over a plate (H, W, 3) uint8 RGB; ``into`` an array."""
    import cv2

    free = cv2.bitwise_not(cv2.extractChannel(person, 3))
    under = cv2.multiply(plate, cv2.merge([free, free, free]), scale=1 / 255)
    return np.asarray(cv2.add(cv2.cvtColor(person, cv2.COLOR_RGBA2RGB), under, dst=into))


def person_over(picture: U8, matte: U8, plate: U8, *, exact: bool = True) -> U8:
    """Return the layer (H, W, 4) that gives the picture when laid over the plate (see ``Layers``).

    Args:
        picture: (H, W, 3) uint8 RGB.
        matte: (H, W) uint8.
        plate: (H, W, 3) uint8 RGB.
        exact: Where the matte says less than it takes to turn the plate's colour into the picture's, raise it to that.
    """
    whole, under = np.asarray(picture, np.float32), np.asarray(plate, np.float32)
    alpha = np.asarray(matte, np.float32)
    if exact:
        room = np.where(whole < under, under, 255 - under)
        alpha = np.ceil(np.maximum(alpha, (np.abs(whole - under) / np.maximum(room, 1)).max(axis=2) * 255))
    colour = np.clip(np.rint(whole - under * (255 - alpha[..., None]) / 255), 0, alpha[..., None])
    return np.ascontiguousarray(np.concatenate([colour, alpha[..., None]], axis=2).astype(np.uint8))


def _other(plate: U8, background: Background) -> U8:
    import cv2

    if isinstance(background, tuple):
        return np.full_like(plate, background)
    return np.asarray(cv2.GaussianBlur(plate, (0, 0), _BLUR * np.sqrt(plate[..., 0].size)))
