"""The overlay by its formulas: whole pictures, plain NumPy in double precision, no bands and nothing kept. Slow."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from avatarify.compose.fields import fade, identity, inner_sides
from avatarify.compose.layers import Layers
from avatarify.compose.person_regions import WIDER, cut_edges, face_map, head_map, inside_map
from avatarify.face.box import CropBox
from avatarify.frames import U8, Generated

F64 = NDArray[np.float64]
COARSE, MARGIN, RAMP = 64, 4, 0.08


def step(values: Any, low: float, high: float) -> F64:
    t = np.clip((np.asarray(values, np.float64) - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def sampled(values: Any, x: F64, y: F64) -> F64:
    """Interpolate (H, W) or (H, W, C) linearly at indices; its border is repeated."""
    height, width = values.shape[:2]
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    left, top = np.minimum(np.floor(x), width - 2).astype(int), np.minimum(np.floor(y), height - 2).astype(int)
    right, down = x - left, y - top
    if values.ndim == 3:
        right, down = right[..., None], down[..., None]
    upper = values[top, left] * (1 - right) + values[top, left + 1] * right
    lower = values[top + 1, left] * (1 - right) + values[top + 1, left + 1] * right
    return np.asarray(upper * (1 - down) + lower * down, np.float64)


def at_pixels(count: int, box: CropBox, height: int, width: int) -> tuple[F64, F64]:
    """Return where each pixel's center is among ``count`` cells along the sides of a box of whole pixels."""
    side = round(box.size)
    left, top = round(box.x - box.size / 2), round(box.y - box.size / 2)
    y, x = np.mgrid[:height, :width] + 0.5
    return (x - left) / side * count - 0.5, (y - top) / side * count - 0.5


def fill(values: F64, weights: F64) -> F64:
    height, width = weights.shape
    if min(height, width) <= 3:
        mean = (values * weights[..., None]).sum((0, 1)) / max(weights.sum(), 1e-6)
        return np.asarray(weights[..., None] * (values - mean) + mean)
    known = cv2.pyrDown(weights)
    coarse = cv2.pyrDown(values * weights[..., None]) / np.maximum(known, 1e-6)[..., None]
    around = cv2.pyrUp(fill(coarse, np.minimum(known * 3, 1)), dstsize=(width, height))
    return np.asarray(around + weights[..., None] * (values - around))


def extrapolated(shift: F64, known: F64) -> F64:
    places = identity(*known.shape).astype(np.float64)
    mean = fill(np.concatenate([shift, places], axis=2), known)
    slope = np.concatenate(
        [cv2.Sobel(shift, cv2.CV_64F, *axis, scale=len(known) / 16) for axis in ((1, 0), (0, 1))], axis=2
    )
    slope = fill(np.clip(slope, -0.4, 0.4), cv2.erode(known, np.ones((3, 3), np.uint8)))
    way = np.clip(places - mean[..., 2:], -0.2, 0.2)
    return np.asarray(mean[..., :2] + slope[..., :2] * way[..., :1] + slope[..., 2:] * way[..., 1:])


def coarse(cells: Any, side: int, margin: int) -> F64:
    small = cv2.resize(cells.astype(np.float64), (side, side), interpolation=cv2.INTER_AREA)
    return np.pad(small, [(margin, margin)] * 2 + [(0, 0)] * (small.ndim - 2))


def motion(alpha: U8, crop: CropBox, made: Generated) -> tuple[F64, F64]:
    """Return the person's shifts (m, m, 2) over the crop and its margin, and where the crop shows the inside."""
    square = CropBox(crop.x, crop.y, crop.size * WIDER, crop.angle)
    soft = square.cut(alpha, round(COARSE * WIDER))
    person = step(soft, 100, 200)
    shift = made.deformation.astype(np.float64) - identity(*made.deformation.shape[:2])
    side = min(COARSE, len(shift))
    margin = side // MARGIN
    own, seen = coarse(shift, side, margin), step(coarse(made.visible, side, margin), 0.4, 0.8)
    places = identity(*seen.shape).astype(np.float64)

    def moved(values: Any, by: F64) -> F64:
        at = (places + by / WIDER + 1) * (len(values) / 2) - 0.5
        return sampled(values, at[..., 0], at[..., 1])

    inside = inside_map(soft)
    known = moved(inside, own) * seen
    if made.head is not None:
        rigid = places * WIDER @ made.head[:, :2].T + made.head[:, 2] - places * WIDER
        distance = np.hypot(*np.moveaxis(own - rigid, -1, 0))
        in_head = np.maximum(moved(head_map(soft), rigid), moved(head_map(soft), own))
        in_face = np.minimum(moved(face_map(soft), rigid), moved(face_map(soft), own))
        plausible = (1 - in_head * step(distance, 0.12, 0.25)) * seen
        known = moved(inside, own) * np.maximum(plausible, in_face * (1 - step(distance, 0.24, 0.34)))
    wide = extrapolated(own, known)
    near = 1 - step(np.hypot(*np.moveaxis(own - wide, -1, 0)), 0.08, 0.16)
    known = np.maximum(known, near * moved(person, own) * seen)
    shown = moved(inside, wide + known[..., None] * (own - wide))
    wide = wide * fade(*wide.shape[:2], inner_sides(alpha, square), margin / len(wide))[..., None]
    whole = refined(wide, shift, known[margin : margin + side, margin : margin + side])
    hold(whole, alpha, crop)
    return whole, shown[margin : margin + side, margin : margin + side]


