"""Draws what a motion model sees: key points, flow, and occlusion. Arrays in, pictures out."""

from __future__ import annotations

import functools

import numpy as np

from avatarify.frames import F32, U8

_RED_TO_VIOLET = 150  # of OpenCV's hues, 0 to 179 for the full circle: the range of a rainbow
_SIDE_PER_RADIUS = 48  # a key point's radius in pixels is the picture's side divided by this
_FEW = 20  # key points; more than these are drawn half as large
_SHIFT = 3  # fractional bits of OpenCV's coordinates, for positions finer than a pixel
_SUBPIXELS = 1 << _SHIFT
FULL_REACH = 0.4  # flow of this length, in units of half a picture, has a fully saturated color


@functools.cache
def keypoint_colors(count: int) -> tuple[tuple[int, int, int], ...]:
    """Return ``count`` colors (R, G, B), 0 to 255, from red to violet: one for each key point."""
    import cv2

    hues = np.linspace(0, _RED_TO_VIOLET, count).round().astype(np.uint8)
    bright = np.full_like(hues, 255)
    colors = cv2.cvtColor(np.stack([hues, bright, bright], -1)[None], cv2.COLOR_HSV2RGB)[0]
    return tuple((int(r), int(g), int(b)) for r, g, b in colors)


def draw_keypoints(image: U8, points: F32) -> U8:
    """Draw key points on a copy of a square picture.

    Args:
        image: (S, S, 3) uint8 RGB.
        points: (K, 2) x and y, -1 and 1 at the edges; points outside, and NaN, are not drawn.

    Returns:
        (S, S, 3) uint8 RGB.
    """
    import cv2

    image, side = np.ascontiguousarray(image.copy()), image.shape[0]
    radius = max(1.0, side / (_SIDE_PER_RADIUS if len(points) <= _FEW else 2 * _SIDE_PER_RADIUS))
    for (x, y), color in zip((points + 1) * (side / 2) - 0.5, keypoint_colors(len(points)), strict=True):
        if 0 <= x < side and 0 <= y < side:  # false for NaN
            center = round(float(x) * _SUBPIXELS), round(float(y) * _SUBPIXELS)
            for size, paint in ((radius + 1, (255, 255, 255)), (radius, color)):
                cv2.circle(image, center, round(size * _SUBPIXELS), paint, -1, cv2.LINE_AA, _SHIFT)
    return image


def identity_grid(side: int, *, corners: bool = False) -> F32:
    """Return the flow that moves nothing, (side, side, 2) float32: the position of each cell, x and y.

    Args:
        side: Cells along a side.
        corners: -1 and 1 are the centers of the outer cells (``align_corners=True``, as in the paper's networks);
            otherwise their outer edges.
    """
    cells = np.arange(side, dtype=np.float32)
    line = cells * 2 / (side - 1) - 1 if corners else (2 * cells + 1) / side - 1
    return np.stack(np.meshgrid(line, line), -1).astype(np.float32)


def flow_colors(displacement: F32, reach: float = FULL_REACH) -> U8:
    """Color a flow by direction (hue) and length (saturation); white does not move.

    Args:
        displacement: (H, W, 2) x and y, in units of half a picture.
        reach: Length that is fully saturated; longer flow looks the same.

    Returns:
        (H, W, 3) uint8 RGB.
    """
    import cv2

    angle = np.degrees(np.arctan2(displacement[..., 1], displacement[..., 0])) % 360
    length = np.clip(np.hypot(displacement[..., 0], displacement[..., 1]) / reach, 0, 1)
    wheel = np.stack([angle, length, np.ones_like(length)], -1).astype(np.float32)
    return np.asarray(np.rint(cv2.cvtColor(wheel, cv2.COLOR_HSV2RGB) * 255), np.uint8)


def flow_color_wheel(side: int, reach: float = FULL_REACH) -> U8:
    """Return the legend of ``flow_colors``.

    Args:
        side: Of the picture, S pixels.
        reach: As for ``flow_colors``.

    Returns:
        (S, S, 3) uint8 RGB: each place has the color of the flow from the center to it; white outside the circle.
    """
    places = identity_grid(side)
    wheel = flow_colors(places * reach, reach)
    wheel[np.hypot(places[..., 0], places[..., 1]) > 1] = 255
    return wheel


def draw_map(values: F32, side: int) -> U8:
    """Show a map (h, w) in [0, 1] as a gray picture, (side, side, 3) uint8; white for 1."""
    import cv2

    large = cv2.resize(values.astype(np.float32), (side, side), interpolation=cv2.INTER_LINEAR)
    return np.repeat(np.rint(np.clip(large, 0, 1) * 255).astype(np.uint8)[..., None], 3, -1)


def warp_image(image: U8, flow: F32) -> U8:
    """Take each pixel from where a backward flow says: the portrait moved, nothing painted in.

    Args:
        image: (S, S, 3) uint8 RGB.
        flow: (h, w, 2) the x and y to take each pixel from; -1 and 1 are the picture's outer edges, black outside.

    Returns:
        (S, S, 3) uint8 RGB.
    """
    import cv2

    side = image.shape[0]
    at = cv2.resize(flow, (side, side), interpolation=cv2.INTER_LINEAR)
    index = (at + 1) * (side / 2) - 0.5
    return np.asarray(cv2.remap(image, index[..., 0], index[..., 1], cv2.INTER_LINEAR), np.uint8)
