"""Skin: the details of a photographed or drawn skin in any tone, with lips, brows, beard, freckles, and makeup."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from avatarify.synthetic.atlas import beard_mask, both, bump, place_map, read_picture, to_atlas
from avatarify.synthetic.brows import brow_cover
from avatarify.synthetic.mesh import BaseMesh, Floats, texture_file
from avatarify.synthetic.noise import cloudy, shifted
from avatarify.synthetic.shape import Person
from avatarify.synthetic.surface import Pixels

# Tones from the lightest to the darkest: CIE L, a, b of a face in even light.
_TONES = np.array([(78, 11, 15), (73, 13, 18), (67, 15, 21), (58, 17, 24), (48, 17, 22), (39, 15, 18), (30, 12, 14)])


@dataclass(frozen=True)
class SkinTone:
    """A person's skin.

    Attributes:
        dark: 0 the lightest tone, 1 the darkest.
        name: The image that its details come from, or "drawn".
        lightness: CIE L of the face.
    """

    dark: float
    name: str
    lightness: float


class SkinMaker:
    """Makes skin textures; the details of all skins and the masks are loaded once."""

    def __init__(self, mesh: BaseMesh, folder: Path | None) -> None:
        """``folder``: assets with a subfolder ``skins``; None: skins are drawn."""
        rng = np.random.default_rng(1)
        self.places = p = place_map(mesh)
        shape = p.shape
        self._grain = {c: cloudy(rng, shape[0], shape[1], c) for c in (0.55, 1.0, 1.7)}
        self._lips = _mask("lips")
        self.inside = _mask("inside-mouth")
        self._blush = both(p, (0.50, 6.98, 1.25), (0.24, 0.22, 0.5)) + 0.7 * bump(p, (0, 7.0, 1.72), (0.14, 0.16, 0.25))
        self._under_eyes = both(p, (0.30, 7.15, 1.37), (0.2, 0.07, 0.3))
        self._lid = both(p, (0.31, 7.37, 1.40), (0.2, 0.07, 0.3))
        self._freckled = bump(p, (0, 7.05, 1.45), (0.65, 0.3, 0.7))
        self._face_texels = np.argwhere((p[..., 1] > 6.3) & (p[..., 1] < 7.8) & (p[..., 2] > 0.7))
        self._beard = beard_mask(p) * (1 - self._lips)
        self._scalp = _scalp_mask(p)
        self.details = self._photographed(folder) if folder else {}
        if not self.details:
            self.details = {"drawn": self._drawn(rng)}

    def tone(self, person: Person, rng: np.random.Generator) -> SkinTone:
        """Return a random skin tone, uniform from light to dark but correlated with the face's origin."""
        lean = person.origin[0] * 0.9 + person.origin[1] * 0.3 + 0.05
        dark = float(np.clip(0.55 * rng.random() + 0.45 * lean + 0.08 * rng.normal(), 0, 1))
        names = sorted(self.details)
        suited = [n for n in names if ("female" in n) == (person.male < 0.5)] or names
        if dark < 0.6:
            suited = [n for n in suited if "dark" not in n] or suited
        elif rng.random() < 0.5:
            suited = [n for n in names if "dark" in n] or suited
        lightness = float(np.interp(dark, np.linspace(0, 1, len(_TONES)), _TONES[:, 0]))
        return SkinTone(dark, str(rng.choice(suited)), lightness)

    def paint(self, person: Person, tone: SkinTone, hair: Floats, rng: np.random.Generator, bald: bool) -> Pixels:
        """(1024, 640, 4) RGBA; alpha is low on the brows.

        Args:
            person: Sex and age determine beard and makeup.
            tone: From ``tone``.
            hair: (3,) RGB in [0, 255] of brows and beard.
            rng: Decides everything else.
            bald: Do not tint the scalp with hair color.
        """
        lab = self._colored(tone, rng)
        self._paint_marks(lab, tone, rng)
        if person.male < 0.5 and rng.random() < 0.5:
            self._paint_make_up(lab, rng)
        rgb = cv2.cvtColor(np.clip(lab, (1, -60, -60), (97, 60, 60)).astype(np.float32), cv2.COLOR_LAB2RGB) * 255
        if person.male > 0.5 and rng.random() < 0.6:
            _cover(rgb, self._beard * self._stubble(rng) * np.float32(rng.uniform(0.15, 0.95)), hair * 0.8)
        if not bald:
            _cover(rgb, self._scalp * np.float32(0.85), hair * 0.55)
        brows = brow_cover(self.places, person.male, rng)
        _cover(rgb, brows * np.float32(0.92), hair * 0.75)
        return np.dstack([np.clip(rgb, 0, 255), 255 * (1 - brows)]).astype(np.uint8)

    def flat_color(self, tone: SkinTone) -> Floats:
        """Return the mean color of the tone, (3,) RGB in [0, 255]."""
        steps = np.linspace(0, 1, len(_TONES))
        lab = np.array([[[np.interp(tone.dark, steps, _TONES[:, i]) for i in range(3)]]], np.float32)
        result: Floats = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)[0, 0] * 255
        return result

    def _colored(self, tone: SkinTone, rng: np.random.Generator) -> Floats:
        steps = np.linspace(0, 1, len(_TONES))
        goal = np.array([np.interp(tone.dark, steps, _TONES[:, i]) for i in range(3)]) + rng.normal(size=3) * [
            1.5,
            1,
            1.8,
        ]
        contrast = np.clip(goal[0] / 68, 0.55, 1.1)
        factors = np.array([contrast * rng.uniform(0.85, 1.1), 0.95, 0.85], np.float32)
        return self.details[tone.name] * factors + goal.astype(np.float32)

    def _paint_marks(self, lab: Floats, tone: SkinTone, rng: np.random.Generator) -> None:
        fine, middle, coarse = (shifted(self._grain[c], rng) for c in (0.55, 1.0, 1.7))
        light, red = lab[..., 0], lab[..., 1]
        light += fine * np.float32(rng.uniform(0.3, 1.1)) + coarse * np.float32(rng.uniform(0.3, 1.2))
        red += middle * np.float32(rng.uniform(0.3, 1.2)) + self._blush * np.float32(rng.uniform(0, 6))
        light -= self._under_eyes * np.float32(rng.uniform(0, 6))
        dark = max(tone.dark - 0.45, 0)
        red += self._lips * np.float32(rng.uniform(1, 6))
        light -= self._lips * np.float32(rng.uniform(0, 5) + 6 * dark)
        if rng.random() < 0.3 * (1 - tone.dark):
            light -= np.clip(fine * 0.6 + middle * 0.8 - 1.4, 0, 2) * self._freckled * np.float32(rng.uniform(3, 12))
        for _ in range(rng.integers(0, 5)):
            row, column = self._face_texels[int(rng.integers(len(self._face_texels)))]
            dot = cv2.circle(
                np.zeros(light.shape, np.float32), (int(column), int(row)), int(rng.integers(1, 3)), 1.0, -1
            )
            light -= cv2.blur(dot, (3, 3)) * np.float32(rng.uniform(8, 24))
        inside = self.inside[..., None]
        depth = np.clip((self.places[..., 2:] - 0.9) / 0.6, 0, 1)
        lab *= 1 - inside
        lab += inside * (np.array([22, 22, 10], np.float32) + depth * np.array([22, 8, 4], np.float32))

    def _paint_make_up(self, lab: Floats, rng: np.random.Generator) -> None:
        strength = np.float32(rng.uniform(0.2, 1))
        lab[..., 1] += self._lips * strength * np.float32(rng.uniform(4, 30))
        lab[..., 0] -= self._lips * strength * np.float32(rng.uniform(0, 14))
        lab[..., 2] += self._lips * strength * np.float32(rng.uniform(-12, 4))
        lab[..., 0] -= self._lid * np.float32(rng.uniform(0, 14))

    def _stubble(self, rng: np.random.Generator) -> Floats:
        result: Floats = np.clip(shifted(self._grain[0.55], rng) * 0.55 + 0.75, 0, 1)
        return result

    def _photographed(self, folder: Path) -> dict[str, Floats]:
        files = sorted(f for f in (folder / "skins").glob("*") if f.suffix in (".jpg", ".png"))
        x, y, z = np.moveaxis(self.places, -1, 0)
        bare = (self.inside < 0.1) & (self._lips < 0.1) & (np.abs(x) < 0.6) & (y > 6.3) & (y < 7.8) & (z > 0.8)
        details = {}
        for file in files:
            rgb = to_atlas(read_picture(file)[..., :3]).astype(np.float32) / 255
            lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
            details[file.stem] = (lab - np.median(lab[bare], axis=0)).astype(np.float32)
        return details

    def _drawn(self, rng: np.random.Generator) -> Floats:
        """Return CIE Lab differences from the face's mean, without any photograph."""
        detail = np.zeros((*self.places.shape[:2], 3), np.float32)
        grain = cloudy(rng, self.places.shape[0], self.places.shape[1], 0.8)
        ears = both(self.places, (0.85, 7.15, 0.35), (0.15, 0.3, 0.3))
        detail[..., 0] = -11 * self._lips - 2 * self._under_eyes + 0.9 * grain
        detail[..., 1] = 13 * self._lips + 4 * self._blush + 5 * ears + 2 * self._under_eyes
        detail[..., 2] = -3 * self._lips
        return detail


def _mask(name: str) -> Floats:
    picture = to_atlas(read_picture(texture_file(name)))
    return picture[..., 0].astype(np.float32) / 255


def _cover(rgb: Floats, cover: Floats, color: Floats) -> None:
    rgb += cover[..., None] * (color.astype(np.float32) - rgb)


def _scalp_mask(p: Floats) -> Floats:
    hairline = 7.92 - 0.35 * np.clip(np.abs(p[..., 0]) - 0.35, 0, 1) - 1.05 * np.clip(0.75 - p[..., 2], 0, 1)
    result: Floats = np.clip((p[..., 1] - np.maximum(hairline, 6.75)) * 6, 0, 1) * (p[..., 1] > 6.7)
    return result
