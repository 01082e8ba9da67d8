"""Eyeballs: spheres that turn, with a drawn iris."""

from __future__ import annotations

import numpy as np

from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.surface import Part, Pixels, Surface, grid_surface, join
from avatarify.synthetic.turn import rotation

_ROWS, _AROUND = 15, 24
_REACH = np.radians(105.0)  # how far back an eyeball extends
IRIS_ANGLE = 0.36  # radians; with the mesh's large balls this is an iris of 11.5 mm
_TEXTURE = 128
_COLORS = {  # RGB outside, RGB near the pupil, frequency with light and with dark skin
    "dark brown": ((58, 34, 20), (92, 56, 30), 0.26, 0.62),
    "brown": ((96, 58, 28), (138, 88, 44), 0.24, 0.30),
    "hazel": ((110, 92, 48), (150, 106, 52), 0.12, 0.05),
    "green": ((92, 116, 74), (150, 140, 80), 0.09, 0.01),
    "gray": ((112, 126, 132), (150, 158, 158), 0.10, 0.01),
    "blue": ((82, 122, 162), (148, 172, 186), 0.19, 0.01),
}


def eye_surface() -> Surface:
    """Both eyeballs, the right one first."""
    ball = grid_surface(Part.EYES, _ROWS, _AROUND, True)
    theta = np.linspace(0, 1, _ROWS)[:, None] * np.ones((1, _AROUND + 1)) * _REACH
    angle = np.linspace(0, 2 * np.pi, _AROUND + 1)[None]
    radius = theta / _REACH * 0.495
    uv = np.stack([0.5 + radius * np.cos(angle), 0.5 - radius * np.sin(angle)], -1).reshape(-1, 2)
    ball = Surface(ball.part, ball.faces, uv.astype(np.float32), ball.face_uv)
    return join([ball, ball], [_ROWS * _AROUND] * 2)


def ball_points() -> Floats:
    """Return an eyeball of radius 1 that looks along z, with a slightly raised cornea, (360, 3)."""
    theta = np.linspace(0, 1, _ROWS)[:, None] * _REACH
    angle = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)[None]
    radius = 1 + 0.03 * np.exp(-((theta / 0.38) ** 4))
    flat = np.sin(theta) * np.ones_like(angle)
    points = np.stack([flat * np.cos(angle), flat * np.sin(angle), np.cos(theta) * np.ones_like(angle)], -1)
    result: Floats = (points * radius[..., None]).reshape(-1, 3).astype(np.float32)
    return result


def turned_balls(
    ball: Floats, centers: tuple[Floats, Floats], radii: tuple[float, ...], gaze: tuple[float, float]
) -> Floats:
    """Return both eyeballs (720, 3), rotated by ``gaze`` degrees to the subject's left and up."""
    turn = rotation(gaze[0], gaze[1], 0).T
    return np.concatenate([ball @ turn * r + c for c, r in zip(centers, radii, strict=True)]).astype(np.float32)


def pupils(balls: Floats) -> Floats:
    """Return the center of each iris, (2, 3)."""
    return balls[[0, _ROWS * _AROUND]]


def lid_shade(balls: Floats, upper: tuple[Floats, ...], centers: tuple[Floats, Floats]) -> Floats:
    """Return the light on the eyeballs (720,), dimmed just below the upper lids with margins ``upper`` (k, 3) each."""
    shades = []
    for ball, margin, center in zip(np.split(balls, 2), upper, centers, strict=True):
        order = np.argsort(margin[:, 0])
        lid = np.interp(ball[:, 0], margin[order, 0], margin[order, 1])
        below = (lid - ball[:, 1]) / max(float(np.ptp(margin[:, 0])), 1e-3)
        toward_corner = np.abs(ball[:, 0] - center[0]) / max(float(np.ptp(margin[:, 0])), 1e-3)
        shades.append(np.clip(0.52 + 2.6 * below, 0.45, 1) * np.clip(1.15 - 0.55 * toward_corner, 0.6, 1))
    return np.concatenate(shades).astype(np.float32)


def eye_texture(dark: float, rng: np.random.Generator) -> tuple[Pixels, str]:
    """(128, 128, 4) RGBA of an eye seen from the front, and the name of its color.

    Args:
        dark: 0 for the lightest skin, 1 for the darkest, which has brown eyes.
        rng: Decides color, pattern, and veins.
    """
    names = list(_COLORS)
    odds = np.array([_COLORS[n][2] * (1 - dark) + _COLORS[n][3] * dark for n in names])
    name = names[int(rng.choice(len(names), p=odds / odds.sum()))]
    axis = (np.arange(_TEXTURE) + 0.5) / _TEXTURE * 2 - 1
    x, y = np.meshgrid(axis, axis)
    theta = np.hypot(x, y) / 0.99 * _REACH
    picture = _sclera(theta, np.arctan2(y, x), rng)
    inside, iris = _iris(theta / IRIS_ANGLE, np.arctan2(y, x), name, rng)
    picture = picture * (1 - inside[..., None]) + iris * inside[..., None]
    return np.dstack([np.clip(picture, 0, 255), np.full(theta.shape, 255)]).astype(np.uint8), name


def _sclera(theta: Floats, angle: Floats, rng: np.random.Generator) -> Floats:
    white = np.array([229, 222, 218]) * rng.uniform(0.93, 1.0)
    veins = np.clip(np.sin(angle * rng.integers(9, 15) + 3 * np.sin(theta * 7 + rng.uniform(0, 6))), 0.9, 1) - 0.9
    red = np.clip((theta - 0.5) / 1.0, 0, 1) * rng.uniform(0.3, 1.0)
    result: Floats = white - (red + 3 * veins * red)[..., None] * np.array([14, 44, 46])
    return result


def _iris(r: Floats, angle: Floats, name: str, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the coverage and colors of the iris per texel; ``r`` is 1 at the border of the iris."""
    outer, inner = (np.array(c, float) * rng.uniform(0.9, 1.25) for c in _COLORS[name][:2])
    fibres = sum(np.sin(angle * k + rng.uniform(0, 6)) / 3 for k in (17, 29, 41)) * 0.16
    mix = np.clip(1.25 - 1.1 * r + fibres, 0, 1)[..., None]
    color = outer * (1 - mix) + inner * mix
    color *= (1 - 0.55 * np.clip((r - 0.80) / 0.2, 0, 1))[..., None]  # the dark ring around it
    pupil = np.clip((rng.uniform(0.30, 0.46) - r) / 0.08 + 0.5, 0, 1)[..., None]
    color = color * (1 - pupil) + 8 * pupil
    return np.clip((1.04 - r) / 0.12, 0, 1), color
