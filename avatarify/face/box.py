"""Square crops of a picture, and maps between their coordinates (pure arithmetic, no detector)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from avatarify.frames import F32, U8, Keypoints


@dataclass(frozen=True, slots=True)
class CropBox:
    """A square in a picture, possibly rotated.

    Convention: picture coordinates are (x, y) in pixels, with (0, 0) at the outer corner of the top-left pixel. Crop
    coordinates are -1 and 1 at the edges of the square. The box may extend beyond the picture.

    Attributes:
        x: Center, pixels.
        y: Center, pixels.
        size: Length of a side, pixels.
        angle: Rotation of the box in the picture, radians, from x toward y (clockwise on the screen).
    """

    x: float
    y: float
    size: float
    angle: float = 0.0

    @classmethod
    def whole(cls, image: U8) -> Self:
        """Return the largest centered square of a picture, (H, W, 3)."""
        height, width = image.shape[:2]
        return cls(width / 2, height / 2, float(min(width, height)))

    @property
    def matrix(self) -> F32:
        """Affine map from crop coordinates to pixels, (2, 3) float32: ``pixels = m[:, :2] @ p + m[:, 2]``."""
        half, cos, sin = self.size / 2, math.cos(self.angle), math.sin(self.angle)
        return np.array([[half * cos, -half * sin, self.x], [half * sin, half * cos, self.y]], np.float32)

    def to_pixels(self, points: F32) -> F32:
        """Map crop coordinates, (N, 2) float32 (x, y), to pixels."""
        matrix = self.matrix
        return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], np.float32)

    def from_pixels(self, points: F32) -> F32:
        """Map pixels, (N, 2) float32 (x, y), to crop coordinates."""
        matrix = self.matrix
        return np.asarray((points - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T, np.float32)

    def cut(self, image: U8, size: int) -> U8:
        """Resample the square; beyond the picture its border is repeated.

        Args:
            image: (H, W) or (H, W, C) uint8.
            size: Side length of the result, pixels.

        Returns:
            (size, size) or (size, size, C) uint8.
        """
        import cv2

        shrink = self.size / size
        if shrink > 2:  # average areas first, because bilinear sampling alone would alias
            factor = 1 / (shrink / 1.5)
            small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            return CropBox(self.x * factor, self.y * factor, self.size * factor, self.angle).cut(small, size)
        cells = np.array([[2 / size, 0, 1 / size - 1], [0, 2 / size, 1 / size - 1], [0, 0, 1]], np.float64)
        matrix = self.matrix.astype(np.float64) @ cells  # from the index of an output pixel to picture coordinates
        matrix[:, 2] -= 0.5  # from picture coordinates to the index of a pixel of the picture
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(cv2.warpAffine(image, matrix, (size, size), flags=flags, borderMode=cv2.BORDER_REPLICATE))

    def keypoints_to(self, other: CropBox, keypoints: Keypoints) -> Keypoints:
        """Convert key points, (K, 2) and (K, 2, 2), to the coordinates of another box of the same picture.

        This is exact: the map between two boxes is affine, so it maps the points, and its linear part multiplies the
        Jacobians.
        """
        linear = np.linalg.inv(other.matrix[:, :2]) @ self.matrix[:, :2]
        points = other.from_pixels(self.to_pixels(keypoints.points))
        return Keypoints(points, np.asarray(linear @ keypoints.jacobians, np.float32))

    def map_to(self, other: CropBox) -> F32:
        """Return the affine map from this box's coordinates to another's, (2, 3) float32, as in ``keypoints_to``."""
        linear = np.linalg.inv(other.matrix[:, :2]) @ self.matrix[:, :2]
        shift = other.from_pixels(self.matrix[None, :, 2])[0]
        return np.asarray(np.column_stack([linear, shift]), np.float32)
