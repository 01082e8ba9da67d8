"""Applies the governor's choice to a running session, and says what was chosen."""

from __future__ import annotations

import time

from avatarify.choices import Quality
from avatarify.live.governor import Governor
from avatarify.live.load_meter import LoadMeter
from avatarify.live.parts import Tracker
from avatarify.messages import Message
from avatarify.metrics import Metrics

_ENOUGH = 30  # frames to measure the camera's rate by
_ALMOST = 0.1  # of a frame: 59.94 fps are twice 30


class QualityControl:
    """Chooses which frames of the camera are animated, and how often the face is looked for.

    ``takes_next`` is called on the camera's thread, ``animated`` on the animation's, the rest on any.

    Args:
        quality: See ``choices.Quality``.
        fps: Output pictures per second; more frames than that are not animated.
        tracker: Looks for the face.
        metrics: Knows the camera's rate.
    """

    def __init__(self, quality: Quality, *, fps: float, tracker: Tracker, metrics: Metrics) -> None:
        self._quality = quality
        self._governor = Governor(quality)
        self._meter = LoadMeter()
        self._fps = fps
        self._tracker = tracker
        self._metrics = metrics
        self._number = self._skipped = 0
        self.message = Message("")
        self._apply()

    @property
    def facts(self) -> dict[str, object]:
        """What the report says: the quality that was asked for, the rung, its changes, and frames left out."""
        governor = self._governor
        return {
            "asked": self._quality,
            "rung": governor.rung.name,
            "changes": governor.changes,
            "skipped": self._skipped,
        }

    @property
    def between(self) -> bool:
        """Whether to show a picture halfway between two animated frames, too."""
        return self._governor.rung.between

    def takes_next(self, nominal_fps: float) -> bool:
        """Return whether the next frame of the camera is to be animated: every n-th, evenly spaced.

        Args:
            nominal_fps: The camera's rate as it says itself.
        """
        stride = self._governor.rung.stride * self._more_than_shown(nominal_fps)
        taken = self._number % stride == 0
        self._number += 1
        self._skipped += not taken
        return taken

    def animated(self, worked_s: float, missed: int) -> None:
        """Count a frame.

        Args:
            worked_s: How long the slowest stage worked on it, seconds.
            missed: Frames since the start that could not be animated.
        """
        second = self._meter.frame(time.perf_counter(), worked_s, missed)
        if second is not None and self._governor.see(second):
            self._apply()

    def _apply(self) -> None:
        rung = self._governor.rung
        self._tracker.rest(rung.calm_hz)
        self.message = rung.message(min(self._metrics.camera_fps, self._fps))

    def _more_than_shown(self, nominal_fps: float) -> int:
        """Return how many frames of the camera come in the time of one output picture, at least 1."""
        camera_fps = min(nominal_fps, self._metrics.camera_fps) if self._number > _ENOUGH else 0.0
        return max(1, int(camera_fps / self._fps + _ALMOST))
