"""Rotations, full and partial."""

from __future__ import annotations

import numpy as np

from avatarify.synthetic.mesh import Floats


def rotation(yaw: float, pitch: float, roll: float) -> Floats:
    """(3, 3) rotation by degrees: roll first, then pitch, then yaw.

    Positive yaw turns the nose toward +x (the subject's left), positive pitch lifts it, positive roll tips the crown
    toward +x.
    """
    y, p, r = np.radians([yaw, -pitch, -roll])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    about_z = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    result: Floats = (about_y @ about_x @ about_z).astype(np.float32)
    return result


def rotation_vector(matrix: Floats) -> Floats:
    """(3,) axis times angle (radians) of a rotation by less than a half turn."""
    skew = np.array([matrix[2, 1] - matrix[1, 2], matrix[0, 2] - matrix[2, 0], matrix[1, 0] - matrix[0, 1]]) / 2
    sine, cosine = np.linalg.norm(skew), (np.trace(matrix) - 1) / 2
    if sine < 1e-7:
        return np.zeros(3, np.float32)
    result: Floats = (skew / sine * np.arctan2(sine, cosine)).astype(np.float32)
    return result


def turn_partly(points: Floats, vector: Floats, share: Floats, pivot: Floats) -> Floats:
    """Rotate points (m, 3) around ``pivot``, each by its fraction ``share`` (m,) of the rotation ``vector``."""
    angle = float(np.linalg.norm(vector))
    if angle < 1e-7:
        return points.astype(np.float32, copy=True)
    axis = (vector / angle).astype(np.float32)
    sine, cosine = np.sin(share * angle)[:, None], np.cos(share * angle)[:, None]
    arm = points - pivot.astype(np.float32)
    x, y, z = axis
    kx, ky, kz = arm.T
    crossed = np.stack([y * kz - z * ky, z * kx - x * kz, x * ky - y * kx], 1)
    turned = arm * cosine + crossed * sine + axis * ((arm @ axis)[:, None] * (1 - cosine)) + pivot
    result: Floats = turned.astype(np.float32)
    return result


def rigid_fit(source: Floats, target: Floats) -> tuple[Floats, Floats]:
    """Return the rotation (3, 3) and translation (3,) that best align ``source`` (m, 3) with ``target`` (m, 3)."""
    middle, goal = source.mean(0), target.mean(0)
    u, _, vt = np.linalg.svd((source - middle).T @ (target - goal))
    flip = np.diag([1.0, 1.0, float(np.sign(np.linalg.det(vt.T @ u.T)))])
    turn = (vt.T @ flip @ u.T).astype(np.float32)
    return turn, (goal - turn @ middle).astype(np.float32)
