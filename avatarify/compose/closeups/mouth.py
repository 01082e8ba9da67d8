"""The inside of a mouth: the portrait's own teeth where it shows them, else teeth, gums, and tongue behind the lips."""

from __future__ import annotations

import numpy as np

from avatarify.compose.closeups.colors import mouth_colors
from avatarify.compose.closeups.own_teeth import filled, own_teeth
from avatarify.compose.closeups.places import Mouth, smooth_lips, whole
from avatarify.compose.closeups.teeth import HALF, TOP, teeth
from avatarify.frames import F32, U8
from avatarify.motion.arrays import smoothstep

# Lengths are in widths of the mouth. Pairs are the start and the end of a smooth transition.
_PARTED = 0.010, 0.045  # change of the opening from which on, and at which fully, the inside is drawn
_UPPER_EDGE = 0.045  # biting edge of the upper teeth below the lip of a closed mouth,
_UPPER_SHOWN = 0.02, 0.12  # and below the moved lip: key points do not measure the head better
_LOWER_EDGE = 0.06  # biting edge of the lower teeth above the lip of an open mouth,
_LOWER_SHOWN = 0.25, 0.60  # and the opening at which they come out
_TONGUE = 0.12, 0.35  # opening at which the tongue is seen
_SHADOW = 0.07  # standard deviation of the lips' shadow
_FINEST, _COARSEST = 24, 320  # pixels of a mouth's width in a texture


