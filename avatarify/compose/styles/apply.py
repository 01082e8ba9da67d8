"""Applies a style to a picture."""

from __future__ import annotations

import numpy as np

from avatarify.choices import PortraitStyle
from avatarify.compose.styles.marks import blurred, bytes_of, floats_of
from avatarify.compose.styles.styles import STYLES, Sitter
from avatarify.face.face import Face
from avatarify.frames import F32, U8
from avatarify.motion.layout import MESH_FEATURES


def stylized(image: U8, face: Face, style: PortraitStyle) -> U8:
    """Return a picture in a style.

    Args:
        image: (H, W, 3) uint8 RGB.
        face: The face in it, which stays sharp.
        style: How to draw it.

    Returns:
        (H, W, 3) uint8 RGB.
    """
    sitter = Sitter(floats_of(image), _features(image, face), face.landmarks, face.height / 100)
    return bytes_of(STYLES[style](sitter))


def _features(image: U8, face: Face) -> F32:
    """Return (H, W) float32: 1 on eyes and mouth, falling to 0 around them."""
    import cv2

    mask = np.zeros(image.shape[:2], np.float32)
    for place in face.landmarks[list(MESH_FEATURES.values())]:
        cv2.circle(mask, (round(float(place[0])), round(float(place[1]))), max(2, round(0.055 * face.height)), 1.0, -1)
    return blurred(mask, 0.025 * face.height)
