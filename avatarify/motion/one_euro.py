"""Steadies key points without holding them back: a One-Euro filter (Casiez 2012) for each of them.

A camera's noise makes the key points of a resting face tremble by some hundredths of a pixel; as soon as a point moves,
its cut-off rises so far that no lag is left. Key points are filtered one by one, so that a blink passes a still face.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.frames import F32, Frame, Keypoints
from avatarify.motion.arrays import Number, length

_GAP_S = 0.5  # after a pause this long the past says nothing


@dataclass(frozen=True)
class Filter:
    """How much is filtered.

    Attributes:
        still_hz: Cut-off of a point at rest.
        hz_by_speed: Rise of the cut-off by crop units a second.
        speed_hz: Cut-off of the speed itself.
    """

    still_hz: float = 0.5
    hz_by_speed: float = 400.0
    speed_hz: float = 4.0


@dataclass(frozen=True)
class Past:
    """What the filter knows of the frames before, of numpy's arrays or torch's.

    Attributes:
        steadied: What it gave last.
        raw: (K, 2) points it was given last.
        speed: (K, 2) crop units a second.
    """

    steadied: Keypoints
    raw: F32
    speed: F32


def steadied(past: Past, found: Keypoints, seconds: Number, known: Number, how: Filter) -> Past:
    """Filter the key points of a moment; numpy's arrays or torch's.

    Args:
        past: Of the moment before.
        found: As found, in the same coordinates.
        seconds: Passed since.
        known: 1, or 0 to forget the past.
        how: How much.

    Returns:
        The new past; ``steadied`` is the result.
    """
    pace = (found.points - past.raw) / seconds
    speed = known * (past.speed + share(how.speed_hz, seconds) * (pace - past.speed))
    part = 1 - known * (1 - share(how.still_hz + how.hz_by_speed * length(speed), seconds))
    last = past.steadied
    points = last.points + part[:, None] * (found.points - last.points)
    jacobians = last.jacobians + part[:, None, None] * (found.jacobians - last.jacobians)
    return Past(Keypoints(points, jacobians), found.points, speed)


class Steady:
    """Filters one driver's key points from frame to frame.

    Args:
        how: How much.
    """

    def __init__(self, how: Filter | None = None) -> None:
        self.how = how or Filter()
        self.reset()

    def reset(self) -> None:
        """Forget the past: another driver, or other coordinates."""
        self._past: Past | None = None
        self._at_s = math.nan

    def update(self, keypoints: Keypoints, at_s: float) -> Keypoints:
        """Take the key points of a moment; give the steadied ones.

        Args:
            keypoints: As found, always in the same coordinates.
            at_s: The moment in seconds; one that does not rise, or rises by more than half a second, starts anew.
        """
        past, seconds = self.since(keypoints, at_s)
        self.keep(steadied(past, keypoints, np.float32(seconds), 1.0, self.how) if seconds else past)
        assert self._past is not None  # for the type checker
        return self._past.steadied

    def since(self, keypoints: Keypoints, at_s: float) -> tuple[Past, float]:
        """Return the past and the seconds since; a past without movement and 0 where there is none to go by."""
        seconds, self._at_s = at_s - self._at_s, at_s
        if self._past is not None and 0 < seconds <= _GAP_S:
            return self._past, seconds
        return Past(keypoints, keypoints.points, np.zeros_like(keypoints.points)), 0.0

    def keep(self, past: Past) -> None:
        """Remember what ``steadied`` gave."""
        self._past = past


def moment(frame: Frame) -> float:
    """Return the time of a frame in seconds: inside its file, or when a camera grabbed it."""
    return frame.captured_at if math.isnan(frame.media_time) else frame.media_time


def share(cutoff_hz: Any, seconds: Any) -> Any:
    """Return the share of the new value in a low-pass filter of first order, so many seconds after the last value."""
    turn = 2 * math.pi * seconds * cutoff_hz
    return turn / (1 + turn)
