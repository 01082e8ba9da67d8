"""Sharpen a portrait's key points with the face mesh that was found in it anyway.

A portrait is measured once and its lids and lips decide how good every later frame looks, while only the *movement*
of the user's points matters. So the portrait's eyes and mouth take the mesh's positions; all else stays as detected.
Only for key points in the built-in model's layout of 81.
"""

from __future__ import annotations

import numpy as np

from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import Keypoints

_FIRST = 36
# MediaPipe's vertices of points 36-67: both eyes, outer lips, inner lips.
_MESH = (
    *(33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380),
    *(61, 40, 37, 0, 267, 270, 291, 321, 405, 17, 181, 91),
    *(78, 81, 13, 311, 308, 402, 14, 178),
)
_LARGEST_CORRECTION = 0.06  # in crop units; a mesh further off than this is not trusted


def refine_portrait(keypoints: Keypoints, face: Face, box: CropBox) -> Keypoints:
    """Return the key points with eyes and mouth from the face's landmarks.

    Args:
        keypoints: As detected, in the coordinates of ``box``.
        face: The same face.
        box: The portrait's crop.
    """
    points = keypoints.points.copy()
    mesh = box.from_pixels(face.landmarks[list(_MESH)])
    trusted = np.linalg.norm(mesh - points[_FIRST : _FIRST + len(_MESH)], axis=1) < _LARGEST_CORRECTION
    points[_FIRST : _FIRST + len(_MESH)][trusted] = mesh[trusted]
    return Keypoints(points, keypoints.jacobians)
