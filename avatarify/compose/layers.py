"""Splits a picture of a person into two layers: the person with soft edges, and the background without the person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatarify.choices import BackgroundStyle
from avatarify.compose.clean_plate import clean_plate
from avatarify.frames import U8

Background = BackgroundStyle | tuple[int, int, int]
"""What is shown behind a person: the picture's own background, that background blurred, or one RGB color."""

_BLUR = 0.03  # standard deviation, of the geometric mean of the picture's sides


@dataclass(frozen=True)
class Layers:
    """A picture in two layers: ``background * (255 - alpha) / 255 + color`` is the picture again.

    Attributes:
        background: (H, W, 3) uint8 RGB, filled in where the person was.
        person: (H, W, 4) uint8 RGBA, color premultiplied by alpha.
    """

    background: U8
    person: U8

    def composite(self) -> U8:
        """Return the person over the background, (H, W, 3) uint8 RGB."""
        return over(self.person, self.background)


def split_layers(picture: U8, matte: U8, background: Background = "own") -> Layers:
    """Split a picture into person and background.

    Args:
        picture: (H, W, 3) uint8 RGB.
        matte: (H, W) uint8, the fraction of each pixel that belongs to the person, 255 for all of it.
        background: The background of the result. Only with ``own`` is the composite the picture again.
    """
    plate = clean_plate(picture, matte)
    if background == "own":
        return Layers(plate, person_layer(picture, matte, plate))
    return Layers(_replacement(plate, background), person_layer(picture, matte, plate, exact=False))


def over(person: U8, background: U8, into: U8 | None = None) -> U8:
    """Composite a person over a background (the operator *over* of Porter and Duff, 1984).

    Args:
        person: (H, W, 4) uint8 RGBA, premultiplied.
        background: (H, W, 3) uint8 RGB.
        into: Where to write the result, (H, W, 3) uint8; None for a new array.

    Returns:
        (H, W, 3) uint8 RGB.
    """
    import cv2

    transparency = cv2.bitwise_not(cv2.extractChannel(person, 3))
    under = cv2.multiply(background, cv2.merge([transparency] * 3), scale=1 / 255)
    return np.asarray(cv2.add(cv2.cvtColor(person, cv2.COLOR_RGBA2RGB), under, dst=into))


def person_layer(picture: U8, matte: U8, plate: U8, *, exact: bool = True) -> U8:
    """Return the layer that gives the picture again when composited over the clean plate.

    Args:
        picture: (H, W, 3) uint8 RGB.
        matte: (H, W) uint8, the fraction of each pixel that belongs to the person.
        plate: (H, W, 3) uint8 RGB, the clean plate.
        exact: Raise alpha where the matte is too small to turn the color of the plate into that of the picture.

    Returns:
        (H, W, 4) uint8 RGBA, premultiplied.
    """
    whole, under = np.asarray(picture, np.float32), np.asarray(plate, np.float32)
    alpha = np.asarray(matte, np.float32)
    if exact:
        # The largest change that alpha 255 allows, darker or brighter; the real change as a fraction of it is the least
        # alpha that reproduces the picture.
        room = np.where(whole < under, under, 255 - under)
        alpha = np.ceil(np.maximum(alpha, (np.abs(whole - under) / np.maximum(room, 1)).max(axis=2) * 255))
    color = np.clip(np.rint(whole - under * (255 - alpha[..., None]) / 255), 0, alpha[..., None])
    return np.ascontiguousarray(np.concatenate([color, alpha[..., None]], axis=2).astype(np.uint8))


def _replacement(plate: U8, background: Background) -> U8:
    """Return another background, (H, W, 3) uint8 RGB, in place of the clean plate."""
    import cv2

    if isinstance(background, tuple):
        return np.full_like(plate, background)
    return np.asarray(cv2.GaussianBlur(plate, (0, 0), _BLUR * np.sqrt(plate[..., 0].size)))
