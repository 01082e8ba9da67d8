"""Transfer of eyes: lids close fully whatever the eyes' sizes, and pupils look where the user looks.

Eq. 14 moves the portrait's lids by as many pixels as the user's: large painted eyes would stay half open, and the lids
of small ones would cross. Here openness is transferred as a ratio. Only for the built-in model's 81 key points; numpy
arrays or torch tensors (see ``arrays``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import column, dot, least, length, like, perpendicular, scatter_matrix
from avatarify.motion.first_order import local_motion
from avatarify.motion.layout import BRIDGE, COUNT, EYES, PUPILS

WIDEST = 1.5
_FURTHEST_LOOK = 0.28  # of the eye's width, from where the portrait looks
_PUPIL_VISIBLE = 0.12  # openness above which a pupil is detected well
SHUT_BELOW = 0.2  # of the neutral openness: blinks are quick, and frames seldom catch the eye fully shut
_TOGETHER, _APART = 0.3, 0.6  # openness of the wider eye: both shut as one, and each on its own
_SMALLEST = 0.06  # of the eye's width: below it an eye counts as shut, and ratios mean nothing
_OPEN = 0.09  # of the portrait's eye: from here on it follows the user's fully; a shut one stays as it is
# The points that are replaced: for each eye its corners, its lids, and its pupil.
_REPLACED = [(left, right, *upper, *lower, PUPILS[eye]) for eye, (left, right, upper, lower) in enumerate(EYES)]
_SCATTER = [scatter_matrix(points, COUNT) for points in _REPLACED]
_LIDS, _PUPIL = column(dict.fromkeys(range(2, 6), 1.0), 7), column({6: 1.0}, 7)  # which of these seven they are
_UNIT = np.eye(2, dtype=np.float32)  # along the eye, and down
_DOWN = _UNIT[1]
_OTHERS = 1 - column({point: 1.0 for points in _REPLACED for point in points}, COUNT)


def openness(points: F32, eye: int) -> Any:
    """Return the distance of the lids of eye 0 or 1, in widths of the eye; negative when they cross.

    Args:
        points: (81, 2), crop coordinates.
        eye: Index into ``layout.EYES``.
    """
    left, right, upper, lower = EYES[eye]
    along = points[right] - points[left]
    gap = points[list(lower)].mean(0) - points[list(upper)].mean(0)
    return dot(gap, perpendicular(along)) / dot(along, along).clip(1e-9)


def eye_range(neutral: F32) -> F32:
    """Return what ``transfer_lids`` takes for a user of whom nothing but the neutral points (81, 2) is known."""
    wide = np.array([openness(neutral, eye) for eye in range(len(EYES))], np.float32).clip(_SMALLEST)
    return np.stack([wide, SHUT_BELOW * wide])


def transfer_lids(source: Keypoints, neutral: Keypoints, driving: Keypoints, moved: Keypoints, lids: F32) -> Keypoints:
    """Replace the eyes of transferred key points so that each is as far closed as the user's.

    The corners move with the head around the bridge of the nose: a detector places them badly while a lid is shut.

    Args:
        source: The portrait's key points.
        neutral: The user's neutral key points.
        driving: The user's current key points.
        moved: ``first_order.moved`` of the three.
        lids: (2, 2) openness of the user's two eyes that shows the portrait's eyes as they are, and below it the
            openness at which they count as shut.
    """
    head = local_motion(neutral, driving)[BRIDGE]
    points = moved.points * like(_OTHERS, moved.points)
    now = [_share(openness(driving.points, eye), lids[0, eye], lids[1, eye]) for eye in range(len(EYES))]
    for eye, scatter in enumerate(_SCATTER):
        shown = _together(now[eye], now[1 - eye])
        replaced = _eye(eye, head, source.points, neutral.points, driving.points, moved.points, shown)
        points = points + like(scatter, points) @ replaced
    return Keypoints(points, moved.jacobians)


def _eye(eye: int, head: F32, source: F32, neutral: F32, driving: F32, moved: F32, share: Any) -> F32:
    """Return (7, 2) corners, lids, and pupil of an eye, in the order of ``_REPLACED``.

    Args:
        eye: 0 or 1.
        head: (2, 2) linear part of the head's motion.
        source: (81, 2), and so the others.
        neutral: As in ``transfer_lids``.
        driving: As in ``transfer_lids``.
        moved: As in ``transfer_lids``.
        share: Openness to show, in that of the portrait.
    """
    left, right, upper, lower = EYES[eye]
    source_frame = _EyeFrame.of(source, eye)
    # The eye keeps the portrait's width, turned with the head, around the middle of the moved corners.
    half = (head * source_frame.along).sum(-1) / 2
    frame = _EyeFrame((moved[left] + moved[right]) / 2 - half, 2 * half)
    local = source_frame.to_local(source[[left, right, *upper, *lower, PUPILS[eye]]])
    down = local[:, 1:]
    shut = down[4:6].mean()  # the upper lid comes down to the lower one
    own = openness(source, eye)
    shown = shut + (down - shut) * (own / own.clip(_SMALLEST)) * share
    follows = ((own - _SMALLEST) / (_OPEN - _SMALLEST)).clip(0, 1)
    lids = like(_LIDS, source) * (follows * (shown - down)) * like(_DOWN, source)
    return frame.to_crop(local + lids + like(_PUPIL, source) * _look(neutral, driving, eye))


@dataclass(frozen=True)
class _EyeFrame:
    """An eye's own coordinates: x along the eye and y down, both in widths of the eye.

    Attributes:
        corner: (2,) left corner, the origin.
        along: (2,) from the left corner to the right one.
    """

    corner: F32
    along: F32

    @classmethod
    def of(cls, points: F32, eye: int) -> _EyeFrame:
        left, right, _, _ = EYES[eye]
        return cls(points[left], points[right] - points[left])

    def to_local(self, points: F32) -> F32:
        """Map (N, 2) from the crop to the eye."""
        local: F32 = (points - self.corner) @ self._axes() / dot(self.along, self.along)
        return local

    def to_crop(self, points: F32) -> F32:
        """Map (N, 2) from the eye to the crop."""
        mapped: F32 = points @ self._axes().swapaxes(0, 1) + self.corner
        return mapped

    def _axes(self) -> F32:
        """(2, 2) whose columns are the eye's axis and the one perpendicular to it."""
        x, y = like(_UNIT, self.along)
        axes: F32 = self.along[:, None] * x + perpendicular(self.along)[:, None] * y
        return axes


