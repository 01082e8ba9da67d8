"""The One-Euro filter (Casiez et al., CHI 2012): smooth at rest, without lag in motion.

For key points: a camera's noise makes those of a resting face jitter by some hundredths of a pixel; as soon as a point
moves, its cut-off frequency rises so far that no lag is left. Each key point is filtered on its own, so that a blink
passes in a still face.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.frames import F32, Frame, Keypoints
from avatarify.motion.arrays import Number, length

_GAP_S = 0.5  # after a pause this long the past means nothing


@dataclass(frozen=True)
class OneEuro:
    """The filter's settings and its two steps; numbers, numpy arrays, or torch tensors.

    Attributes:
        still_hz: Cut-off frequency at rest.
        hz_by_speed: Rise of the cut-off per unit of speed.
        speed_hz: Cut-off frequency of the speed itself.
    """

    still_hz: float
    hz_by_speed: float
    speed_hz: float

    def speed(self, last: Any, change: Any, seconds: Number) -> Any:
        """Return the low-passed speed, units per second.

        Args:
            last: The previous speed.
            change: Of the value, since the previous one.
            seconds: Time since the previous value.
        """
        return last + low_pass_weight(self.speed_hz, seconds) * (change / seconds - last)

    def weight(self, speed: Any, seconds: Number) -> Any:
        """Return the weight of the new value, in [0, 1], at a speed of 0 or more."""
        return low_pass_weight(self.still_hz + self.hz_by_speed * speed, seconds)


KEYPOINT_FILTER = OneEuro(still_hz=0.5, hz_by_speed=400.0, speed_hz=4.0)  # speed in half crops per second


def low_pass_weight(cutoff_hz: Any, seconds: Any) -> Any:
    """Return the weight of the new value in a first-order low-pass filter (the paper's alpha).

    Args:
        cutoff_hz: Cut-off frequency.
        seconds: Time since the previous value.
    """
    turn = 2 * math.pi * seconds * cutoff_hz
    return turn / (1 + turn)


@dataclass(frozen=True)
class Past:
    """State of the filter after a frame; numpy arrays or torch tensors.

    Attributes:
        steadied: The filtered key points.
        raw: (K, 2) points as detected.
        speed: (K, 2) low-passed speed, half crops per second.
    """

    steadied: Keypoints
    raw: F32
    speed: F32


def steadied(past: Past, found: Keypoints, seconds: Number, known: Number, how: OneEuro) -> Past:
    """Filter the key points of one frame; numpy arrays or torch tensors.

    Args:
        past: Of the previous frame.
        found: As detected, in the same coordinates.
        seconds: Time since the previous frame; above 0.
        known: 1, or 0 to start anew.
        how: The filter.

    Returns:
        The new state; its ``steadied`` is the result.
    """
    speed = known * how.speed(past.speed, found.points - past.raw, seconds)
    weight = 1 - known * (1 - how.weight(length(speed), seconds))
    last = past.steadied
    points = last.points + weight[:, None] * (found.points - last.points)
    jacobians = last.jacobians + weight[:, None, None] * (found.jacobians - last.jacobians)
    return Past(Keypoints(points, jacobians), found.points, speed)


class OneEuroFilter:
    """Filters one user's key points from frame to frame.

    Args:
        how: The settings.
    """

    def __init__(self, how: OneEuro = KEYPOINT_FILTER) -> None:
        self.how = how
        self.reset()

    def reset(self) -> None:
        """Forget the past: another user, or other coordinates."""
        self._past: Past | None = None
        self._at_s = math.nan

    def update(self, keypoints: Keypoints, at_s: float) -> Keypoints:
        """Take the key points of a frame and return the filtered ones.

        Args:
            keypoints: As detected, always in the same coordinates.
            at_s: Time of the frame, in seconds. A time that does not rise, or rises by more than half a second, starts
                anew.
        """
        past, seconds = self.since(keypoints, at_s)
        now = steadied(past, keypoints, np.float32(seconds), 1.0, self.how) if seconds else past
        self.keep(now)
        return now.steadied

    def since(self, keypoints: Keypoints, at_s: float) -> tuple[Past, float]:
        """Return the past and the seconds since; after a gap a past without movement, and 0."""
        seconds, self._at_s = at_s - self._at_s, at_s
        if self._past is not None and 0 < seconds <= _GAP_S:
            return self._past, seconds
        return Past(keypoints, keypoints.points, np.zeros_like(keypoints.points)), 0.0

    def keep(self, past: Past) -> None:
        """Remember what ``steadied`` returned."""
        self._past = past


def time_of(frame: Frame) -> float:
    """Return the time of a frame in seconds: inside its file, or when a camera captured it."""
    return frame.captured_at if math.isnan(frame.media_time) else frame.media_time
