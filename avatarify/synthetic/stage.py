"""The film set: light, background, and camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.noise import cloudy
from avatarify.synthetic.raster import Light
from avatarify.synthetic.surface import Pixels

_BROW_TO_CHIN = 1.27  # on the template
_TIGHTEST, _WIDEST = 0.5, 0.25


@dataclass(frozen=True)
class Framing:
    """The position of the camera, in head sizes.

    Attributes:
        angle: Vertical field of view, radians.
        share: Distance from brow to chin, as a fraction of the image height.
        distance: Distance from the face.
        offset: (2,) offset of the image center from the nose, to the subject's left and up.
        height: Elevation angle, radians.
        side: Azimuth toward the subject's left, radians.
    """

    angle: float
    share: float
    distance: float
    offset: tuple[float, float]
    height: float
    side: float


def draw_framing(rng: np.random.Generator) -> Framing:
    """Return a random framing, from tight to head and shoulders, with any lens."""
    share = float(rng.uniform(_WIDEST, _TIGHTEST))
    angle = float(np.radians(rng.uniform(12, 40)))
    visible = _BROW_TO_CHIN / share
    spare = max(visible / 2 - 1.25, 0.0)
    offset = (float(rng.uniform(-0.35, 0.35) * spare), float(rng.uniform(-0.5, 0.25) * spare))
    return Framing(
        angle,
        share,
        visible / 2 / float(np.tan(angle / 2)),
        offset,
        float(rng.normal() * 0.07),
        float(rng.normal() * 0.05),
    )


def draw_light(rng: np.random.Generator, lightness: float) -> tuple[Light, str]:
    """Return random light, exposed for a skin of CIE ``lightness``, and its name."""
    kind = str(
        rng.choice(
            ["soft", "window", "hard side", "backlight", "screen", "overhead"], p=[0.3, 0.22, 0.16, 0.12, 0.1, 0.1]
        )
    )
    key, fill, back, ambient = _STRENGTHS[kind]
    warmth = rng.normal() * 0.4
    side = rng.choice([-1, 1])
    around, above = _KEY_PLACES[kind]
    directions = [
        _toward(side * rng.uniform(*around), rng.uniform(*above)),
        _toward(-side * rng.uniform(0.3, 1.4), rng.uniform(-0.1, 0.5)),
        _toward(rng.choice([-1, 1]) * rng.uniform(2.0, 2.8), rng.uniform(0.1, 0.8)),
    ]
    colors = [s * rng.uniform(0.75, 1.25) * _tint(warmth, rng) for s in (key, fill, back)]
    if kind == "screen":
        colors[0] = colors[0] * np.array([0.93, 0.99, 1.06])
    sky = ambient * rng.uniform(0.8, 1.2) * _tint(warmth, rng)
    ground = sky * rng.uniform(0.35, 0.8) * _tint(0.4, rng)
    seen = float(colors[0].mean() * 0.7 + sky.mean() * 0.85 + colors[1].mean() * 0.4)
    exposure = float(np.interp(lightness, (28, 80), (1.45, 0.95)) * rng.uniform(0.9, 1.2) / seen)
    return Light(np.array(directions), np.array(colors), sky, ground, exposure), kind


_STRENGTHS = {  # key, fill, back light, ambient
    "soft": (0.75, 0.30, 0.15, 0.45),
    "window": (0.95, 0.15, 0.10, 0.38),
    "hard side": (1.20, 0.10, 0.25, 0.22),
    "backlight": (0.40, 0.25, 1.30, 0.42),
    "screen": (0.70, 0.10, 0.20, 0.25),
    "overhead": (0.85, 0.20, 0.05, 0.40),
}
_KEY_PLACES = {  # radians around and above
    "soft": ((0.0, 0.7), (0.2, 0.8)),
    "window": ((0.5, 1.1), (0.0, 0.5)),
    "hard side": ((0.9, 1.5), (0.0, 0.6)),
    "backlight": ((0.0, 0.8), (0.1, 0.6)),
    "screen": ((0.0, 0.3), (-0.45, -0.1)),
    "overhead": ((0.0, 0.6), (0.8, 1.2)),
}


def _toward(around: float, above: float) -> Floats:
    return np.array([np.sin(around) * np.cos(above), np.sin(above), np.cos(around) * np.cos(above)])


def _tint(warmth: float, rng: np.random.Generator) -> Floats:
    t = float(np.clip(warmth + rng.normal() * 0.2, -1, 1))
    return np.array([1.02 + 0.09 * t, 1.0 - 0.02 * abs(t), 0.98 - 0.14 * t])


def draw_background(rng: np.random.Generator, size: int, pictures: Sequence[Pixels]) -> tuple[Pixels, str]:
    """Return a background (size, size, 3) RGB, usually out of focus, and its name."""
    kinds = ["room", "gradient", "clutter"] + (["picture"] if pictures else [])
    kind = str(rng.choice(kinds, p=[0.3, 0.15, 0.15, 0.4] if pictures else [0.5, 0.2, 0.3]))
    if kind == "picture":
        picture = _crop(pictures[int(rng.integers(len(pictures)))], size, rng)
    else:
        picture = {"room": _room, "gradient": _gradient, "clutter": _clutter}[kind](rng, size)
    grain = cloudy(rng, size, size, 1.3)[..., None] * rng.uniform(0, 9)
    blur = float(rng.choice([0, 0.8, 2.0, 4.5, 8.0])) * size / 256
    picture = np.clip(picture + grain, 0, 255).astype(np.float32)
    if blur:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    return picture.astype(np.uint8), kind


def _color(rng: np.random.Generator, vivid: float = 0.25) -> Floats:
    color = rng.uniform(0, 1, 3)
    gray = rng.beta(2, 2)
    result: Floats = (gray + (color - color.mean()) * vivid * rng.uniform(0.2, 2)) * 225 + 10
    return result


def _gradient(rng: np.random.Generator, size: int) -> Floats:
    turn = rng.uniform(0, 2 * np.pi)
    x, y = np.meshgrid(np.linspace(0, 1, size), np.linspace(0, 1, size))
    t = x * np.cos(turn) + y * np.sin(turn)
    t = ((t - t.min()) / np.ptp(t))[..., None]
    result: Floats = _color(rng, 0.5) * (1 - t) + _color(rng, 0.5) * t
    return result


def _room(rng: np.random.Generator, size: int) -> Floats:
    """Return a wall with a corner, and on it frames, bookshelves, a window, or a lamp."""
    wall = _color(rng, 0.3)
    picture = np.ones((size, size, 3)) * wall * np.linspace(1.08, 0.86, size)[:, None, None]
    corner = int(rng.uniform(-0.4, 1.4) * size)
    if 0 < corner < size:
        picture[:, corner:] *= rng.uniform(0.75, 0.95)
    for _ in range(rng.integers(1, 5)):
        _furnish(picture, rng, size)
    return picture


def _furnish(picture: Floats, rng: np.random.Generator, size: int) -> None:
    kind = rng.integers(4)
    left, top = (int(v) for v in rng.uniform(-0.15, 0.85, 2) * size)
    wide, high = (int(v) for v in rng.uniform(0.12, 0.55, 2) * size)
    if kind == 0:  # a picture in a frame
        _box(picture, left, top, wide, high, _color(rng, 0.3))
        _box(picture, left + 4, top + 4, wide - 8, high - 8, _color(rng, 0.8))
    elif kind == 1:  # a window
        _box(picture, left, top, wide, high, np.array([238, 243, 248]) * rng.uniform(0.8, 1.0))
        _box(picture, left + wide // 2 - 2, top, 4, high, _color(rng, 0.1))
    elif kind == 2:  # books
        x = left
        while x < left + wide:
            step = int(rng.uniform(0.015, 0.05) * size) + 1
            _box(picture, x, top + int(rng.uniform(0, 0.06) * size), step, high // 2, _color(rng, 1.0))
            x += step
        _box(picture, left, top + high // 2, wide, 4, _color(rng, 0.3) * 0.6)
    else:  # a lamp
        cv2.circle(picture, (left, top), wide // 4 + 2, (250.0, 236.0, 205.0), -1)


def _clutter(rng: np.random.Generator, size: int) -> Floats:
    picture = _gradient(rng, size)
    for _ in range(rng.integers(4, 22)):
        x, y = (int(v) for v in rng.uniform(-0.2, 1, 2) * size)
        wide, high = (int(v) for v in rng.uniform(0.04, 0.6, 2) * size)
        if rng.random() < 0.7:
            _box(picture, x, y, wide, high, _color(rng, 0.7))
        else:
            cv2.circle(picture, (x, y), wide // 3 + 2, tuple(map(float, _color(rng, 0.7))), -1)
    return picture


def _box(picture: Floats, left: int, top: int, wide: int, high: int, color: Floats) -> None:
    picture[max(top, 0) : max(top + high, 0), max(left, 0) : max(left + wide, 0)] = color


def _crop(picture: Pixels, size: int, rng: np.random.Generator) -> Floats:
    side = int(min(picture.shape[:2]) * rng.uniform(0.5, 1))
    top, left = (int(rng.integers(0, full - side + 1)) for full in picture.shape[:2])
    part = picture[top : top + side, left : left + side]
    part = part[:, ::-1] if rng.random() < 0.5 else part
    result: Floats = cv2.resize(part, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32)
    return result