def _look(neutral: F32, driving: F32, eye: int) -> F32:
    """Return (2,) how far the gaze has moved since the neutral frame, in widths of the eye; a shut eye has no gaze."""
    before, now = (_EyeFrame.of(points, eye).to_local(points[[PUPILS[eye]]])[0] for points in (neutral, driving))
    seen = least(*((openness(points, eye) / _PUPIL_VISIBLE - 0.5).clip(0, 1) for points in (neutral, driving)))
    shift = (now - before) * seen
    look: F32 = shift * (_FURTHEST_LOOK / length(shift).clip(1e-6)).clip(0, 1)
    return look


def _share(driving: Any, wide: Any, shut: Any) -> Any:
    """Return the openness to show, in that of the portrait, from the user's and the two ends of ``lids``."""
    closing = ((driving - shut) / (wide - shut).clip(_SMALLEST)).clip(0, 1)
    return closing + ((driving - wide) / wide.clip(_SMALLEST)).clip(0, WIDEST - 1)


def _together(share: Any, other: Any) -> Any:
    """Shut an eye with the other one where both are nearly shut; a wink, with one eye open, stays a wink."""
    widest = share + (other - share).clip(0)
    both = ((_APART - widest) / (_APART - _TOGETHER)).clip(0, 1)
    return share - both * (share - other).clip(0)
