"""The styles: each turns a picture of a person into a drawing or a painting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from avatarify.choices import PortraitStyle
from avatarify.compose.styles import marks
from avatarify.compose.styles.cells import facets, leaded
from avatarify.frames import F32

PAPER = np.array([0.965, 0.945, 0.90], np.float32)
_INK = np.array([0.09, 0.09, 0.13], np.float32)


@dataclass(frozen=True)
class Sitter:
    """What a style knows.

    Attributes:
        picture: (H, W, 3) float32 RGB from 0 to 1.
        features: (H, W) float32, 1 on eyes, nose, and mouth, which must stay sharp; 0 elsewhere.
        landmarks: (478, 2) float32, the face's, pixels.
        unit: A hundredth of the height from brows to chin, pixels.
    """

    picture: F32
    features: F32
    landmarks: F32
    unit: float


def ink(sitter: Sitter) -> F32:
    """Brush and pen on paper, with gray washes."""
    tone = marks.light(marks.flattened(sitter.picture, sitter.unit))
    line = marks.lines(marks.light(sitter.picture), 0.8 * sitter.unit, 14, 0.42)
    wash = 1 - 0.28 * (tone < 0.62) - 0.3 * (tone < 0.40)
    wash = marks.blurred(np.asarray(wash, np.float32), 0.8 * sitter.unit) + 0.02 * marks.clouds(tone.shape, 60)
    drawn = np.minimum(wash, 0.08 + 0.92 * line)[..., None]
    return _on_paper(_INK + drawn * (PAPER - _INK), sitter, 0.012)


def watercolor(sitter: Sitter) -> F32:
    """Transparent washes with dark edges and grain."""
    flat = marks.palette(marks.flattened(sitter.picture, sitter.unit), 20, 1.2 * sitter.unit)
    soft = marks.blurred(flat, 0.9 * sitter.unit)
    kept = sitter.features[..., None]
    wash = 0.75 * soft + 0.25 * sitter.picture + kept * (0.55 * (sitter.picture - soft))
    wash = marks.saturated(wash, 1.4) ** 0.78
    pooled = np.abs(marks.light(soft) - marks.light(marks.blurred(flat, 2.5 * sitter.unit)))
    density = 1 + 0.09 * marks.clouds(soft.shape, 110) + 2.2 * pooled + 0.07 * marks.paper(soft.shape, sitter.unit)
    return _on_paper(PAPER * np.clip(wash, 0.02, 1) ** np.clip(density, 0.4, 2.2)[..., None], sitter, 0.012)


def gouache(sitter: Sitter) -> F32:
    """Opaque paint in few colors."""
    import cv2

    flat = marks.bytes_of(marks.flattened(sitter.picture, sitter.unit))
    painted = marks.floats_of(cv2.xphoto.oilPainting(flat, max(3, round(1.3 * sitter.unit)), 1))
    mixed = painted + 0.6 * sitter.features[..., None] * (sitter.picture - painted)
    colors = marks.palette(mixed, 22, 0.5 * sitter.unit)
    colors = 0.75 * colors + 0.25 * mixed
    brushed = marks.clouds(colors.shape, 9)[..., None] * 0.012
    return _on_paper(marks.saturated(colors, 1.3) + brushed, sitter, 0.008)


def oil(sitter: Sitter) -> F32:
    """Oil paint with raised strokes and a warm glaze."""
    import cv2

    painted = cv2.xphoto.oilPainting(marks.bytes_of(sitter.picture), max(2, round(1.0 * sitter.unit)), 2)
    mixed = marks.floats_of(painted) + 0.45 * sitter.features[..., None] * (sitter.picture - marks.floats_of(painted))
    raised = marks.relief(marks.light(mixed) + 0.015 * marks.clouds(mixed.shape, 5), 0.35)
    glaze = marks.saturated(mixed, 1.25) * np.array([1.04, 0.99, 0.88], np.float32)
    return np.asarray(glaze * (0.86 + 0.14 * raised[..., None]), np.float32)


def charcoal(sitter: Sitter) -> F32:
    """Charcoal and white chalk on toned paper."""
    tone = marks.light(marks.flattened(sitter.picture, sitter.unit, 2))
    detail = marks.light(sitter.picture) - marks.blurred(marks.light(sitter.picture), 2 * sitter.unit)
    grain = marks.paper(tone.shape, 1.4 * sitter.unit)
    spread = _spread(tone)
    coal = np.clip(1.15 * (0.62 - spread) - 2.6 * detail, 0, 1)
    coal *= np.clip(0.86 + 0.14 * grain + 0.5 * coal, 0, 1)
    chalk = np.clip(2.0 * (spread - 0.66) + detail, 0, 0.75) * np.clip(0.6 + 0.3 * grain, 0, 1)
    toned = np.array([0.74, 0.68, 0.60], np.float32) * (1 + 0.02 * grain[..., None])
    white, black = np.array([0.98, 0.96, 0.92], np.float32), np.array([0.10, 0.09, 0.09], np.float32)
    lit = toned + chalk[..., None] * (white - toned)
    return np.asarray(lit + coal[..., None] * (black - lit), np.float32)


def pencil(sitter: Sitter) -> F32:
    """Graphite with hatching."""
    tone = marks.light(sitter.picture)
    dark = np.clip(1.05 - marks.flattened(tone, sitter.unit), 0, 1)
    sketch = np.clip(tone / np.clip(marks.blurred(tone, 3.5 * sitter.unit), 0.05, 1), 0, 1) ** 2.4
    bend = 2.0 * marks.noise(tone.shape, 40)
    hatch = marks.strokes(np.clip(0.9 * dark - 0.22, 0, 0.8), 1.5 * sitter.unit, 52, bend)
    cross = marks.strokes(np.clip(0.9 * dark - 0.45, 0, 0.8), 1.6 * sitter.unit, -40, bend)
    shade = 1 - 0.34 * hatch - 0.3 * cross - 0.22 * dark
    drawn = np.clip(sketch * shade, 0.12, 1)[..., None]
    return _on_paper(drawn * np.array([0.97, 0.96, 0.94], np.float32), sitter, 0.014)


def pastel(sitter: Sitter) -> F32:
    """Soft chalks on rough paper."""
    flat = marks.blurred(marks.flattened(sitter.picture, sitter.unit), 0.6 * sitter.unit)
    soft = flat + 0.7 * sitter.features[..., None] * (sitter.picture - flat)
    rich = marks.saturated(np.asarray(soft**0.85, np.float32), 1.35)
    wander = 0.014 * marks.clouds(soft.shape, 26)[..., None] * np.array([1.0, -0.2, -0.9], np.float32)
    grain = marks.paper(soft.shape, 1.5 * sitter.unit)
    cover = np.clip(0.93 + 0.09 * grain + 0.1 * sitter.features, 0.5, 1)[..., None]
    ground = np.array([0.45, 0.42, 0.46], np.float32)
    return np.asarray(ground + cover * (rich + wander - ground), np.float32)


def comic(sitter: Sitter) -> F32:
    """Ink lines, flat colors, and dots in the shadows."""
    flat = marks.palette(marks.flattened(sitter.picture, sitter.unit, 4), 12, 0.8 * sitter.unit)
    tone = marks.light(flat)
    screen = marks.dots(np.clip(0.72 - tone, 0, 0.55), 3.2 * sitter.unit, 40) * 0.22
    color = marks.saturated(np.asarray(flat**0.88, np.float32), 1.5) * (1 - screen[..., None])
    line = _contour_lines(sitter)
    return np.asarray(color * (0.06 + 0.94 * line[..., None]), np.float32)


def pop(sitter: Sitter) -> F32:
    """A screen print: four inks that are not the sitter's colors."""
    tone = marks.blurred(marks.light(marks.flattened(sitter.picture, sitter.unit)), 0.6 * sitter.unit)
    spread = _spread(tone)
    inks = np.array([[0.13, 0.08, 0.32], [0.86, 0.13, 0.42], [1.0, 0.62, 0.20], [1.0, 0.93, 0.62]], np.float32)
    edges = (0.26, 0.50, 0.74)
    print_ = np.broadcast_to(inks[0], sitter.picture.shape).copy()
    for edge, color in zip(edges, inks[1:], strict=True):
        level = np.clip((spread - edge) * 14 + 0.5, 0, 1)
        print_ += level[..., None] * (color - print_)
    middle = np.exp(-(((spread - 0.62) / 0.12) ** 2)) * 0.55
    print_ += (marks.dots(np.asarray(middle, np.float32), 3.4 * sitter.unit, 25) * 0.8)[..., None] * (inks[1] - print_)
    line = _contour_lines(sitter)[..., None]
    return np.asarray(inks[0] + line * (print_ - inks[0]), np.float32)


