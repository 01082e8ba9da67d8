"""Lids that close: the portrait's own skin, without the crease and the lashes of the open eye, at output resolution."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from avatarify.compose.closeups.places import Eye, lid_curve, whole
from avatarify.compose.fill import fill
from avatarify.frames import F32, U8
from avatarify.motion.arrays import smoothstep

# Lengths are in eye widths. Pairs are the start and the end of a smooth transition.
_FROM, _TO = (-0.30, -0.95), (1.30, 0.75)  # the part around the eye that is prepared
_CREASE = 0.22  # above the open upper lid: there the skin is replaced
_LASHES = 0.13  # below the open lower lid
_CLOSED = 0.12, 0.50  # share of the opening that is closed from which on, and at which fully, the lid is drawn
_SLIT = 0.22, 0.08  # share of the opening that is left, from which on, and at which fully, no slit is left
_SIDES = 0.14  # beyond the corners, where the replaced skin fades out
_FADE = 0.24  # above the crease
_LINE = 0.030  # half thickness of the closed lashes
_DARK = 0.80  # of the usual brightness around the eye: below it there is hair, or a deep shadow
_TONES = 0.92, 1.25  # how far the color of the lid may differ from the skin around it
_BELOW = 0.32, 0.72  # below the eye, where the skin's fine structure is taken from
_MOST_DETAIL = 1.6  # times that structure at most
_FINEST, _COARSEST = 16, 300  # pixels of an eye's width in the texture


class LidLayer:
    """Draws the closing upper lid of one eye.

    Args:
        picture: (H, W, 3) uint8 RGB, the portrait.
        points: (81, 2) its key points, pixels.
        number: 0 or 1 (see ``layout.EYES``).
        blur: Standard deviation of the portrait's own blur, pixels.
    """

    def __init__(self, picture: U8, points: F32, number: int, blur: float) -> None:
        self._number, self._blur = number, blur
        self._source = Eye.of(points, number)
        self._pixels = round(float(np.clip(np.linalg.norm(self._source.along), _FINEST, _COARSEST)))
        brow = points[17 + 5 * number : 22 + 5 * number]
        patch, u, v = self._patch(picture)
        inverse = np.linalg.inv(whole(self._source.to_pixels))
        brow = brow @ inverse[:2, :2].T + inverse[:2, 2]
        self._skin, self._lash = _without_eye(patch, (u, v), self._source, brow)

    def _patch(self, picture: U8) -> tuple[F32, F32, F32]:
        """Return the surroundings of the eye (h, w, 3), and the coordinates of columns (1, w) and rows (h, 1)."""
        import cv2

        n = self._pixels
        width, height = (round((b - a) * n) for a, b in zip(_FROM, _TO, strict=True))
        cells = np.array([[1 / n, 0, 0.5 / n + _FROM[0]], [0, 1 / n, 0.5 / n + _FROM[1]], [0, 0, 1]])
        at = self._source.to_pixels @ cells
        at[:, 2] -= 0.5
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        patch = cv2.warpAffine(picture, at, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        u, v = ((np.arange(k) + 0.5) / n + a for k, a in ((width, _FROM[0]), (height, _FROM[1])))
        return np.asarray(patch, np.float32), np.asarray(u[None], np.float32), np.asarray(v[:, None], np.float32)

    def draw(self, target: U8, points: F32) -> None:
        """Draw the lid in place.

        Args:
            target: (H, W, 3) uint8 RGB, the moved portrait.
            points: (81, 2) the moved key points, pixels.
        """
        eye, source = Eye.of(points, self._number), self._source
        if source.openness < 1e-3:
            return
        left = min(1.0, eye.openness / source.openness)
        share = float(smoothstep(1 - left, *_CLOSED))
        x, y, width, height = _box(eye, target.shape)
        if share <= 0 or min(width, height) < 2:
            return
        at = np.linalg.inv(whole(eye.to_pixels)) @ np.array([[1, 0, x + 0.5], [0, 1, y + 0.5], [0, 0, 1]])
        rows, columns = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None]
        u, v = (np.asarray(a * columns + b * rows + c, np.float32) for a, b, c in at[:2])
        part = target[y : y + height, x : x + width]
        part[:] = np.clip(self._drawn(part, (u, v), at, eye, (share, left)), 0, 255)

    def _drawn(self, part: U8, places: tuple[F32, F32], at: F32, eye: Eye, how: tuple[float, float]) -> F32:
        import cv2

        (u, v), (share, left), n = places, how, self._pixels
        to = np.array([[n, 0, -_FROM[0] * n - 0.5], [0, n, -_FROM[1] * n - 0.5], [0, 0, 1]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = part.shape[1], part.shape[0]
        skin = cv2.warpAffine(self._skin, (to @ at)[:2], size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        bump = lid_curve(u)
        ends = np.clip(4 * bump, 0, 1)
        edge = lid_edge(eye, bump, ends, left)
        soft = max(0.6, self._blur) / float(np.linalg.norm(eye.along))
        top = self._source.upper * bump - _CREASE
        # A shut eye leaves no slit: the skin continues below the lashes.
        shut = float(smoothstep(left, *_SLIT))
        below = np.maximum(1 - smoothstep(v - edge, -soft, soft), shut * smoothstep(v - eye.lower * bump, 0.14, 0.07))
        alpha = smoothstep((v - top) / _FADE + 1) * below
        alpha *= smoothstep(0.5 + _SIDES - np.abs(u - 0.5), 0.0, _SIDES) * share
        skin *= self._shade(v, top, edge, bump)[..., None]
        drawn = part + alpha[..., None] * (skin - part)
        line = ends * np.exp(-(((v - edge - 0.4 * _LINE) / np.maximum(_LINE * (0.4 + 0.6 * bump), soft)) ** 2))
        return np.asarray(drawn + (line * 0.72 * share)[..., None] * (self._lash - drawn), np.float32)

    def _shade(self, v: F32, top: F32, edge: F32, bump: F32) -> F32:
        """Return the brightness of the lid: a soft crease above, the ball of the eye below it."""
        down = np.clip((v - top - _CREASE * 0.45) / np.maximum(edge - top - _CREASE * 0.45, 1e-3), 0, 1)
        crease = np.exp(-(((v - top - _CREASE * 0.45) / 0.035) ** 2)) * bump
        return np.asarray(1 - 0.10 * crease + bump * (0.05 * np.sin(np.pi * down) - 0.10 * down**3), np.float32)


def lid_edge(eye: Eye, bump: F32, ends: F32, left: float) -> F32:
    """Return where the skin of the upper lid ends, as ``networks.builtin.lids`` warps it."""
    lower = eye.lower * bump + 0.06 * ends * left
    return np.asarray(np.minimum(eye.upper * bump - 0.03 * ends * left, lower - 0.004), np.float32)


def _box(eye: Eye, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Return x, y, width, and height of the part of a picture in which a lid can be drawn; may be empty."""
    corners = np.array([[u, v, 1] for u in (-_SIDES, 1 + _SIDES) for v in (-0.75, 0.45)]) @ eye.to_pixels.T
    left, top = np.maximum(np.floor(corners.min(0)), 0).astype(int)
    right, bottom = np.minimum(np.ceil(corners.max(0)), shape[1::-1]).astype(int)
    return int(left), int(top), int(right - left), int(bottom - top)


