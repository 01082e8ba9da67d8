"""Hair: styles from an assets folder, and procedural styles on the scalp."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from avatarify.synthetic.atlas import read_picture
from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.noise import cloudy, streaks
from avatarify.synthetic.shape import Person
from avatarify.synthetic.surface import Pixels, Surface

_TEXTURE = 512
_COLORS = {  # RGB, frequency with light and with dark skin
    "black": ((20, 17, 16), 0.22, 0.74),
    "dark brown": ((44, 32, 25), 0.28, 0.20),
    "brown": ((82, 56, 36), 0.20, 0.03),
    "blond": ((168, 130, 84), 0.14, 0.01),
    "red": ((118, 56, 30), 0.06, 0.01),
    "dyed": ((0, 0, 0), 0.02, 0.01),
}
_GRAY = (158, 155, 152)
_OF_MEN = ("short01", "short02", "short04", "afro01", "cropped", "grown", "curly", "chin long", "fringe", "beanie")
_OF_WOMEN = (
    *("long01", "ponytail01", "braid01", "long", "shoulder long", "chin long", "curly", "grown", "afro01", "short02"),
    *("long with fringe", "fringe", "beanie"),
)
_SELDOM = {"beanie": 0.5, "grown": 0.5, "short02": 0.6}


def hair_color(person: Person, dark: float, rng: np.random.Generator) -> tuple[Floats, str]:
    """(3,) RGB in [0, 255] and its name."""
    names = list(_COLORS)
    odds = np.array([_COLORS[n][1] * (1 - dark) + _COLORS[n][2] * dark for n in names])
    name = names[int(rng.choice(len(names), p=odds / odds.sum()))]
    color = rng.uniform(20, 130) + rng.uniform(0, 70, 3) if name == "dyed" else np.array(_COLORS[name][0], float)
    if person.old > 0.55 and rng.random() < 0.65:
        share = rng.uniform(0.5, 1)
        color, name = color * (1 - share) + np.array(_GRAY) * share * rng.uniform(0.7, 1.1), "gray"
    return np.clip(color * rng.uniform(0.8, 1.25), 6, 225).astype(np.float32), name


def choose_style(person: Person, available: Mapping[str, object], rng: np.random.Generator) -> str:
    """A style that ``available`` has, or "bald"."""
    if rng.random() < (0.10 if person.male > 0.5 else 0.01):
        return "bald"
    names = [n for n in (_OF_MEN if person.male > 0.5 else _OF_WOMEN) if n in available]
    weights = np.array([_SELDOM.get(n, 1.0) for n in names])
    weights[[n == "afro01" and person.origin[0] < 0.5 for n in names]] = 0.25
    return str(rng.choice(names, p=weights / weights.sum()))


class HairTextures:
    """Textures of all styles without color, which ``paint`` adds."""

    def __init__(self, folder: Path | None) -> None:
        """``folder``: assets with a sub-folder ``tex``."""
        files = sorted((folder / "tex").glob("*.png")) if folder else []
        self._drawn: dict[str, tuple[Floats, Floats]] = {}
        self._photographed = {f.stem: _split(read_picture(f)) for f in files if f.stem.startswith("short")}

    def paint(self, style: str, surface: Surface, color: Floats, rng: np.random.Generator) -> Pixels:
        """(512, 512, 4) RGBA."""
        if style not in self._drawn:
            self._drawn[style] = self._photographed.get(style) or _draw(style, surface)
        bright, alpha = self._drawn[style]
        contrast = np.float32(rng.uniform(0.8, 1.2))
        rgb = np.clip(1 + (bright - 1) * contrast, 0.2, 2.4)[..., None] * (color + 6)
        return np.dstack([np.clip(rgb, 0, 255), alpha]).astype(np.uint8)


def _split(picture: Pixels) -> tuple[Floats, Floats]:
    """Brightness (mean 1) and alpha of a hair texture."""
    small = cv2.resize(picture, (_TEXTURE, _TEXTURE), interpolation=cv2.INTER_AREA)
    gray = cv2.cvtColor(small[..., :3], cv2.COLOR_RGB2GRAY).astype(np.float32)
    alpha = small[..., 3].astype(np.float32) if small.shape[2] == 4 else np.full(gray.shape, 255, np.float32)
    solid = alpha > 128
    return 1 + (gray - gray[solid].mean()) / (gray[solid].std() + 1) * 0.34, alpha


def _draw(style: str, surface: Surface) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(sum(map(ord, style)))
    inside = np.zeros((_TEXTURE, _TEXTURE), np.uint8)
    for polygon in surface.uv[surface.face_uv] * _TEXTURE:
        cv2.fillConvexPoly(inside, np.round(polygon).astype(np.int32), 255)
    depth = np.minimum(cv2.distanceTransform(inside, cv2.DIST_L2, 3), _TEXTURE)
    if style == "beard":
        grain = cloudy(rng, _TEXTURE, _TEXTURE, 0.5)
        return 1 + 0.3 * grain, 255 * np.clip(0.8 + 0.3 * grain, 0, 1) * np.clip(depth / 5, 0, 1)
    if style.startswith(("afro", "cropped", "curly")):
        bright = 1 + 0.28 * cloudy(rng, _TEXTURE, _TEXTURE, 0.75)
        return bright, 255 * np.clip((depth - 3 + 4 * cloudy(rng, _TEXTURE, _TEXTURE, 0.5)) / 3, 0, 1)
    fine, wide = streaks(rng, _TEXTURE, _TEXTURE, 7, _TEXTURE // 2), streaks(rng, _TEXTURE, _TEXTURE, 4, _TEXTURE // 12)
    return 1 + 0.16 * fine + 0.10 * wide, np.float32(255) * np.clip((depth * 1.1 - 2 + 3 * fine) / 2, 0, 1)
