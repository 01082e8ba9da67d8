"""Square crops of a picture and the maps between their coordinates (pure arithmetic, no detector)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from avatarify.frames import F32, U8, Keypoints


@dataclass(frozen=True, slots=True)
class CropBox:
    """A square, possibly turned, in a picture.

    Convention: picture coordinates are pixels, (x, y), (0, 0) the outer corner of the top-left pixel. Crop coordinates
    run from -1 to 1 between the edges of the square. The box may reach outside the picture.

    Attributes:
        x: Center, pixels.
        y: Center, pixels.
        size: Length of a side, pixels.
        angle: Turn of the box in the picture, radians, from x towards y (clockwise on screen).
    """

    x: float
    y: float
    size: float
    angle: float = 0.0

    @classmethod
    def whole(cls, image: U8) -> Self:
        """Return the largest centered square of a picture (H, W, 3)."""
        height, width = image.shape[:2]
        return cls(width / 2, height / 2, float(min(width, height)))

    @property
    def matrix(self) -> F32:
        """(2, 3) map from crop coordinates to pixels: ``pixels = m[:, :2] @ p + m[:, 2]``."""
        half, cos, sin = self.size / 2, math.cos(self.angle), math.sin(self.angle)
        return np.array([[half * cos, -half * sin, self.x], [half * sin, half * cos, self.y]], np.float32)

    def to_pixels(self, points: F32) -> F32:
        """Map (N, 2) crop coordinates to pixels."""
        matrix = self.matrix
        return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], np.float32)

    def from_pixels(self, points: F32) -> F32:
        """Map (N, 2) pixels to crop coordinates."""
        matrix = self.matrix
        return np.asarray((points - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T, np.float32)

    def cut(self, image: U8, size: int) -> U8:
        """Resample the square to (size, size, 3); outside the picture its border is repeated."""
        import cv2

        shrink = self.size / size
        if shrink > 2:  # area averaging first: a bilinear tap alone would alias
            factor = 1 / (shrink / 1.5)
            small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            return CropBox(self.x * factor, self.y * factor, self.size * factor, self.angle).cut(small, size)
        cells = np.array([[2 / size, 0, 1 / size - 1], [0, 2 / size, 1 / size - 1], [0, 0, 1]], np.float64)
        matrix = self.matrix.astype(np.float64) @ cells  # index of an output pixel to picture coordinates
        matrix[:, 2] -= 0.5  # picture coordinates to the index of a picture's pixel
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(cv2.warpAffine(image, matrix, (size, size), flags=flags, borderMode=cv2.BORDER_REPLICATE))

    def keypoints_to(self, other: CropBox, keypoints: Keypoints) -> Keypoints:
        """Express key points found in this box in the coordinates of another box of the same picture.

        Exact: the map between two boxes is affine, so points map by it and Jacobians are multiplied by its linear part.
        """
        linear = np.linalg.inv(other.matrix[:, :2]) @ self.matrix[:, :2]
        points = other.from_pixels(self.to_pixels(keypoints.points))
        return Keypoints(points, np.asarray(linear @ keypoints.jacobians, np.float32))

    def map_to(self, other: CropBox) -> F32:
        """(2, 3) map from this box's coordinates to another's, ``m[:, :2] @ p + m[:, 2]``, as in ``keypoints_to``."""
        linear = np.linalg.inv(other.matrix[:, :2]) @ self.matrix[:, :2]
        shift = other.from_pixels(self.matrix[None, :, 2])[0]
        return np.asarray(np.column_stack([linear, shift]), np.float32)
