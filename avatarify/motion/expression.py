"""Key points of a face that no camera sees, from a head pose and ARKit's face units.

The points of an average face at rest are moved by how each unit moves them, measured on a mesh (see
``tools/expression_basis.py``), turned with the head around the neck, and projected. Their local affine motion is the
linear fit that the built-in model's detector makes of its points. Only for the built-in model's 81 key points.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from avatarify.frames import F32, Keypoints, Performance
from avatarify.npz import reading_arrays
from avatarify.paths import assets

FILE = "models/expressions.npz"
DISTANCE = 4.0  # from the eye to the face, in half crops: about half a meter
FURTHEST_TURN, FURTHEST_SHIFT = 45.0, 0.5  # degrees, half crops: beyond, no point is seen where it is drawn


@dataclass(frozen=True)
class ExpressionBasis:
    """An average face and how it moves, in the portrait's crop: x right, y down, z toward the viewer, half crops.

    Attributes:
        units: Names of the N units.
        neutral: (81, 3) float32, the face at rest.
        moves: (N, 81, 3) float32, how far each unit moves the points.
        shares: (81,) float32, how much each point turns with the head.
        neck: (3,) float32, what it turns around.
        jacobians: (81, 81, 2) float32: ``jacobian[k, i, c]`` is the sum over j of ``jacobians[k, j, c] points[j, i]``.
    """

    units: tuple[str, ...]
    neutral: F32
    moves: F32
    shares: F32
    neck: F32
    jacobians: F32

    def keypoints(self, performance: Performance) -> Keypoints:
        """Return the key points as if they were detected in the user's reference crop.

        Args:
            performance: What the face does. Weights and angles beyond their range are limited.
        """
        weights = np.array([performance.units.get(name, 0.0) for name in self.units], np.float32).clip(0, 1)
        face = self.neutral + np.tensordot(weights, self.moves, 1)
        turned = (face - self.neck) @ rotation(performance.yaw, performance.pitch, performance.roll).T + self.neck
        turned = turned + np.clip(np.array(performance.shift, np.float32), -FURTHEST_SHIFT, FURTHEST_SHIFT)
        placed = face + self.shares[:, None] * (turned - face)
        points = (placed[:, :2] * (DISTANCE / (DISTANCE - placed[:, 2:]))).astype(np.float32)
        jacobians = np.einsum("kjc,ji->kic", self.jacobians, points)
        return Keypoints(points, np.asarray(jacobians, np.float32))


def rotation(yaw: float, pitch: float, roll: float) -> F32:
    """Return the (3, 3) rotation of a head, for axes right, down, and toward the viewer: roll, then pitch, then yaw.

    Args:
        yaw: Degrees, as in ``Performance``.
        pitch: Degrees.
        roll: Degrees.
    """
    limited = np.clip([yaw, pitch, roll], -FURTHEST_TURN, FURTHEST_TURN)
    (cy, cp, cr), (sy, sp, sr) = np.cos(np.radians(limited)), np.sin(np.radians(limited))
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(about_y @ about_x @ about_z, np.float32)


@functools.cache
def load_basis() -> ExpressionBasis:
    """Read the bundled basis, once.

    Raises:
        OSError: It is missing from the installation.
        ValueError: It is damaged.
    """
    with reading_arrays(assets() / FILE) as stored:
        arrays = {name: np.asarray(stored[name], np.float32) for name in ("neutral", "moves", "shares", "neck")}
        jacobians = np.asarray(stored["jacobians"], np.float32)
        return ExpressionBasis(tuple(map(str, stored["units"])), **arrays, jacobians=jacobians)
