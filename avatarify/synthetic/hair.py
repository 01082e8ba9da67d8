"""Hair: styles from an assets folder, and styles grown on the scalp."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from avatarify.synthetic.atlas import read_picture
from avatarify.synthetic.mesh import BaseMesh, Floats
from avatarify.synthetic.noise import cloudy, streaks
from avatarify.synthetic.proxies import Proxy
from avatarify.synthetic.shape import Person
from avatarify.synthetic.surface import Part, Pixels, Surface

_TEXTURE = 512
_COLOURS = {  # RGB, how often with light and with dark skin
    "black": ((20, 17, 16), 0.22, 0.74),
    "dark brown": ((44, 32, 25), 0.28, 0.20),
    "brown": ((82, 56, 36), 0.20, 0.03),
    "blond": ((168, 130, 84), 0.14, 0.01),
    "red": ((118, 56, 30), 0.06, 0.01),
    "dyed": ((0, 0, 0), 0.02, 0.01),
}
_GREY = (158, 155, 152)
_COVERS_AN_EYE = ("short03", "bob01", "bob02")
_OF_MEN = ("short01", "short02", "short04", "afro01", "cropped", "grown")
_OF_WOMEN = ("long01", "ponytail01", "braid01", "loose", "grown", "afro01", "short02")


def hair_colour(person: Person, dark: float, rng: np.random.Generator) -> tuple[Floats, str]:
    """(3,) RGB in [0, 255] and its name."""
    names = list(_COLOURS)
    odds = np.array([_COLOURS[n][1] * (1 - dark) + _COLOURS[n][2] * dark for n in names])
    name = names[int(rng.choice(len(names), p=odds / odds.sum()))]
    colour = rng.uniform(20, 130) + rng.uniform(0, 70, 3) if name == "dyed" else np.array(_COLOURS[name][0], float)
    if person.old > 0.55 and rng.random() < 0.65:
        share = rng.uniform(0.5, 1)
        colour, name = colour * (1 - share) + np.array(_GREY) * share * rng.uniform(0.7, 1.1), "grey"
    return np.clip(colour * rng.uniform(0.8, 1.25), 6, 225).astype(np.float32), name


def choose_style(person: Person, available: Mapping[str, object], rng: np.random.Generator) -> str:
    """A style that ``available`` has, or "bald"."""
    if rng.random() < (0.10 if person.male > 0.5 else 0.01):
        return "bald"
    names = [n for n in (_OF_MEN if person.male > 0.5 else _OF_WOMEN) if n in available]
    weights = np.array([0.25 if n == "afro01" and person.origin[0] < 0.5 else 1.0 for n in names])
    return str(rng.choice(names, p=weights / weights.sum()))


class HairTextures:
    """Textures of all styles, without colour; colour comes with ``paint``."""

    def __init__(self, folder: Path | None) -> None:
        """``folder``: assets with a sub-folder ``tex``."""
        files = sorted((folder / "tex").glob("*.png")) if folder else []
        self._drawn: dict[str, tuple[Floats, Floats]] = {}
        self._photographed = {f.stem: _split(read_picture(f)) for f in files if f.stem.startswith("short")}

    def paint(self, style: str, surface: Surface, colour: Floats, rng: np.random.Generator) -> Pixels:
        """(512, 512, 4) RGBA."""
        if style not in self._drawn:
            self._drawn[style] = self._photographed.get(style) or _draw(style, surface)
        bright, alpha = self._drawn[style]
        contrast = np.float32(rng.uniform(0.8, 1.2))
        rgb = np.clip(1 + (bright - 1) * contrast, 0.2, 2.4)[..., None] * (colour + 6)
        return np.dstack([np.clip(rgb, 0, 255), alpha]).astype(np.uint8)


def _split(picture: Pixels) -> tuple[Floats, Floats]:
    """Brightness (mean 1) and alpha of a hair texture."""
    small = cv2.resize(picture, (_TEXTURE, _TEXTURE), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small[..., :3], cv2.COLOR_RGB2GRAY).astype(np.float32)
    alpha = small[..., 3].astype(np.float32) if small.shape[2] == 4 else np.full(grey.shape, 255, np.float32)
    solid = alpha > 128
    return 1 + (grey - grey[solid].mean()) / (grey[solid].std() + 1) * 0.34, alpha


def _draw(style: str, surface: Surface) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(sum(map(ord, style)))
    inside = np.zeros((_TEXTURE, _TEXTURE), np.uint8)
    for polygon in surface.uv[surface.face_uv] * _TEXTURE:
        cv2.fillConvexPoly(inside, np.round(polygon).astype(np.int32), 255)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3)
    if style == "loose":
        fine = streaks(rng, _TEXTURE, _TEXTURE, 5, _TEXTURE // 2)
        return 1 + 0.25 * fine, np.full((_TEXTURE, _TEXTURE), 255, np.float32)
    if style.startswith(("afro", "cropped")):
        bright = 1 + 0.28 * cloudy(rng, _TEXTURE, _TEXTURE, 0.75)
        return bright, 255 * np.clip((depth - 3 + 4 * cloudy(rng, _TEXTURE, _TEXTURE, 0.5)) / 3, 0, 1)
    fine, wide = streaks(rng, _TEXTURE, _TEXTURE, 7, _TEXTURE // 2), streaks(rng, _TEXTURE, _TEXTURE, 4, _TEXTURE // 12)
    return 1 + 0.20 * fine + 0.20 * wide, 255 * np.clip((depth * 1.1 - 2 + 3 * fine) / 2, 0, 1)


def grown_styles(mesh: BaseMesh) -> dict[str, Proxy]:
    """Styles that need no assets: caps of hair over the scalp, and the base mesh's own long hair.

    They are fitted like proxies: each point hangs on one vertex of the base mesh.
    """
    styles = {
        name: _cap(mesh, name, *sizes) for name, sizes in {"cropped": (0.035, 7.9), "grown": (0.13, 7.86)}.items()
    }
    quads = mesh.groups == "helper-hair"
    places = mesh.vertices[mesh.quads[quads]]
    before_face = (places[:, :, 2].max(1) > 0.85) & (places[:, :, 1].min(1) < 7.95)
    high = (places[:, :, 1].min(1) > 5.3) & ~before_face
    uv = mesh.uv * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
    styles["loose"] = _hung(mesh, "loose", mesh.quads[quads][high], uv, mesh.quad_uv[quads][high], 0.0)
    return styles


def _cap(mesh: BaseMesh, name: str, thick: float, hairline: float) -> Proxy:
    body = mesh.groups == "body"
    quads = mesh.quads[body]
    x, y, z = mesh.vertices[quads].mean(1).T
    line = hairline - 0.35 * np.clip(np.abs(x) - 0.4, 0, 1) - 1.0 * np.clip(0.68 - z, 0, 1)
    ear = (np.abs(x) > 0.72) & (y < 7.5) & (z > 0.1) & (z < 0.7)
    chosen = (y > np.maximum(line, 6.62)) & ~ear
    picked = quads[chosen]
    places = mesh.vertices[picked]
    u = np.arctan2(places[..., 0], places[..., 2] - 0.3) / (2 * np.pi) + 0.5
    uv = np.stack([u * 0.9 + 0.05, np.clip((8.55 - places[..., 1]) / 2.1, 0.03, 0.97)], -1).astype(np.float32)
    wraps = np.ptp(u, axis=1) > 0.5
    uv[wraps, :, 0] = 0.5
    return _hung(mesh, name, picked, uv.reshape(-1, 2), np.arange(picked.size).reshape(picked.shape), thick)


def _hung(mesh: BaseMesh, name: str, quads: np.ndarray, uv: Floats, face_uv: np.ndarray, thick: float) -> Proxy:
    points, faces = np.unique(quads, return_inverse=True)
    surface = Surface(Part.HAIR, faces.reshape(quads.shape), uv, face_uv)
    places = mesh.vertices[points]
    fit = np.zeros((len(points), 9), np.float32)
    fit[:, 0], fit[:, 3] = points, 1
    rng = np.random.default_rng(7)
    lift = thick * (0.75 + 0.5 * rng.random((len(points), 1))) * _border_fade(surface, len(points))[:, None]
    fit[:, 6:9] = surface.normals(places) * lift
    return Proxy(name, surface, fit, ())


def _border_fade(surface: Surface, count: int) -> Floats:
    """(n,) 0.15 on the border of a surface, where it lies on the skin; 1 inside."""
    edges = np.sort(np.concatenate([surface.faces[:, [i, (i + 1) % 4]] for i in range(4)]), axis=1)
    unique, times = np.unique(edges, axis=0, return_counts=True)
    fade = np.ones(count, np.float32)
    fade[np.unique(unique[times == 1])] = 0.15
    return fade