def refined(wide: F64, shift: F64, known: F64) -> F64:
    side, margin = len(shift), len(shift) // MARGIN
    whole = cv2.resize(wide, (side + 2 * margin,) * 2, interpolation=cv2.INTER_LINEAR)
    weight = cv2.resize(known, (side, side), interpolation=cv2.INTER_LINEAR)[..., None]
    center = whole[margin : margin + side, margin : margin + side]
    center += weight * (shift - center)
    return np.asarray(whole, np.float64)


def hold(shift: F64, alpha: U8, crop: CropBox) -> None:
    y = identity(*shift.shape[:2])[:, 0, 1] * WIDER
    for sign, edge, transition in cut_edges(alpha, crop):
        limit = np.maximum(edge - sign * y, 0) / 2 + 4 * (1 - step(sign * y, *transition))
        shift[..., 1] = sign * np.minimum(sign * shift[..., 1], limit[:, None])


def offsets(shift: F64, crop: CropBox, height: int, width: int) -> F64:
    """Return shifts at the pixels of the picture, in pixels; not interpolated in the cells along a tear."""
    square, count = CropBox(crop.x, crop.y, crop.size * WIDER), len(shift)
    x, y = at_pixels(count, square, height, width)
    jump = np.abs(np.diff(shift[..., 1], axis=0) + 2 * WIDER / count) > 2 * 2 * WIDER / count
    torn = np.zeros(shift.shape[:2], bool)
    torn[:-1] |= jump
    torn[1:] |= jump
    row, column = (np.clip(np.floor(at + 0.5).astype(int), 0, count - 1) for at in (y, x))
    exact = torn[row, column][..., None]
    return np.where(exact, shift[row, column], sampled(shift, x, y)) * (crop.size / 2)


def picture(layers: Layers, crop: CropBox, made: Generated) -> F64:
    """Return the whole picture of one frame, (H, W, 3) in 0 to 255; where the motion is unknown, nothing moves."""
    person, (height, width) = layers.person.astype(np.float64), layers.person.shape[:2]
    shift, inside = motion(layers.person[..., 3], crop, made)
    by = offsets(shift, crop, height, width)
    y, x = np.mgrid[:height, :width].astype(np.float64)
    warped = np.rint(sampled(person, x + by[..., 0], y + by[..., 1]))
    warped = with_generated(warped, crop, made, inside)
    square = CropBox(crop.x, crop.y, crop.size * WIDER)
    u, v = at_pixels(1, square, height, width)
    outside = (np.abs(u) > 0.5) | (np.abs(v) > 0.5)
    warped[outside] = person[outside]
    return np.asarray(warped[..., :3] + layers.background * (1 - warped[..., 3:] / 255))


def with_generated(warped: F64, crop: CropBox, made: Generated, inside: F64) -> F64:
    """Blend the generated pixels into the warped person; weights and colors have 8 bits, as they are stored."""
    side = len(made.image)
    visible = cv2.resize(made.visible, (side, side)).astype(np.float64)
    matte = cv2.resize(np.asarray(inside if made.matte is None else made.matte, np.float64), (side, side))
    sides = inner_sides(np.empty(warped.shape, np.uint8), crop)
    weight = (1 - visible) * fade(side, side, sides, RAMP) * 255
    weight = weight * matte if made.matte is None else weight
    weight = np.where(weight > 4, weight, 0)
    alpha = np.rint(weight if made.matte is None else weight * matte)[..., None]
    color = np.rint(np.concatenate([made.image, np.full_like(made.image[..., :1], 255)], axis=2) * alpha / 255)
    x, y = at_pixels(side, crop, *warped.shape[:2])
    seen = ((x >= -0.5) & (x < side - 0.5) & (y >= -0.5) & (y < side - 0.5))[..., None]
    keep = 1 - sampled(np.rint(weight), x, y)[..., None] / 255
    return np.where(seen, warped * keep + sampled(color, x, y), warped)