def poster(sitter: Sitter) -> F32:
    """A flat illustration with clean shapes."""
    flat = marks.flattened(sitter.picture, sitter.unit, 5)
    colors = marks.palette(flat + 0.3 * sitter.features[..., None] * (sitter.picture - flat), 13, 0.9 * sitter.unit)
    colors = marks.saturated(marks.blurred(colors, 0.35 * sitter.unit), 1.35)
    shade = _contour_lines(sitter, 22)[..., None]
    return _on_paper(colors * (0.25 + 0.75 * shade), sitter, 0.006)


def papercut(sitter: Sitter) -> F32:
    """Layers of colored paper that throw shadows."""
    import cv2

    tone = marks.blurred(marks.light(marks.flattened(sitter.picture, sitter.unit)), 0.7 * sitter.unit)
    spread = _spread(tone)
    color = marks.saturated(marks.palette(marks.flattened(sitter.picture, sitter.unit), 9, sitter.unit), 1.4)
    cut = np.zeros_like(spread)
    edges = np.linspace(0.18, 0.85, 6)
    shift = np.array([[1, 0, 0.9 * sitter.unit], [0, 1, 1.3 * sitter.unit]], np.float32)
    for edge in edges:
        layer = np.clip((spread - edge) * 30 + 0.5, 0, 1)
        moved = cv2.warpAffine(layer, shift, layer.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
        shadow = marks.blurred(np.asarray(moved, np.float32), 0.9 * sitter.unit) * (1 - layer)
        cut = np.maximum(cut, shadow)
    steps = sum(np.clip((spread - edge) * 30 + 0.5, 0, 1) for edge in edges) / len(edges)
    sheet = color * (0.72 + 0.45 * np.asarray(steps, np.float32)[..., None]) * (1 - 0.42 * cut[..., None])
    return _on_paper(sheet, sitter, 0.014)


def engraving(sitter: Sitter) -> F32:
    """Swelling lines, as on a banknote."""
    tone = _spread(marks.blurred(marks.light(sitter.picture), 0.35 * sitter.unit))
    form = marks.blurred(marks.light(sitter.picture), 7 * sitter.unit)
    bend = 16 * sitter.unit * form
    dark = np.clip(0.98 - tone, 0, 1)
    first = marks.strokes(np.asarray(0.92 * dark**0.8, np.float32), 2.1 * sitter.unit, 78, np.asarray(bend, np.float32))
    second = marks.strokes(np.clip(1.3 * dark - 0.72, 0, 0.75), 2.1 * sitter.unit, 20, np.asarray(bend, np.float32))
    line = marks.lines(marks.light(sitter.picture), 0.55 * sitter.unit, 14, 0.40)
    kept = np.clip(1 - sitter.features * np.clip(1.5 * (0.42 - tone), 0, 1), 0, 1)
    clear = (1 - np.maximum(0.86 * first, 0.8 * second)) * np.minimum(line, kept)
    blue = np.array([0.07, 0.19, 0.24], np.float32)
    return _on_paper(blue + clear[..., None] * (np.array([0.92, 0.94, 0.86], np.float32) - blue), sitter, 0.008)


def marble(sitter: Sitter) -> F32:
    """White marble with veins."""
    tone = marks.light(marks.flattened(sitter.picture, sitter.unit))
    kept = tone + 0.6 * sitter.features * (marks.light(sitter.picture) - tone)
    evened = kept - 0.5 * (marks.blurred(kept, 14 * sitter.unit) - 0.55)
    stone = np.clip(0.12 + 0.98 * evened, 0.1, 1)
    veins = np.exp(-((marks.clouds(tone.shape, 190) / 0.035) ** 2)) * np.clip(marks.clouds(tone.shape, 240, 31), 0, 1)
    stone = stone - 0.13 * marks.blurred(np.asarray(veins, np.float32), 0.5 * sitter.unit)
    stone = stone * (1 + 0.012 * marks.clouds(tone.shape, 70, 9))
    tint = np.array([1.0, 0.985, 0.955], np.float32)
    cool = np.array([0.90, 0.94, 1.0], np.float32)
    return np.asarray(stone[..., None] * (cool + np.clip(stone, 0, 1)[..., None] * (tint - cool)), np.float32)


def clay(sitter: Sitter) -> F32:
    """Modeling clay in strong colors, pressed by hand."""
    flat = marks.blurred(marks.palette(marks.flattened(sitter.picture, sitter.unit, 4), 12, sitter.unit), sitter.unit)
    mixed = flat + 0.5 * sitter.features[..., None] * (sitter.picture - flat)
    tone = marks.blurred(marks.light(mixed), 1.2 * sitter.unit)
    bumps = tone + 0.012 * marks.clouds(tone.shape, 34) + 0.004 * marks.noise(tone.shape, 7)
    lit = marks.relief(np.asarray(bumps, np.float32), 1.4)
    shine = np.clip(lit - 1.18, 0, 1)
    return np.asarray(
        np.clip(marks.saturated(mixed, 1.5) * (0.62 + 0.4 * lit[..., None]) + 0.25 * shine[..., None], 0, 1), np.float32
    )


def lowpoly(sitter: Sitter) -> F32:
    """Flat triangles."""
    clear = marks.saturated(marks.flattened(sitter.picture, sitter.unit, 2), 1.3)
    return facets(clear, sitter.landmarks, sitter.unit)


def glass(sitter: Sitter) -> F32:
    """Stained glass: glowing pieces between strips of lead."""
    flat = marks.saturated(marks.flattened(sitter.picture, sitter.unit), 1.8)
    panes, lead = leaded(np.asarray(flat**0.85, np.float32), sitter.features, sitter.unit)
    kept = panes + 0.75 * sitter.features[..., None] * (flat - panes)
    glow = 1.06 + 0.07 * marks.clouds(lead.shape, 60) + 0.03 * marks.clouds(lead.shape, 9)
    return np.asarray(np.clip(kept * glow[..., None], 0, 1) * (0.05 + 0.95 * lead[..., None]), np.float32)


STYLES: dict[PortraitStyle, Callable[[Sitter], F32]] = {
    "charcoal": charcoal,
    "clay": clay,
    "comic": comic,
    "engraving": engraving,
    "glass": glass,
    "gouache": gouache,
    "ink": ink,
    "lowpoly": lowpoly,
    "marble": marble,
    "oil": oil,
    "papercut": papercut,
    "pastel": pastel,
    "pencil": pencil,
    "pop": pop,
    "poster": poster,
    "watercolor": watercolor,
}


def _contour_lines(sitter: Sitter, strength: float = 34) -> F32:
    smooth = marks.light(marks.flattened(sitter.picture, sitter.unit, 2))
    return marks.contours(smooth, 0.75 * sitter.unit, strength)


def _spread(tone: F32) -> F32:
    """Stretch lightness to 0 to 1."""
    low, high = np.percentile(tone, (2, 98))
    return np.asarray(np.clip((tone - low) / max(0.05, high - low), 0, 1), np.float32)


def _on_paper(picture: F32, sitter: Sitter, strength: float) -> F32:
    return np.asarray(picture + strength * marks.paper(picture.shape, sitter.unit)[..., None], np.float32)
