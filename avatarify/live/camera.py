"""The first loop of a live session: reads the camera, supervises it, and opens it again."""

from __future__ import annotations

import math
import threading
import time

from avatarify.capture.source import FrameSource
from avatarify.capture.watchdog import CameraFault, Watchdog, describe_fault
from avatarify.errors import AvatarifyError, CameraError, DeviceError, first_line
from avatarify.frames import Frame
from avatarify.latest import Latest
from avatarify.live.frame_stamps import FrameStamps
from avatarify.live.health import CameraHealth
from avatarify.live.parts import Devices, Tracker
from avatarify.live.quality import QualityControl
from avatarify.log import logger
from avatarify.messages import Message
from avatarify.metrics import Metrics

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 5.0
RELEASE_S = 1.0  # after which a camera that is still being read is closed from outside
_SLICE_S = 0.05  # of a wait, in which another camera may come
_SLOW = 0.7  # of the nominal rate; a camera below it is reported
_ENOUGH = 150  # frames to measure its rate by


class CameraLoop:
    """Reads the camera; opens it again, with growing pauses, whenever it is lost or frozen.

    Frames in which the camera is frozen or covered are dropped.

    Args:
        source: The camera, opened; this loop closes it.
        devices: Opens it again.
        frames: Receives each frame; closed at the end of a file.
        tracker: Receives each frame too.
        health: Gets the camera's faults.
        stop: Set from outside to end.
        metrics: Counts the frames.
        quality: Says which frames are passed on.
    """

    def __init__(
        self,
        source: FrameSource,
        devices: Devices,
        *,
        frames: Latest[Frame],
        tracker: Tracker,
        health: CameraHealth,
        stop: threading.Event,
        metrics: Metrics,
        quality: QualityControl,
    ) -> None:
        self._source: FrameSource | None = source
        self._devices = devices
        self._frames = frames
        self._tracker = tracker
        self._health = health
        self._stop = stop
        self._metrics = metrics
        self._quality = quality
        self._watchdog = Watchdog(source.timeouts)
        self._stamps = FrameStamps()
        self._name, self._nominal_fps = source.name, source.fps
        self._wait_s = FIRST_WAIT_S
        self._next: FrameSource | None = None
        self._taken, self._ended = threading.Event(), threading.Event()
        self._changing = threading.Lock()

    @property
    def name(self) -> str:
        """Name of the camera."""
        return self._name

    def run(self) -> None:
        """Read until the file ends or ``stop`` is set."""
        try:
            if self._source is not None:
                self._watchdog.opened(self._source.timeouts, time.perf_counter())
            while not self._stop.is_set():
                self._take_next()
                source = self._source or self._wait_for_camera()
                if source is not None and not self._pump(source):
                    break
        finally:
            self._ended.set()
            self.close()
            self._frames.close()

    def change(self, source: FrameSource) -> None:
        """Read another camera from now on, and close the old one; for any other thread.

        Args:
            source: The other camera, opened; it is closed at the end of the loop.
        """
        with self._changing:
            self._taken.clear()
            self._next = source
            if not self._taken.wait(RELEASE_S) and not self._ended.is_set():
                self.close()  # a read hangs; closing ends it
                self._taken.wait(RELEASE_S)
            if self._ended.is_set() and self._next is source:
                source.close()

    def close(self) -> None:
        """Release the camera, which also ends a blocked read."""
        source = self._source
        if source is not None:
            source.close()

    def check(self) -> None:
        """Find out whether a read hangs; called on another thread, several times a second."""
        if self._source is not None and self._watchdog.silent(time.perf_counter()):
            self._health.set(
                CameraFault.SILENT, describe_fault(CameraFault.SILENT, self._name, self._watchdog.timeouts)
            )

    def _pump(self, source: FrameSource) -> bool:
        """Pass frames on; True when the camera is to be opened again."""
        try:
            while not self._stop.is_set() and self._next is None:
                frame = _read(source)
                if frame is None:
                    return self._next is not None
                if not self._take(frame):
                    self._release(source)
                    return True
        except DeviceError as error:
            if self._stop.is_set():
                return False
            if self._next is not None:
                return True
            self._release(source)
            self._health.set(CameraFault.of(error), error)
        return True

    def _take(self, frame: Frame) -> bool:
        """Check a frame and pass it on if the camera works; False when only opening it again can help."""
        now = time.perf_counter()
        frame = self._stamps.correct(frame, now)
        self._metrics.stage("capture", (now - frame.captured_at) * 1000)
        self._metrics.grabbed(now, frame.image.shape[1], frame.image.shape[0])
        fault = self._watchdog.see(frame, now)
        if fault is None:
            self._wait_s = FIRST_WAIT_S
            self._health.clear()
            if self._quality.takes_next(self._nominal_fps):
                if frame.performance is None:
                    self._tracker.offer(frame)
                self._frames.put(frame)
            if frame.index == _ENOUGH and self._watchdog.timeouts.frozen_s < math.inf:
                self._check_rate()
            return True
        self._health.set(fault, describe_fault(fault, self._name, self._watchdog.timeouts))
        return fault is CameraFault.DARK or not self._watchdog.stands_still(now)

    def _check_rate(self) -> None:
        measured = self._metrics.camera_fps
        if measured < _SLOW * self._nominal_fps:
            slow = (
                "Camera {name} delivers only {measured:.0f} of {nominal:.0f} fps. "
                "Better lighting or a USB port of its own may help."
            )
            values = {"name": self._name, "measured": measured, "nominal": self._nominal_fps}
            self._metrics.warn(Message(slow, **values))

    def _release(self, source: FrameSource) -> None:
        self._source = None
        try:
            source.close()
        except Exception as error:  # noqa: BLE001 - a driver that also fails to close must not end the session
            logger("live").debug("A camera could not be closed", exc_info=error)
        if self._stamps.invalid:
            invalid = "Camera {name} reports invalid timestamps; using arrival times instead."
            self._metrics.warn(Message(invalid, name=self._name))

    def _take_next(self) -> None:
        """Go over to the camera that was given to ``change``, if there is one."""
        source, self._next = self._next, None
        if source is None:
            return
        if self._source is not None:
            self._release(self._source)
        self._source, self._name, self._nominal_fps = source, source.name, source.fps
        self._wait_s = FIRST_WAIT_S
        self._stamps.restart()
        self._watchdog.opened(source.timeouts, time.perf_counter())
        self._taken.set()

    def _waited(self) -> bool:
        """Wait before the camera is opened again; False if that is not wanted any more."""
        until = time.perf_counter() + self._wait_s
        while self._next is None and not self._stop.wait(min(_SLICE_S, self._wait_s)):
            if time.perf_counter() >= until:
                return True
        return False

    def _wait_for_camera(self) -> FrameSource | None:
        """Open the camera again; None once the loop is to end, or to go over to another camera."""
        while self._waited():
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)
            try:
                source = self._devices.reopen_camera()
            except AvatarifyError as error:  # not a DeviceError only: a name that is not connected is a wrong name
                self._health.set(CameraFault.of(error), error)
            except Exception as error:  # noqa: BLE001 - drivers raise anything
                self._health.set(CameraFault.LOST, _failure(self._name, error))
            else:
                self._stamps.restart()
                self._watchdog.opened(source.timeouts, time.perf_counter())
                self._source = source
                return source
        return None


def _read(source: FrameSource) -> Frame | None:
    try:
        return source.read()
    except DeviceError:
        raise
    except Exception as error:
        logger("live").debug("A camera could not be read", exc_info=error)
        raise _failure(source.name, error) from error


def _failure(name: str, error: Exception) -> CameraError:
    return CameraError(
        "The camera {name} failed: {reason}.",
        "Reconnecting. If that fails, unplug the camera and plug it in again.",
        name=name,
        reason=first_line(error),
    )
