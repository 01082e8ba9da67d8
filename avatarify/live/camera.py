"""The first loop of a live session: reads the camera, watches over it, opens it again."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from avatarify.capture.source import FrameSource
from avatarify.capture.watchdog import CameraFault, Watchdog, describe_fault
from avatarify.errors import AvatarifyError, DeviceError, first_line
from avatarify.frames import Frame
from avatarify.latest import Latest
from avatarify.live.health import CameraHealth
from avatarify.live.parts import Tracker
from avatarify.log import logger
from avatarify.metrics import Metrics

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 5.0
_SLOW = 0.7  # of the rate the camera promised
_ENOUGH = 150  # frames, to judge its rate by
_OLDEST_S = 5.0  # a frame that calls itself older tells a wrong time


class CameraLoop:
    """Reads the camera; opens it again, with growing pauses, whenever it is lost or stands still.

    Frames in which the camera is frozen or covered go nowhere.

    Args:
        source: The camera, opened; this loop closes it.
        reopen: Opens it again; AvatarifyError while it is away.
        frames: Receives each frame; closed at the end of a file.
        tracker: Receives each frame too.
        health: Told what is wrong.
        stop: Set from outside to end.
        metrics: Told when frames came.
    """

    def __init__(
        self,
        source: FrameSource,
        reopen: Callable[[], FrameSource],
        *,
        frames: Latest[Frame],
        tracker: Tracker,
        health: CameraHealth,
        stop: threading.Event,
        metrics: Metrics,
    ) -> None:
        self._source: FrameSource | None = source
        self._reopen = reopen
        self._frames = frames
        self._tracker = tracker
        self._health = health
        self._stop = stop
        self._metrics = metrics
        self._watchdog = Watchdog(source.timeouts)
        self._stamps = Stamps()
        self._name, self._promised = source.name, source.fps
        self._wait_s = FIRST_WAIT_S

    def run(self) -> None:
        """Read until the file ends or ``stop`` is set."""
        try:
            if self._source is not None:
                self._watchdog.opened(self._source.timeouts, time.perf_counter())
            while not self._stop.is_set():
                source = self._source or self._wait_for_camera()
                if source is None or not self._pump(source):
                    break
        finally:
            self.close()
            self._frames.close()

    def close(self) -> None:
        """Let go of the camera, which also ends a blocked read."""
        source = self._source
        if source is not None:
            source.close()

    def check(self) -> None:
        """Find out whether a read hangs; on another thread, some times a second."""
        if self._source is not None and self._watchdog.silent(time.perf_counter()):
            self._health.set(
                CameraFault.SILENT, describe_fault(CameraFault.SILENT, self._name, self._watchdog.timeouts)
            )

    def _pump(self, source: FrameSource) -> bool:
        """Hand on frames; True when the camera is to be opened again."""
        try:
            while not self._stop.is_set():
                frame = _read(source)
                if frame is None:
                    return False
                if not self._take(frame):
                    self._let_go(source)
                    return True
        except DeviceError as error:
            if self._stop.is_set():
                return False
            self._let_go(source)
            self._health.set(CameraFault.of(error), error)
        return True

    def _take(self, frame: Frame) -> bool:
        """Judge a frame and hand it on if all is well; False when only another opening can help."""
        now = time.perf_counter()
        frame = self._stamps.mend(frame, now)
        self._metrics.stage("capture", (now - frame.captured_at) * 1000)
        self._metrics.grabbed(now, frame.image.shape[1], frame.image.shape[0])
        fault = self._watchdog.see(frame, now)
        if fault is None:
            self._wait_s = FIRST_WAIT_S
            self._health.clear()
            self._tracker.offer(frame)
            self._frames.put(frame)
            if frame.index == _ENOUGH and self._watchdog.timeouts.frozen_s < math.inf:
                self._judge_rate()
            return True
        self._health.set(fault, describe_fault(fault, self._name, self._watchdog.timeouts))
        return fault is CameraFault.DARK or not self._watchdog.stands_still(now)

    def _judge_rate(self) -> None:
        given = self._metrics.camera_fps
        if given < _SLOW * self._promised:
            told = f"The camera {self._name} gives {given:.0f} of {self._promised:.0f} pictures a second."
            self._metrics.warn(f"{told} More light, or a USB socket of its own, makes it faster.")

    def _let_go(self, source: FrameSource) -> None:
        self._source = None
        try:
            source.close()
        except Exception as error:  # noqa: BLE001 - a driver that fails in closing, too, must not end the session
            logger("live").debug("A camera could not be closed", exc_info=error)
        if self._stamps.jumped:
            self._metrics.warn(f"The camera {self._name} told wrong times; its pictures were timed when they came.")

    def _wait_for_camera(self) -> FrameSource | None:
        while not self._stop.wait(self._wait_s):
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)
            try:
                source = self._reopen()
            except AvatarifyError as error:  # a name that is not connected is a wrong name
                self._health.set(CameraFault.of(error), error)
            except Exception as error:  # noqa: BLE001 - drivers fail in their own ways
                self._health.set(CameraFault.LOST, _told(self._name, error))
            else:
                self._stamps.restart()
                self._watchdog.opened(source.timeouts, time.perf_counter())
                self._source = source
                return source
        return None


class Stamps:
    """Times that rise and lie near now, and numbers that go on, whatever a source tells.

    Attributes:
        jumped: Whether a wrong time was told.
    """

    def __init__(self) -> None:
        self.jumped = False
        self._last_at = float("-inf")
        self._last_index = -1
        self._shift = 0

    def restart(self) -> None:
        """The next frame is number 0 of a source that was opened again."""
        self._shift = self._last_index + 1

    def mend(self, frame: Frame, now: float) -> Frame:
        """Return the frame with a time from which latency and pauses can be counted."""
        at, index = frame.captured_at, frame.index + self._shift
        if not max(now - _OLDEST_S, self._last_at) <= at <= now:
            at, self.jumped = now, True
        if index <= self._last_index:
            index = self._last_index + 1
        self._last_at, self._last_index = at, index
        if (at, index) == (frame.captured_at, frame.index):
            return frame
        return replace(frame, captured_at=at, index=index)


def _read(source: FrameSource) -> Frame | None:
    try:
        return source.read()
    except DeviceError:
        raise
    except Exception as error:
        logger("live").debug("A camera could not be read", exc_info=error)
        raise _told(source.name, error) from error


def _told(name: str, error: Exception) -> DeviceError:
    return DeviceError(
        "The camera {name} failed: {reason}.",
        "Reconnecting. If that fails, unplug the camera and plug it in again.",
        name=name,
        reason=first_line(error),
    )
