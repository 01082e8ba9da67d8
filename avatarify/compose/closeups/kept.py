"""Where the warped portrait is shown in any case: in eyes and mouth, whose generated pixels are small and blurred."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from avatarify.compose.closeups.places import Eye, Mouth
from avatarify.frames import F32, U8
from avatarify.motion import layout
from avatarify.motion.arrays import smoothstep

_WIDER = 1.25, 1.7  # times the portrait's own opening: from there on the network draws the eye
_SHUT = 0.06, 0.12  # openness of the portrait's eye, in eye widths, below which all of an open eye is drawn
_EYE = (0.5, -0.02), (0.78, 0.62)  # middle and half size of an eye's surroundings, in eye widths
_CELLS = 96  # along the crop
_LIPS = 0.20  # how far those of the mouth reach beyond its lips, in widths of the mouth


def kept(visible: F32, source: F32, moved: F32) -> F32:
    """Return the occlusion map with the portrait's own pixels in eyes and mouth, as far as the portrait has them.

    Args:
        visible: (v, v) float32 in [0, 1] (see ``Generated``).
        source: (81, 2) key points of the portrait, crop coordinates.
        moved: (81, 2) those of the image to draw.
    """
    import cv2

    # Enlarging a small map also softens it.
    zone = cv2.resize(_zone(_CELLS, source, moved), visible.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.maximum(visible, np.asarray(zone, np.float32))


def _zone(side: int, source: F32, moved: F32) -> F32:
    """Return where the warped portrait is shown in any case, (side, side) float32 in [0, 1]; crop coordinates."""
    import cv2

    zone = np.zeros((side, side), np.uint8)
    for number in range(2):
        share = _own_share(Eye.of(source, number), Eye.of(moved, number))
        _ellipse(zone, Eye.of(moved, number), share)
    mouth = Mouth.of(moved)
    lips = moved[list(layout.OUTER_LIPS)]
    middle = lips.mean(0)
    reach = _LIPS * float(np.linalg.norm(mouth.along))
    away = lips - middle
    wide = middle + away * (1 + reach / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-3))
    cv2.fillPoly(zone, [_fixed(cv2.convexHull(wide.astype(np.float32))[:, 0], side)], 255, cv2.LINE_AA, 4)
    return np.asarray(cv2.blur(zone, (3, 3)), np.float32) / np.float32(255)


def _own_share(source: Eye, moved: Eye) -> float:
    """Return how far the portrait's own pixels show an eye: less where it opens wider than in the portrait."""
    wider = float(smoothstep(moved.openness / max(source.openness, 1e-3), *_WIDER))
    return 1 - wider * (1 if source.openness < _SHUT[1] else 0.6)


def _ellipse(zone: U8, eye: Eye, share: float) -> None:
    import cv2

    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    (x, y), (across, down) = _EYE
    round_it = np.stack([x + across * np.cos(turn), y + down * np.sin(turn), np.ones_like(turn)], 1)
    outline = (round_it @ eye.to_pixels.T).astype(np.float32)
    cv2.fillPoly(zone, [_fixed(outline, zone.shape[0])], round(255 * share), cv2.LINE_AA, 4)


def _fixed(points: F32, side: int) -> NDArray[np.int32]:
    """Return crop coordinates as OpenCV's fixed-point indices of a map's cells."""
    return np.rint(((points + 1) * side / 2 - 0.5) * 16).astype(np.int32)
