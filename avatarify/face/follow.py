"""Follows a face from detection to detection and smooths its box: pure arithmetic, no threads, no detector."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.motion.one_euro import OneEuro

HOLD_S = 0.4
_UNCHECKED = 5.0  # times ``hold_s`` for which a face is remembered while the detector does not run
# Detector noise of a pixel or two must not shake the crop at rest. A face that crosses its own height in a second is
# followed within 20 ms.
BOX_FILTER = OneEuro(still_hz=1.0, hz_by_speed=8.0, speed_hz=2.0)
_JUMP = np.array([0.35, 0.35, 0.35, 0.5])  # of a side, of a side, of the log of the side, radians

_F64 = NDArray[np.float64]


class ValueFilter:
    """A One-Euro filter (see ``motion.one_euro``) for a vector of numbers, each with its own cut-off frequency.

    Args:
        how: The settings.
    """

    def __init__(self, how: OneEuro = BOX_FILTER) -> None:
        self._how = how
        self._value: _F64 | None = None
        self._speed: _F64 = np.zeros(1)

    def reset(self, value: _F64) -> None:
        """Start anew at a value (N,)."""
        self._value, self._speed = value, np.zeros_like(value)

    def update(self, value: _F64, seconds: float) -> _F64:
        """Take a new (N,) value, so many seconds after the last, and return the filtered one."""
        if self._value is None or seconds <= 0:
            self.reset(value)
            return value
        change = value - self._value
        self._speed = self._how.speed(self._speed, change, seconds)
        self._value = self._value + self._how.weight(np.abs(self._speed), seconds) * change
        return self._value


class FaceFollower:
    """Smooths the key-point box and decides whether a face is present.

    A face counts as present after ``confirm`` detections in a row. It counts as gone once the detector has not found it
    for more than ``hold_s``, or, while the detector does not run (a slow machine, a stalled camera), once the last
    detection is five times as long ago. A jump (another person, a cut in the video) resets the smoothing.

    Args:
        hold_s: How long a face is remembered after the first frame in which it was not found, seconds.
        confirm: The number of detections in a row after which a face counts as present.
    """

    def __init__(self, hold_s: float = HOLD_S, confirm: int = 1) -> None:
        self._hold_s, self._confirm = hold_s, confirm
        self._filter = ValueFilter()
        self._side = 1.0  # unit of the filtered values; constant between jumps, so that they are comparable
        self._in_a_row = 0
        self._face: Face | None = None
        self._seen_at = -math.inf
        self._present = False
        self._missed_at: float | None = None  # first frame in a row without a face

    def follow(self, face: Face | None, at_s: float) -> Face | None:
        """Take the result of a detection.

        Args:
            face: The detected face, or None.
            at_s: Time of the frame, seconds, increasing.

        Returns:
            The latest face with its smoothed ``keypoint_box``, or None if no face counts as present.
        """
        if face is not None:
            self._missed_at = None
            self._see(face, at_s)
        else:
            self._missed_at = at_s if self._missed_at is None else self._missed_at
            self._in_a_row = 0
        return self.present(at_s)

    def present(self, at_s: float) -> Face | None:
        """Return the latest face at a time, or None if no face counts as present."""
        missed = self._missed_at is not None and at_s - self._missed_at > self._hold_s
        if missed or at_s - self._seen_at > _UNCHECKED * self._hold_s:
            self._present = False
        return self._face if self._present else None

    def _see(self, face: Face, at_s: float) -> None:
        self._in_a_row += 1
        known = self.present(at_s)
        self._present = known is not None or self._in_a_row >= self._confirm
        self._face = replace(face, followed=self._smoothed(face.keypoint_box(), known, at_s - self._seen_at))
        self._seen_at = at_s

    def _smoothed(self, box: CropBox, last: Face | None, seconds: float) -> CropBox:
        known = last.followed if last is not None else None
        if known is None or _is_jump(known, box):
            self._side = box.size
            self._filter.reset(_values(box, self._side))
            return box
        angle = known.angle + math.remainder(box.angle - known.angle, math.tau)
        values = self._filter.update(_values(replace(box, angle=angle), self._side), seconds)
        x, y, log_size, angle = (float(value) for value in values)
        return CropBox(x * self._side, y * self._side, math.exp(log_size), angle)


def _values(box: CropBox, side: float) -> _F64:
    return np.array([box.x / side, box.y / side, math.log(box.size), box.angle])


def _is_jump(known: CropBox, box: CropBox) -> bool:
    step = _values(box, known.size) - _values(known, known.size)
    step[3] = math.remainder(step[3], math.tau)
    return bool((np.abs(step) > _JUMP).any())
