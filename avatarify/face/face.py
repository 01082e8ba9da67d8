"""What is known about the face in one picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from avatarify.face.box import CropBox
from avatarify.frames import F32

# Indices in MediaPipe's 478-point topology.
BROWS = (105, 334)
CHIN = 152
EYE_CORNERS = (33, 263)
FACE_OVAL_TOP = 10

# Share of a crop's side that the distance brow-chin takes. The networks are trained with these.
KEYPOINT_CROP_SHARE = 0.60
PORTRAIT_CROP_SHARE = 0.36


@dataclass(frozen=True, slots=True)
class Face:
    """One face.

    Attributes:
        landmarks: (478, 2) float32, pixels of the picture, MediaPipe topology.
        expression: MediaPipe's blend shapes by name, 0 to 1 (``jawOpen``, ``eyeBlinkLeft`` …); empty if not asked for.
        yaw: Turn to the side in degrees, positive when the person looks to the right of the picture.
        pitch: Nod in degrees, positive when the person looks down.
        roll: Tilt in degrees, positive clockwise in the picture.
        others: How many more faces the picture shows.
        frame_index: The frame it was found in.
        followed: The key-point box that a tracker has smoothed over time; None for a face seen once.
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
        """(2,) mean of brows' middle and chin, pixels."""
        brows = (self.landmarks[BROWS[0]] + self.landmarks[BROWS[1]]) / 2
        return np.asarray((brows + self.landmarks[CHIN]) / 2, np.float32)

    def keypoint_box(self) -> CropBox:
        """The tight upright crop in which key points are detected; the tracker's where one follows the face."""
        if self.followed is not None:
            return self.followed
        x, y = self.center
        return CropBox(float(x), float(y), self.height / KEYPOINT_CROP_SHARE, self.tilt)

    def portrait_box(self) -> CropBox:
        """The wide, unturned crop that is animated: head, hair and the line of the shoulders."""
        x, y = self.center
        return CropBox(float(x), float(y) - 0.05 * self.height, self.height / PORTRAIT_CROP_SHARE)
