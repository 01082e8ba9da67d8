"""A face in one picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from avatarify.face.box import CropBox
from avatarify.frames import F32
from avatarify.motion import layout

# Indices in MediaPipe's 478-point topology.
BROWS = (105, 334)
CHIN = 152
EYE_CORNERS = (33, 263)

# Share of a crop's side that the distance brow-chin takes. The networks are trained with these.
KEYPOINT_CROP_FRACTION = 0.60
PORTRAIT_CROP_FRACTION = 0.36


@dataclass(frozen=True, slots=True)
class Face:
    """One face.

    Attributes:
        landmarks: (478, 2) float32, pixels of the picture, MediaPipe topology.
        expression: MediaPipe's blend shapes by name, 0 to 1 (``jawOpen``, ``eyeBlinkLeft`` …); empty if not requested.
        yaw: Rotation to the side in degrees, positive when the person looks to the right of the picture.
        pitch: Nod in degrees, positive when the person looks down.
        roll: Tilt in degrees, positive clockwise in the picture.
        others: The number of other faces in the picture.
        frame_index: Index of the frame; -1 for a still picture.
        followed: The key-point box after smoothing over time; None for a face that is not tracked.
    """

    landmarks: F32
    expression: dict[str, float]
    yaw: float
    pitch: float
    roll: float
    others: int = 0
    frame_index: int = -1
    followed: CropBox | None = None

    @property
    def tilt(self) -> float:
        """Angle of the line through the eyes in the picture, radians, clockwise."""
        right, left = self.landmarks[EYE_CORNERS[0]], self.landmarks[EYE_CORNERS[1]]
        return math.atan2(float(left[1] - right[1]), float(left[0] - right[0]))

    @property
    def height(self) -> float:
        """Distance from the middle of the brows to the chin, pixels."""
        brows = (self.landmarks[BROWS[0]] + self.landmarks[BROWS[1]]) / 2
        return float(np.linalg.norm(brows - self.landmarks[CHIN]))

    @property
    def center(self) -> F32:
        """Point halfway between the middle of the brows and the chin, (2,) float32 (x, y), pixels."""
        brows = (self.landmarks[BROWS[0]] + self.landmarks[BROWS[1]]) / 2
        return np.asarray((brows + self.landmarks[CHIN]) / 2, np.float32)

    def named_points(self) -> F32:
        """Return the landmarks of eyes and lips as key points, (81, 2) pixels (see ``motion.layout``); others are 0."""
        points = np.zeros((layout.COUNT, 2), np.float32)
        points[list(layout.MESH_FEATURES)] = self.landmarks[list(layout.MESH_FEATURES.values())]
        return points

    def keypoint_box(self) -> CropBox:
        """Return the tight crop, aligned with the eyes, for key points; the smoothed one if the face is tracked."""
        if self.followed is not None:
            return self.followed
        x, y = self.center
        return CropBox(float(x), float(y), self.height / KEYPOINT_CROP_FRACTION, self.tilt)

    def portrait_box(self) -> CropBox:
        """Return the wide, unrotated crop that is animated: head, hair and the line of the shoulders."""
        x, y = self.center
        return CropBox(float(x), float(y) - 0.05 * self.height, self.height / PORTRAIT_CROP_FRACTION)