class MouthLayer:
    """Draws the inside of one portrait's mouth between its moved lips.

    Args:
        picture: (H, W, 3) uint8 RGB, the portrait.
        points: (81, 2) its key points, pixels.
        blur: Standard deviation of the portrait's own blur, pixels.
    """

    def __init__(self, picture: U8, points: F32, blur: float) -> None:
        self._source, self._picture, self._blur = Mouth.of(points), picture, blur
        self._own_mask, own = own_teeth(picture, points)
        self._own = own is not None
        self._colors = mouth_colors(picture, points, own)
        width = float(np.linalg.norm(self._source.along))
        self._pixels = round(float(np.clip(1.5 * width, _FINEST, _COARSEST)))
        self._upper, self._lower = (self._texture(lower) for lower in (False, True))

    def draw(self, target: U8, points: F32, head: F32) -> None:
        """Draw the inside of the mouth in place.

        Args:
            target: (H, W, 3) uint8 RGB, the moved portrait.
            points: (81, 2) the moved key points, pixels.
            head: (2, 3) rigid motion of the head, from pixels of the target to those of the portrait.
        """
        mouth = Mouth.of(points)
        share = self._share(mouth)
        outline = smooth_lips(mouth.outline)
        x, y, width, height = _around(outline, target.shape, 3 + 2 * self._blur)
        if share <= 0 or min(width, height) < 2:
            return
        import cv2

        mask = filled(outline, (height, width), (x, y))
        to_mouth = np.asarray(np.linalg.inv(whole(self._source.to_pixels)) @ whole(head), np.float32)
        at = to_mouth @ np.array([[1, 0, x + 0.5], [0, 1, y + 0.5], [0, 0, 1]])  # from the indices of these pixels
        lips = _mapped(to_mouth, points, mouth)
        inside = self._inside((height, width), at, lips)
        inside *= self._shadow(mask, float(np.linalg.norm(mouth.along)))[..., None]
        inside = self._with_own(inside, at, min(0.0, float(lips[0][1])))
        alpha = cv2.GaussianBlur(mask, (0, 0), max(0.5, self._blur))[..., None] * np.float32(share / 255)
        part = target[y : y + height, x : x + width]
        part[:] = np.clip(part + alpha * (inside - part), 0, 255)

    def _share(self, mouth: Mouth) -> float:
        parted = self._opening(mouth) - self._opening(self._source)
        return float(smoothstep(abs(parted) if self._own else parted, *_PARTED))

    @staticmethod
    def _opening(mouth: Mouth) -> float:
        return max(0.0, float(mouth.lower[1]))

    def _inside(self, shape: tuple[int, int], at: F32, lips: tuple[F32, F32]) -> F32:
        """Return cavity, tongue, and teeth, (h, w, 3) float32.

        Args:
            shape: Of the result.
            at: (3, 3) from indices of pixels to the mouth's coordinates.
            lips: Middle of the upper and of the lower inner lip in these coordinates, (2,) each.
        """
        upper, lower = lips
        gap = max(0.0, float(lower[1] - upper[1]))
        inside = np.empty((*shape, 3), np.float32)
        inside[:] = self._colors.dark
        self._tongue(inside, at, lower, gap)
        shown = _LOWER_EDGE * float(smoothstep(gap, *_LOWER_SHOWN))
        self._lay(inside, self._lower, at, lower - (0, shown), flip=True)
        edge = 0.5 * self._opening(self._source) if self._own else _UPPER_EDGE
        edge = float(upper[1] + np.clip(edge - upper[1], *_UPPER_SHOWN))
        self._lay(inside, self._upper, at, np.array([0.3 * float(upper[0]), edge]))
        return inside

    def _tongue(self, inside: F32, at: F32, lower: F32, gap: float) -> None:
        strength = 0.62 * float(smoothstep(gap, *_TONGUE))
        if strength <= 0:
            return
        rows, columns = (np.arange(n, dtype=np.float32) for n in inside.shape[:2])
        x = at[0, 0] * columns[None] + at[0, 1] * rows[:, None] + at[0, 2] - lower[0]
        y = at[1, 0] * columns[None] + at[1, 1] * rows[:, None] + at[1, 2] - lower[1]
        there = 1 - smoothstep(np.asarray((x / 0.40) ** 2 + (y / (0.10 + 0.42 * gap)) ** 2, np.float32), 0.35, 1.15)
        front = np.clip(1 + y / (0.10 + 0.42 * gap), 0, 1)
        furrow = (0.55 + 0.45 * front) * (1 - 0.07 * np.exp(-((x / 0.04) ** 2)))
        inside += (strength * there)[..., None] * (self._colors.tongue * furrow[..., None] - inside)

    def _lay(self, inside: F32, texture: F32, at: F32, edge: F32, *, flip: bool = False) -> None:
        """Lay a row of teeth over the inside, in place; ``edge`` is where their biting edge is."""
        import cv2

        turn = -1.0 if flip else 1.0
        n = self._pixels
        to = np.array([[n, 0, (HALF - edge[0]) * n - 0.5], [0, turn * n, -(turn * edge[1] + TOP) * n - 0.5], [0, 0, 1]])
        size = inside.shape[1], inside.shape[0]
        laid = cv2.warpAffine(texture, (to @ at)[:2], size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        inside += laid[..., :3] - laid[..., 3:] * inside

    def _texture(self, lower: bool) -> F32:
        """Return teeth and gums, (h, w, 4) float32: RGB from 0 to 255 times opacity, and opacity."""
        there, enamel, shade = teeth(self._pixels, lower=lower)
        tooth = self._colors.tooth * (0.86 if lower else 1.0)
        color = self._colors.gum + enamel[..., None] * (tooth - self._colors.gum)
        return np.ascontiguousarray(np.dstack([color * (shade * there)[..., None], there]), np.float32)

    def _shadow(self, mask: U8, width: float) -> F32:
        """Return how bright the inside is, (h, w) in [0, 1]: dark beside the lips, most below the upper one."""
        import cv2

        down = np.array([[1, 0, 0], [0, 1, 0.03 * width]], np.float32)
        lit = cv2.warpAffine(mask, down, (mask.shape[1], mask.shape[0]))
        sigma = max(0.5, _SHADOW * width)
        soft = cv2.GaussianBlur(lit, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT)
        return np.asarray(0.36 + 0.64 * smoothstep(np.asarray(soft, np.float32), 0.10 * 255, 0.85 * 255), np.float32)

    def _with_own(self, inside: F32, at: F32, raised: float) -> F32:
        """Return the inside with the portrait's own teeth, moved with the head.

        Args:
            inside: (h, w, 3).
            at: (3, 3) from indices of pixels to the mouth's coordinates.
            raised: How far the upper lip went up, 0 or less: they follow it, as nothing is known about what is above.
        """
        import cv2

        if not self._own:
            return inside
        up = np.array([[1, 0, 0], [0, 1, -raised], [0, 0, 1]])
        to = (whole(self._source.to_pixels) @ up @ at)[:2]
        to[:, 2] -= 0.5
        size, flags = (inside.shape[1], inside.shape[0]), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        own = cv2.warpAffine(self._picture, to, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        there = cv2.warpAffine(self._own_mask, to, size, flags=flags) * np.float32(1 / 255)
        return np.asarray(inside + there[..., None] * (own - inside), np.float32)


def _mapped(to_mouth: F32, points: F32, mouth: Mouth) -> tuple[F32, F32]:
    """Return the middle of the upper and the lower inner lip in the portrait's mouth coordinates, (2,) each."""
    lower = mouth.to_pixels @ np.append(mouth.lower, 1)
    ends = np.stack([mouth.origin, lower]) @ to_mouth[:2, :2].T + to_mouth[:2, 2]
    return ends[0], ends[1]


def _around(outline: F32, shape: tuple[int, ...], margin: float) -> tuple[int, int, int, int]:
    """Return x, y, width, and height of the part of a picture around an outline; sizes may be 0 or less."""
    left, top = np.maximum(np.floor(outline.min(0) - margin), 0).astype(int)
    right, bottom = np.minimum(np.ceil(outline.max(0) + margin), shape[1::-1]).astype(int)
    return int(left), int(top), int(right - left), int(bottom - top)
