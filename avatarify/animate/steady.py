"""Steadies key points without holding them back: a One-Euro filter (Casiez 2012) for each of them.

A camera's noise makes the key points of a resting face tremble by some hundredths of a pixel; as soon as a point moves,
its cut-off rises so far that no lag is left. Key points are filtered one by one, so that a blink passes a still face.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from avatarify.frames import F32, Frame, Keypoints

_GAP_S = 0.5  # after a pause this long the past says nothing


class Steady:
    """Filters one driver's key points from frame to frame.

    Args:
        still_hz: Cut-off of a point at rest.
        hz_by_speed: Rise of the cut-off by crop units a second.
        speed_hz: Cut-off of the speed itself.
    """

    def __init__(self, still_hz: float = 0.5, hz_by_speed: float = 400.0, speed_hz: float = 4.0) -> None:
        self._still_hz, self._hz_by_speed, self._speed_hz = still_hz, hz_by_speed, speed_hz
        self.reset()

    def reset(self) -> None:
        """Forget the past: another driver, or other coordinates."""
        self._last: Keypoints | None = None
        self._raw: F32 | None = None
        self._speed: F32 | None = None
        self._at_s = math.nan

    def update(self, keypoints: Keypoints, at_s: float) -> Keypoints:
        """Take the key points of a moment; give the steadied ones.

        Args:
            keypoints: As found, always in the same coordinates.
            at_s: The moment in seconds; one that does not rise, or rises by more than half a second, starts anew.
        """
        seconds = at_s - self._at_s
        self._at_s = at_s
        if self._last is None or self._raw is None or self._speed is None or not 0 < seconds <= _GAP_S:
            self._speed = np.zeros_like(keypoints.points)
            self._last = keypoints
        else:
            now = (keypoints.points - self._raw) / np.float32(seconds)
            self._speed = self._speed + np.float32(share(self._speed_hz, seconds)) * (now - self._speed)
            pace = np.linalg.norm(self._speed, axis=1)
            self._last = _mixed(self._last, keypoints, share(self._still_hz + self._hz_by_speed * pace, seconds))
        self._raw = keypoints.points
        return self._last


def moment(frame: Frame) -> float:
    """Return the time of a frame in seconds: inside its file, or when a camera grabbed it."""
    return frame.captured_at if math.isnan(frame.media_time) else frame.media_time


def share(cutoff_hz: float | NDArray[np.floating], seconds: float) -> NDArray[np.float32]:
    """Return the share of the new value in a low-pass filter of first order, so many seconds after the last value."""
    turn = 2 * math.pi * seconds * np.asarray(cutoff_hz)
    return np.asarray(turn / (1 + turn), np.float32)


def _mixed(old: Keypoints, new: Keypoints, part: F32) -> Keypoints:
    """Blend key points, ``part`` (K,) of the new ones."""
    points = old.points + part[:, None] * (new.points - old.points)
    jacobians = old.jacobians + part[:, None, None] * (new.jacobians - old.jacobians)
    return Keypoints(points, jacobians)