def _without_eye(patch: F32, places: tuple[F32, F32], eye: Eye, brow: F32) -> tuple[F32, F32]:
    """Replace eye, lashes, and crease by the skin around them.

    Args:
        patch: (h, w, 3) float32 RGB.
        places: Of its columns (1, w) and rows (h, 1) in the eye's coordinates.
        eye: The eye.
        brow: (5, 2) its brow, in the same coordinates, from left to right.

    Returns:
        Skin (h, w, 3) float32 RGB, and the color of the lashes, (3,).
    """
    import cv2

    u, v = places
    bump = lid_curve(u)
    beside = np.clip(np.minimum(u + 0.12, 1.12 - u) / 0.12, 0, 1)
    hidden = (v > eye.upper * bump - _CREASE * beside) & (v < eye.lower * bump + _LASHES * beside) & (beside > 0)
    hidden |= v < np.interp(u[0], brow[:, 0], brow[:, 1])[None] + 0.10
    luma = patch.mean(2)
    usual = float(np.median(luma[~hidden])) if (~hidden).any() else float(np.median(luma))
    known = np.asarray(~hidden & (luma > _DARK * usual), np.float32)
    smooth = fill(patch, known)
    lid = smoothstep(v - eye.upper * bump, -_CREASE - 0.04, -0.06) * beside
    lid = lid * smoothstep(v - eye.lower * bump, _LASHES, 0.0)
    smooth = smooth * (1 + lid[..., None] * (_tone(patch, smooth, u, v - eye.upper * bump) - 1))
    opened = np.abs(v - eye.upper * bump) < 0.04
    lashes = patch[opened & (np.abs(u - 0.5) < 0.4)]
    dark = lashes[lashes.mean(1) <= np.quantile(lashes.mean(1), 0.25)].mean(0) if len(lashes) else smooth.min((0, 1))
    ours = cv2.GaussianBlur(known, (0, 0), max(0.5, 0.02 * patch.shape[1]))[..., None] * known[..., None]
    detail = _detail(patch, known, v)
    # As sharp as the skin below the eye.
    wanted, there = _energy(patch, (known > 0) & (v > _BELOW[0])), _energy(smooth + detail, hidden & (beside > 0))
    skin = np.asarray(smooth + detail * np.clip(wanted / max(there, 1e-3), 1, _MOST_DETAIL), np.float32)
    return skin + ours * (patch - skin), np.minimum(dark, 0.55 * smooth.mean((0, 1))).astype(np.float32)


