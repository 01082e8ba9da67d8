"""Eyes: lids close fully whatever the eyes' sizes, and pupils look where the user looks.

The lids' openness is transferred as a ratio, not as a distance.

Eq. 14 moves the portrait's lids by as many pixels as the user's. Large painted eyes would stay half open, small ones
would cross. Only for key points in the built-in model's layout of 81. Of numpy's arrays or torch's (see ``arrays``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import across, columns, dot, inverse_of, least, length, like, places

LAYOUT_COUNT = 81
BRIDGE = 27
# (left corner, right corner, upper lid, lower lid) of both eyes, in the 68-point layout.
EYES = ((36, 39, (37, 38), (41, 40)), (42, 45, (43, 44), (47, 46)))
WIDEST = 1.5
PUPILS = (79, 80)
_FURTHEST_LOOK = 0.28  # of the eye's width, from where the portrait looks
_SEEN = 0.12  # openness from which on a pupil is seen well
_SHUT_BELOW = 0.2  # of the neutral openness: blinks are quick, and frames seldom catch the eye fully shut
_SMALLEST = 0.06  # of the eye's width: below it an eye counts as shut, and ratios mean nothing
# The points that are replaced: for each eye its corners, its lids and its pupil.
_REPLACED = [(left, right, *upper, *lower, PUPILS[eye]) for eye, (left, right, upper, lower) in enumerate(EYES)]
_PLACES = [places(points, LAYOUT_COUNT) for points in _REPLACED]
_LIDS, _PUPIL = columns(dict.fromkeys(range(2, 6), 1.0), 7), columns({6: 1.0}, 7)  # which of these seven they are
_ALONG_AND_DOWN = np.eye(2, dtype=np.float32)
_DOWN = _ALONG_AND_DOWN[1]
_OTHERS = 1 - columns({point: 1.0 for points in _REPLACED for point in points}, LAYOUT_COUNT)


def openness(points: F32, eye: int) -> Any:
    """Distance of the lids of eye 0 or 1, in widths of the eye; negative when they cross."""
    left, right, upper, lower = EYES[eye]
    along = points[right] - points[left]
    gap = points[list(lower)].mean(0) - points[list(upper)].mean(0)
    return dot(gap, across(along)) / dot(along, along).clip(1e-9)


def transfer_lids(source: Keypoints, neutral: Keypoints, driving: Keypoints, moved: Keypoints) -> Keypoints:
    """Replace the eyes of transferred key points so that each is as far closed as the user's.

    Corners move with the head around the nose's bridge: where a lid is shut, a detector tells them badly.

    Args:
        source: The portrait's key points.
        neutral: The user's neutral key points.
        driving: The user's key points now.
        moved: ``motion.relative`` of the three.
    """
    head = driving.jacobians[BRIDGE] @ inverse_of(neutral.jacobians[BRIDGE])
    points = moved.points * like(_OTHERS, moved.points)
    for eye, where in enumerate(_PLACES):
        points = points + like(where, points) @ _eye(
            eye, head, source.points, neutral.points, driving.points, moved.points
        )
    return Keypoints(points, moved.jacobians)


def _eye(eye: int, head: F32, source: F32, neutral: F32, driving: F32, moved: F32) -> F32:
    """(7, 2) corners, lids and pupil of an eye, in the order of ``_REPLACED``."""
    left, right, upper, lower = EYES[eye]
    frame_s = _Frame.of(source, eye)
    half = (head * frame_s.along).sum(-1) / 2
    frame = _Frame((moved[left] + moved[right]) / 2 - half, 2 * half)
    inside = frame_s.inside(source[[left, right, *upper, *lower, PUPILS[eye]]])
    now = openness(source, eye)
    wanted = _wanted(now, openness(neutral, eye), openness(driving, eye))
    down = inside[:, 1:]
    shut = down[4:6].mean()  # the upper lid comes down to the lower one
    shown = shut + (down - shut) * wanted / now.clip(_SMALLEST)
    lids = like(_LIDS, source) * (shown - down) * like(_DOWN, source)
    return frame.outside(inside + lids + like(_PUPIL, source) * _look(neutral, driving, eye))


@dataclass(frozen=True)
class _Frame:
    """An eye's own coordinates: its left corner, and the way from there to the right one; widths across, downwards."""

    corner: F32
    along: F32

    @classmethod
    def of(cls, points: F32, eye: int) -> _Frame:
        left, right, _, _ = EYES[eye]
        return cls(points[left], points[right] - points[left])

    def inside(self, points: F32) -> F32:
        """(N, 2) points to the eye's coordinates."""
        axes = self._axes()
        found: F32 = (points - self.corner) @ axes / dot(self.along, self.along)
        return found

    def outside(self, points: F32) -> F32:
        """(N, 2) back."""
        found: F32 = points @ self._axes().swapaxes(0, 1) + self.corner
        return found

    def _axes(self) -> F32:
        """(2, 2) whose columns are the eye's axis and the one across it."""
        x, y = like(_ALONG_AND_DOWN, self.along)
        axes: F32 = self.along[:, None] * x + across(self.along)[:, None] * y
        return axes


def _look(neutral: F32, driving: F32, eye: int) -> F32:
    """(2,) how the gaze has moved since the neutral frame, in widths of the eye; a shut eye looks nowhere."""
    one, two = (_Frame.of(points, eye).inside(points[[PUPILS[eye]]])[0] for points in (neutral, driving))
    seen = least(*((openness(points, eye) / _SEEN - 0.5).clip(0, 1) for points in (neutral, driving)))
    gone = (two - one) * seen
    look: F32 = gone * (_FURTHEST_LOOK / length(gone).clip(1e-6)).clip(0, 1)
    return look


def _wanted(source: Any, neutral: Any, driving: Any) -> Any:
    """Openness to show; where the user's neutral eye is shut a ratio means nothing, and distance is what is left."""
    ratio = (driving / neutral.clip(_SMALLEST)).clip(0, WIDEST)
    # Below 1 stretched so that it reaches 0 early; above it as it is.
    ratio = ((ratio - _SHUT_BELOW) / (1 - _SHUT_BELOW)).clip(0, 1) + (ratio - 1).clip(0)
    by_ratio = source * ratio
    by_distance = (source + driving - neutral).clip(0)
    share = ((neutral - _SMALLEST) / _SMALLEST).clip(0, 1)
    return share * by_ratio + (1 - share) * by_distance
