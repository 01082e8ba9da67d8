"""Eyebrows: short hairs drawn along a curve on the brow."""

from __future__ import annotations

import numpy as np

from avatarify.synthetic.mesh import Floats

_CURVE = np.array([(0.10, 7.375), (0.21, 7.415), (0.33, 7.435), (0.45, 7.415), (0.57, 7.345)])


def brow_cover(places: Floats, male: float, rng: np.random.Generator) -> Floats:
    """Return how much hair covers each texel of the skin texture, (H, W) from 0 to 1.

    Args:
        places: (H, W, 3) position on the template of each texel.
        male: 0 to 1; men have thicker brows.
        rng: Decides thickness, arch, length, density, and hairs.
    """
    cover = np.zeros(places.shape[:2], np.float32)
    rows, columns = np.nonzero(_near(places))
    top, bottom, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    window = places[top:bottom, left:right]
    thick = rng.uniform(0.024, 0.038) + 0.012 * male
    arch, lift, length = rng.normal() * 0.012, rng.normal() * 0.010, rng.uniform(0.86, 1.04)
    x = np.abs(window[..., 0])
    t = (x - _CURVE[0, 0]) / ((_CURVE[-1, 0] - _CURVE[0, 0]) * length)
    middle = np.interp(x, _CURVE[:, 0], _CURVE[:, 1]) + lift + arch * np.sin(np.pi * np.clip(t, 0, 1))
    away = (window[..., 1] - middle) / (thick * np.interp(t, (0, 0.15, 0.55, 1), (0.75, 1, 0.9, 0.3)))
    body = np.clip(1.6 * (1 - np.abs(away)), 0, 1) * np.clip(t * 9 + 0.6, 0, 1) * np.clip((1 - t) * 7, 0, 1)
    hairs = _hairs(t, away, rng)
    cover[top:bottom, left:right] = np.clip(body * hairs, 0, 1) * _near(window)
    return cover


def _near(places: Floats) -> Floats:
    x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
    near = (x < 0.7) & (x > 0.02) & (y > 7.25) & (y < 7.56) & (z > 0.9)
    return near.astype(np.float32)


def _hairs(t: Floats, away: Floats, rng: np.random.Generator) -> Floats:
    """Return slanted hairs: upright near the nose, flat toward the temple."""
    slant = np.interp(t, (0, 0.3, 1), (0.02, 0.10, 0.16))
    phase = (t - slant * away) * rng.uniform(34, 46)
    fine = np.sin(2 * np.pi * phase + 2 * np.sin(phase * 0.7)) + 0.6 * np.sin(2 * np.pi * phase * 1.73 + 3 * away)
    density = rng.uniform(0.55, 1.0)
    result: Floats = np.clip(density + 0.22 * fine, 0, 1)
    return result
