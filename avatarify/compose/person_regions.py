"""Where a person, the head and the face are in the square around a generator's crop."""

from __future__ import annotations

import numpy as np

from avatarify.compose.fields import identity
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8
from avatarify.motion.arrays import smoothstep

# Lengths are in crop coordinates, in which the crop's side is 2, unless they are in cells.
MARGIN = 4  # the motion is extrapolated beyond each side of the crop by its side length divided by this
WIDER = 1 + 2 / MARGIN  # side length of the square in which the motion is known then, in crops
_EDGE = 2  # cells inside the edge of the matte where a motion may be mixed with that of the background

# Pairs are the start and the end of a smooth transition.
_CHIN = 0.30, 0.45  # y in the portrait's crop above which all of the person is head, and below which nothing is
_HAIR, _BODY = (0.40, 0.60), (0.45, 0.65)  # distance above (below) the crop's center at which a cut edge takes effect
# Brows, eyes and mouth in the portrait's crop (see ``Face.portrait_box``): center x and y, half width and half height;
# and the distance from the center, in these, where the features end.
_FACE, _FACE_EDGE = (0.0, 0.04, 0.36, 0.46), (0.9, 1.1)


def cut_edges(alpha: U8, crop: CropBox) -> list[tuple[int, np.float32, tuple[float, float]]]:
    """Return the top and bottom edges of the picture that cut the person.

    Args:
        alpha: (H, W) uint8, the fraction of each pixel that belongs to the person.
        crop: The generator's square, pixels; a rotated one has no such edges.

    Returns:
        For each: -1 for top or 1 for bottom; its distance from the crop's center in crop coordinates; and the
        transition of distances from the center in which it takes effect.
    """
    edges = ((-1, crop.y, alpha[0], _HAIR), (1, alpha.shape[0] - crop.y, alpha[-1], _BODY))
    half = crop.size / 2
    return [
        (sign, np.float32(distance / half), transition)
        for sign, distance, row, transition in edges
        if crop.angle == 0 and row.max() > 127
    ]


def inside_map(alpha: U8) -> F32:
    """Return (c, c) float32 for a matte (c, c) uint8: 1 well inside the person, 0 along the outline and beyond."""
    import cv2

    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _EDGE + 1, 2 * _EDGE + 1))
    core = cv2.erode(alpha, shape, borderType=cv2.BORDER_REPLICATE)
    soft = np.asarray(cv2.GaussianBlur(core, (0, 0), 0.7), np.float32)
    return smoothstep(soft, 0.6 * 255, 0.98 * 255)


def head_map(alpha: U8) -> F32:
    """Return (c, c) float32 for a matte (c, c) uint8: 1 where the person is head, including hair."""
    chin, neck = _CHIN
    y = identity(*alpha.shape)[..., 1] * WIDER
    return np.asarray(smoothstep(np.asarray(alpha, np.float32), 50, 200) * (1 - smoothstep(y, chin, neck)), np.float32)


def face_map(alpha: U8) -> F32:
    """Return (c, c) float32 for a matte (c, c) uint8, of which only the size matters: 1 on brows, eyes and mouth."""
    x, y, width, height = _FACE
    away = (identity(*alpha.shape[:2]) * np.float32(WIDER) - (x, y)) / (width, height)
    return 1 - smoothstep(np.asarray((away**4).sum(-1) ** 0.25, np.float32), *_FACE_EDGE)  # squarer than an ellipse
