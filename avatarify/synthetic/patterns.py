"""Procedural textures for figures: cloth, wood, plastic, walls."""

from __future__ import annotations

import colorsys

import numpy as np

from avatarify.frames import F32
from avatarify.synthetic.surfaces import Material

_SIDE = 64
KINDS = ("plain", "stripes", "checks", "spots", "clouds", "grain")


def color(dice: np.random.Generator, saturation: tuple[float, float], value: tuple[float, float]) -> F32:
    """Draw a color, (3,) linear RGB, of any hue."""
    found = colorsys.hsv_to_rgb(dice.random(), dice.uniform(*saturation), dice.uniform(*value))
    return np.asarray(found, np.float32) ** np.float32(2.2)


def skin_color(dice: np.random.Generator) -> F32:
    """Draw a skin color, (3,) linear RGB, between dark and light."""
    dark, light = np.array([0.09, 0.04, 0.025]), np.array([0.75, 0.48, 0.35])
    return np.asarray(dark + (light - dark) * dice.random(), np.float32)


def material(dice: np.random.Generator, base: F32, kind: str = "", scale: float = 3.0, gloss: float = 0.05) -> Material:
    """Draw a texture around a color.

    Args:
        dice: Random number generator.
        base: (3,) linear RGB.
        kind: One of ``KINDS``; any if empty.
        scale: Repetitions per meter.
        gloss: See ``Material``.
    """
    kind = kind or str(dice.choice(KINDS))
    other = base * np.float32(dice.uniform(0.15, 0.6)) + np.float32(dice.uniform(0, 0.3))
    share = np.clip(_share(kind, dice) + 0.12 * (_clouds(dice, 16) - 0.5), 0, 1)[..., None]
    return Material(np.asarray(base * (1 - share) + other * share, np.float32), scale, gloss)


def _share(kind: str, dice: np.random.Generator) -> F32:
    """Return the weight of the second color, (T, T) from 0 to 1."""
    y, x = (np.mgrid[0:_SIDE, 0:_SIDE] * (2 * np.pi / _SIDE)).astype(np.float32)
    count = int(dice.integers(2, 6))
    if kind == "stripes":
        found = np.sin(count * x) > dice.uniform(-0.3, 0.6)
    elif kind == "checks":
        found = (np.sin(count * x) > 0) ^ (np.sin(count * y) > 0)
    elif kind == "spots":
        found = np.sin(count * x) * np.sin(count * y) > dice.uniform(0.3, 0.7)
    elif kind == "plain":
        found = np.zeros_like(x)
    else:
        return _clouds(dice, 8) if kind == "clouds" else _clouds(dice, 32, 4)
    return np.asarray(found, np.float32)


def _clouds(dice: np.random.Generator, across: int, down: int = 0) -> F32:
    """Return smooth noise (T, T) from 0 to 1 that repeats at its edges."""
    import cv2

    rough = np.pad(dice.random((down or across, across), np.float32), 2, mode="wrap")
    height, width = (round(_SIDE * n / (n - 4)) for n in rough.shape)
    smooth = cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    top, left = (height - _SIDE) // 2, (width - _SIDE) // 2
    return np.asarray(np.clip(smooth[top : top + _SIDE, left : left + _SIDE], 0, 1), np.float32)
