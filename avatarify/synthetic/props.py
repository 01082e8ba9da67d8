"""Glasses, and objects between face and camera: hands, cups, microphones, strands of hair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.noise import cloudy
from avatarify.synthetic.surface import Part, Pixels, Surface, grid_surface, join
from avatarify.synthetic.turn import rotation

_TEXTURE = 64
_FINGERS = ((-0.30, 0.62, 0.30), (-0.10, 0.78, 0.12), (0.10, 0.80, -0.02), (0.29, 0.66, -0.16))  # x, length, slant


@dataclass(frozen=True)
class Prop:
    """An object.

    Attributes:
        name: What it is.
        surface: Its polygons.
        points: (n, 3) in decimeters: of glasses on the person's head at rest, else around the origin.
        picture: Its texture.
    """

    name: str
    surface: Surface
    points: Floats
    picture: Pixels


def draw_glasses(anchors: Floats, size: float, rng: np.random.Generator) -> Prop:
    """Glasses that sit on a nose.

    Args:
        anchors: (5, 3) right eye, left eye, bridge of the nose, right ear, left ear.
        size: Head size.
        rng: Decides shape, thickness, and color; one in twelve are sunglasses.
    """
    half_width, half_height = rng.uniform(0.22, 0.27) * size, rng.uniform(0.13, 0.20) * size
    thick = rng.choice([0.007, 0.012, 0.022]) * size * rng.uniform(0.9, 1.2)
    power, wrap = rng.uniform(0.55, 1.0), 0.18
    turn = np.linspace(0, 2 * np.pi, 29)[:-1]
    shape = np.stack([np.cos(turn), np.sin(turn)], 1)
    shape = np.sign(shape) * np.abs(shape) ** power * (half_width, half_height)
    front = anchors[2, 2] + 0.015 * size
    pieces, middles = [], []
    for side, eye in ((-1, anchors[0]), (1, anchors[1])):
        middle = np.array([eye[0] * 1.02, eye[1] - 0.04 * size, front])
        rim = middle + np.stack([shape[:, 0], shape[:, 1], -wrap * np.abs(shape[:, 0] + side * half_width)], 1)
        pieces.append(_tube(np.concatenate([rim, rim[:1]]), np.full(len(rim) + 1, thick), Part.GLASSES))
        middles.append((side, middle, rim))
    if rng.random() < 1 / 12:
        pieces += [_fan(middle, rim) for _, middle, rim in middles]
    inner = [m + np.array([-s * half_width, 0.03 * size, 0]) for s, m, _ in middles]
    arch = (inner[0] + inner[1]) / 2 + np.array([0, 0.02, 0.02]) * size
    pieces.append(_tube(np.array([inner[0], arch, inner[1]]), np.full(3, thick), Part.GLASSES))
    for (side, middle, _), ear in zip(middles, anchors[3:], strict=True):
        hinge = middle + np.array([side * half_width, 0.05 * size, -2 * wrap * half_width])
        end = np.array([ear[0] * 0.96, hinge[1] + 0.02 * size, ear[2] + 0.1 * size])
        bow = np.array([side * 0.06 * size, 0, 0])
        pieces.append(_tube(np.array([hinge, (hinge + end) / 2 + bow, end]), np.full(3, 0.8 * thick), Part.GLASSES))
    color = rng.choice([[18, 18, 20], [60, 40, 28], [120, 116, 110], [150, 120, 60], [110, 30, 40]]) * rng.uniform(
        0.8, 1.3
    )
    return _prop("glasses", pieces, color, rng)


def draw_occluder(skin: Floats, hair: Floats, rng: np.random.Generator) -> Prop:
    """A hand, a cup, a microphone or strands of hair, around the origin; z points to the camera."""
    kind = str(rng.choice(["hand", "cup", "microphone", "strands"], p=[0.5, 0.15, 0.15, 0.2]))
    if kind == "hand":
        return _prop(kind, _hand(rng), skin, rng)
    if kind == "strands":
        return _prop(kind, [_strand(rng) for _ in range(rng.integers(2, 6))], hair, rng)
    if kind == "cup":
        height, radius = rng.uniform(0.7, 1.1), rng.uniform(0.3, 0.45)
        side = np.array(
            [[0, -height / 2, 0], [0, -height / 2 + 0.02, 0], [0, height / 2, 0], [0, height / 2 - 0.05, 0]]
        )
        radii = np.array([0.01, radius * 0.8, radius, radius * 0.9])
        turn = np.linspace(-1.2, 1.2, 7)[:, None]
        handle = np.hstack([radius * 0.9 + 0.25 * np.cos(turn), 0.3 * np.sin(turn), 0 * turn])
        return _prop(
            kind,
            [_tube(side, radii, Part.OCCLUDER, 16), _tube(handle, np.full(7, 0.05), Part.OCCLUDER)],
            rng.uniform(20, 240, 3),
            rng,
        )
    ball, stick = (
        _capsule(np.zeros(3), np.array([0, 0.1, 0]), 0.2),
        _capsule(np.array([0, -0.15, 0]), np.array([0.1, -1.6, 0.2]), 0.1),
    )
    return _prop(kind, [ball, stick], rng.uniform(10, 70, 3), rng)


def place_occluder(prop: Prop, spot: Floats, rng: np.random.Generator) -> Floats:
    """Return the object (n, 3) near ``spot`` (3,), rotated and of random size."""
    turn = rotation(rng.uniform(-50, 50), rng.uniform(-35, 35), rng.uniform(-80, 80) if prop.name != "cup" else 0)
    return (prop.points @ turn.T * rng.uniform(0.8, 1.25) + spot).astype(np.float32)


Piece = tuple[Surface, Floats]


def _prop(name: str, pieces: list[Piece], color: Floats, rng: np.random.Generator) -> Prop:
    picture = np.asarray(color) * (1 + 0.05 * cloudy(rng, _TEXTURE, _TEXTURE, 0.9)[..., None])
    rgba = np.dstack([np.clip(picture, 0, 255), np.full((_TEXTURE, _TEXTURE), 255)]).astype(np.uint8)
    surface = join([s for s, _ in pieces], [len(p) for _, p in pieces])
    return Prop(name, surface, np.concatenate([p for _, p in pieces]).astype(np.float32), rgba)


def _tube(path: Floats, radii: Floats, part: Part, around: int = 6) -> Piece:
    """A tube along (n, 3) ``path``."""
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    helper = np.where(np.abs(along[:, 2:]) < 0.9, np.array([[0.0, 0, 1]]), np.array([[1.0, 0, 0]]))
    side = np.cross(along, helper)
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-9
    up = np.cross(side, along)
    turn = np.linspace(0, 2 * np.pi, around, endpoint=False)
    ring = side[:, None] * np.cos(turn)[None, :, None] + up[:, None] * np.sin(turn)[None, :, None]
    points = path[:, None] + ring * np.asarray(radii)[:, None, None]
    return grid_surface(part, len(path), around, True), points.reshape(-1, 3)


def _capsule(start: Floats, end: Floats, radius: float) -> Piece:
    """A round-ended stick."""
    axis = (end - start) / (np.linalg.norm(end - start) + 1e-9)
    angle = np.linspace(0, np.pi / 2, 5)
    head = [start - axis * radius * np.cos(a) for a in angle]
    tail = [end + axis * radius * np.sin(a) for a in angle]
    radii = np.concatenate([np.sin(angle), np.cos(angle)]) * radius + 1e-4
    return _tube(np.array(head + tail), radii, Part.OCCLUDER, 10)


def _hand(rng: np.random.Generator) -> list[Piece]:
    """A palm with four fingers and a thumb, more or less bent."""
    bend = rng.uniform(-0.3, 0.5)
    palm = [_capsule(np.array([x, -0.28, 0.0]), np.array([x * 1.1, 0.30, 0.0]), 0.17) for x in (-0.24, 0.0, 0.24)]
    fingers = []
    for x, length, slant in _FINGERS:
        root = np.array([x, 0.35, 0.0])
        middle = root + np.array([-slant * 0.2 * rng.uniform(0.5, 2), length * 0.55, bend * 0.2])
        tip = middle + np.array([-slant * 0.15, length * 0.45, bend * 0.5])
        fingers += [_capsule(root, middle, 0.095), _capsule(middle, tip, 0.082)]
    thumb = [np.array([0.3, -0.15, 0.05]), np.array([0.58, 0.12, 0.12]), np.array([0.64, 0.42, 0.15])]
    arm = _capsule(np.array([0, -0.35, 0.0]), np.array([0.1, -2.2, 0.1]), 0.24)
    return [*palm, *fingers, _capsule(thumb[0], thumb[1], 0.11), _capsule(thumb[1], thumb[2], 0.09), arm]


def _strand(rng: np.random.Generator) -> Piece:
    t = np.linspace(0, 1, 9)
    start = np.array([rng.uniform(-0.5, 0.5), 0.9, 0.0])
    sway = rng.uniform(-0.4, 0.4) * t**2 + 0.05 * np.sin(t * 9 + rng.uniform(0, 6))
    path = start + np.stack([sway, -rng.uniform(1.0, 2.0) * t, 0.1 * np.sin(t * 4)], 1)
    return _tube(path, 0.022 * (1.05 - t), Part.OCCLUDER, 5)


def _fan(middle: Floats, rim: Floats) -> Piece:
    """A flat lens."""
    rings = np.concatenate([np.repeat(middle[None], len(rim), 0) + (rim - middle) * s for s in (0.01, 1.0)])
    return grid_surface(Part.GLASSES, 2, len(rim), True), rings