def _tone(patch: F32, smooth: F32, u: F32, above: F32) -> F32:
    """Return the color of the lid's visible skin over that of the skin around, (3,): lids are lighter, or made up."""
    strip = (np.abs(u - 0.5) < 0.42) & (above > -_CREASE) & (above < -0.045)
    seen, guessed = patch[strip], smooth[strip]
    if len(seen) < 8:
        return np.ones(3, np.float32)
    luma = seen.mean(1)
    light = seen[(luma >= np.quantile(luma, 0.6)) & (luma <= np.quantile(luma, 0.95))]
    return np.asarray(np.clip(light.mean(0) / np.maximum(guessed.mean(0), 1), *_TONES), np.float32)


def _detail(patch: F32, known: F32, v: F32) -> F32:
    """Return the fine structure of the skin below the eye, mirrored over all of the patch, (h, w, 3)."""
    import cv2

    sigma = max(1.0, 0.05 * patch.shape[1] / (_TO[0] - _FROM[0]))
    weight = cv2.GaussianBlur(known, (0, 0), sigma)[..., None]
    around = cv2.GaussianBlur(patch * known[..., None], (0, 0), sigma) / np.maximum(weight, 1e-3)
    fine = (patch - around) * (known * (weight[..., 0] > 0.6))[..., None]
    rows = np.flatnonzero((v[:, 0] > _BELOW[0]) & (v[:, 0] < _BELOW[1]))
    tile = fine[rows[0] : rows[-1] + 1]
    limit = 3 * 1.48 * float(np.median(np.abs(tile))) + 1.0
    period = 2 * len(tile)
    places = np.arange(patch.shape[0]) % period
    return np.asarray(np.clip(tile[np.minimum(places, period - 1 - places)], -limit, limit), np.float32)


def _energy(image: F32, where: NDArray[np.bool_]) -> float:
    """Return the mean strength of the gradient of (h, w, 3) in some pixels; 0 without any."""
    down, across = np.gradient(image.mean(2))
    return float(np.hypot(down, across)[where].mean()) if where.any() else 0.0
