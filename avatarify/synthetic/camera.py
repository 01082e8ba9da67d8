"""Cameras: 4 x 4 matrices from world to clip space, whose y points down as in images."""

from __future__ import annotations

import numpy as np

from avatarify.synthetic.mesh import Floats

_DOWN = np.diag([1.0, -1.0, 1.0, 1.0])
_NEAR, _FAR = 1.0, 120.0


def look_at(eye: Floats, target: Floats) -> Floats:
    """Return the world-to-view matrix (4, 4) of a camera at ``eye`` that looks at ``target`` along -z."""
    ahead = (target - eye) / np.linalg.norm(target - eye)
    side = np.cross(ahead, (0.0, 0.0, 1.0) if abs(ahead[1]) > 0.95 else (0.0, 1.0, 0.0))
    side = side / np.linalg.norm(side)
    view = np.eye(4)
    view[:3, :3] = side, np.cross(side, ahead), -ahead
    view[:3, 3] = -view[:3, :3] @ eye
    return view


def perspective(eye: Floats, target: Floats, angle: float) -> Floats:
    """Return the projection (4, 4) of a lens with a vertical field of view of ``angle`` radians."""
    zoom = 1 / np.tan(angle / 2)
    lens = np.zeros((4, 4))
    lens[0, 0] = lens[1, 1] = zoom
    lens[2, 2:] = (_FAR + _NEAR) / (_NEAR - _FAR), 2 * _FAR * _NEAR / (_NEAR - _FAR)
    lens[3, 2] = -1
    return (_DOWN @ lens @ look_at(eye, target)).astype(np.float32)


def parallel(eye: Floats, target: Floats, half: float, depth: float) -> Floats:
    """Return the orthographic projection (4, 4) of a square of 2 x ``half``, ``depth`` deep."""
    lens = np.diag([1 / half, 1 / half, -2 / depth, 1.0])
    lens[2, 3] = -1
    return (lens @ look_at(eye, target)).astype(np.float32)


def project(camera: Floats, points: Floats) -> tuple[Floats, Floats]:
    """(n, 2) places in [-1, 1] (x right, y down; edges of the picture) and (n,) depths of (n, 3) points."""
    clip = points @ camera[:, :3].T + camera[:, 3]
    return (clip[:, :2] / clip[:, 3:]).astype(np.float32), clip[:, 3].astype(np.float32)
