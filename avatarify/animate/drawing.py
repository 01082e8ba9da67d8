"""Draws what a motion model sees: key points, flow, and what the portrait does not show. Arrays in, pictures out."""

from __future__ import annotations

import functools

import numpy as np

from avatarify.frames import F32, U8

_RED_TO_VIOLET = 150  # degrees of OpenCV's half circle of hues (0 to 179), as far as a rainbow goes
_EDGE = 48  # pixels of a picture's side for each pixel of a key point's radius
_FEW = 20  # key points; more are drawn smaller
_SHIFT = 3  # bits behind the point in OpenCV's coordinates
_FINE = 1 << _SHIFT
FULL_REACH = 0.4  # of [-1, 1]: flow of this length has the full colour


@functools.cache
def rainbow(count: int) -> tuple[tuple[int, int, int], ...]:
    """Return ``count`` colours (R, G, B), 0 to 255, from red to violet, one for each key point."""
    import cv2

    hues = np.linspace(0, _RED_TO_VIOLET, count).round().astype(np.uint8)
    bright = np.full_like(hues, 255)
    colours = cv2.cvtColor(np.stack([hues, bright, bright], -1)[None], cv2.COLOR_HSV2RGB)[0]
    return tuple((int(r), int(g), int(b)) for r, g, b in colours)


def marked(image: U8, points: F32) -> U8:
    """Draw key points on a copy of a square picture.

    Args:
        image: (S, S, 3) uint8 RGB.
        points: (K, 2) x and y, -1 and 1 at the edges; those outside are left out.
    """
    import cv2

    image, side = np.ascontiguousarray(image.copy()), image.shape[0]
    radius = max(1.0, side / (_EDGE if len(points) <= _FEW else 2 * _EDGE))
    for (x, y), colour in zip((points + 1) * (side / 2) - 0.5, rainbow(len(points)), strict=True):
        if 0 <= x < side and 0 <= y < side:  # false for what is no number
            centre = round(float(x) * _FINE), round(float(y) * _FINE)
            for size, paint in ((radius + 1, (255, 255, 255)), (radius, colour)):
                cv2.circle(image, centre, round(size * _FINE), paint, -1, cv2.LINE_AA, _SHIFT)
    return image


def still_places(side: int, *, corners: bool = False) -> F32:
    """Return the places (side, side, 2) from which a picture that does not move is taken, x and y.

    Args:
        side: Cells along a side.
        corners: -1 and 1 are the middles of the outer cells, as the paper's networks count; else their outer edges.
    """
    cells = np.arange(side, dtype=np.float32)
    line = cells * 2 / (side - 1) - 1 if corners else (2 * cells + 1) / side - 1
    return np.stack(np.meshgrid(line, line), -1).astype(np.float32)


def flow_colours(displacement: F32, reach: float = FULL_REACH) -> U8:
    """Colour a motion by direction (hue) and length (how full the colour is); white does not move.

    Args:
        displacement: (H, W, 2) x and y, in units of half a picture.
        reach: The length of the fullest colour; longer ones have it too.

    Returns:
        (H, W, 3) uint8 RGB.
    """
    import cv2

    angle = np.degrees(np.arctan2(displacement[..., 1], displacement[..., 0])) % 360
    length = np.clip(np.hypot(displacement[..., 0], displacement[..., 1]) / reach, 0, 1)
    wheel = np.stack([angle, length, np.ones_like(length)], -1).astype(np.float32)
    return np.asarray(np.rint(cv2.cvtColor(wheel, cv2.COLOR_HSV2RGB) * 255), np.uint8)


def flow_wheel(side: int, reach: float = FULL_REACH) -> U8:
    """Return the key to ``flow_colours``, (side, side, 3) uint8 RGB: each place has the colour of the way to it."""
    places = still_places(side)
    wheel = flow_colours(places * reach, reach)
    wheel[np.hypot(places[..., 0], places[..., 1]) > 1] = 255
    return wheel


def grey(share: F32, side: int) -> U8:
    """Show a map (h, w) in [0, 1] as a picture (side, side, 3) uint8, white for 1."""
    import cv2

    large = cv2.resize(share.astype(np.float32), (side, side), interpolation=cv2.INTER_LINEAR)
    return np.repeat(np.rint(np.clip(large, 0, 1) * 255).astype(np.uint8)[..., None], 3, -1)


def deformed(image: U8, places: F32) -> U8:
    """Take each pixel from where the flow says: the portrait moved, nothing painted.

    Args:
        image: (S, S, 3) uint8 RGB.
        places: (h, w, 2) x and y to take, -1 and 1 the picture's outer edges; black outside.
    """
    import cv2

    side = image.shape[0]
    at = cv2.resize(places, (side, side), interpolation=cv2.INTER_LINEAR)
    index = (at + 1) * (side / 2) - 0.5
    return np.asarray(cv2.remap(image, index[..., 0], index[..., 1], cv2.INTER_LINEAR), np.uint8)
