"""The last loop of a live session: sends pictures to the sink at a steady rate."""

from __future__ import annotations

import math
import threading
import time

from avatarify.animate.step import OutputPicture
from avatarify.capture.watchdog import CameraFault
from avatarify.frames import U8
from avatarify.latest import Latest
from avatarify.live.frame_pacer import FramePacer
from avatarify.live.health import CameraHealth
from avatarify.live.parts import Listeners
from avatarify.live.reconnecting_sink import ReconnectingSink
from avatarify.live.state import SessionState, StateHolder
from avatarify.metrics import Metrics

STATE_OF = {
    CameraFault.LOST: SessionState.CAMERA_LOST,
    CameraFault.BUSY: SessionState.CAMERA_BUSY,
    CameraFault.SILENT: SessionState.CAMERA_FROZEN,
    CameraFault.FROZEN: SessionState.CAMERA_FROZEN,
    CameraFault.DARK: SessionState.CAMERA_DARK,
}

_STAND_IN_S = 0.5  # a portrait that moves without a camera is shown instead of the slate


class OutputLoop:
    """Gives the sink one picture per period: a new one as soon as it is there, otherwise the last one again.

    Args:
        sink: Receives every picture.
        idle: (H, W, 3) uint8 RGB, sent before the first frame.
        slate: The same, sent while the camera has a fault.
        fps: Pictures per second.
        limit: End after this many frames; None for no limit.
        pictures: From the animation.
        health: Knows of faults of the camera.
        stop: Set from outside to end.
        state: Follows what is sent.
        metrics: Counts what is sent.
        listeners: ``on_picture`` is called with each new picture.
    """

    def __init__(
        self,
        sink: ReconnectingSink,
        *,
        idle: U8,
        slate: U8,
        fps: float,
        limit: int | None,
        pictures: Latest[OutputPicture],
        health: CameraHealth,
        stop: threading.Event,
        state: StateHolder,
        metrics: Metrics,
        listeners: Listeners,
    ) -> None:
        self._sink = sink
        self._current = idle
        self._slate = slate
        self._pacer = FramePacer(fps)
        self._limit = limit
        self._pictures = pictures
        self._health = health
        self._stop = stop
        self._state = state
        self._metrics = metrics
        self._listeners = listeners
        self._early: OutputPicture | None = None  # waits until it is due
        self._stood_in_at = -math.inf  # when the last picture came that needs no camera

    def run(self) -> None:
        """Send until the pictures end, the limit is reached, or ``stop`` is set."""
        self._pacer.start(time.perf_counter())
        while not self._stop.is_set():
            ending = self._pictures.closed
            picture = self._next()
            if picture is None and ending:
                return
            self._send_one(picture)
            if self._metrics.frames == self._limit:
                return
            self._stop.wait(max(0.0, self._pacer.next(time.perf_counter()) - time.perf_counter()))

    def _next(self) -> OutputPicture | None:
        """Wait until a picture is due; None at the end of the slot. A newer one replaces one that waits."""
        while True:
            wake_at = self._pacer.ends_at if self._early is None else min(self._pacer.ends_at, self._early.due_at)
            self._early = self._pictures.get(wake_at - time.perf_counter()) or self._early
            now = time.perf_counter()
            closed = self._pictures.closed
            if self._early is not None and (closed or self._early.due_at <= now):
                picture, self._early = self._early, None
                return picture
            if closed or now >= self._pacer.ends_at:
                return None

    def _send_one(self, picture: OutputPicture | None) -> None:
        fault, now = self._health.fault, time.perf_counter()
        if picture is not None:
            self._stood_in_at = now if picture.stand_in else -math.inf
        if fault is not None and now - self._stood_in_at > _STAND_IN_S:
            self._send_slate(STATE_OF[fault])
        elif picture is not None:
            self._send(picture)
        elif self._sink.send(self._current):
            self._metrics.repeat()
        else:
            self._state.move(SessionState.SINK_LOST)

    def _send(self, picture: OutputPicture) -> None:
        started = time.perf_counter()
        sent = self._sink.send(picture.image)
        now = time.perf_counter()
        for stage, ms in picture.stages_ms.items():
            self._metrics.stage(stage, ms)
        if sent:
            self._metrics.stage("output", (now - started) * 1000)
            self._metrics.sent((now - picture.frame.captured_at) * 1000, face=picture.face)
        fault = self._health.fault
        rest = SessionState.NO_FACE if picture.idle else SessionState.RUNNING
        self._move(rest if fault is None else STATE_OF[fault], sent)
        self._show(picture.image)

    def _send_slate(self, state: SessionState) -> None:
        sent = self._sink.send(self._slate)
        if sent:
            self._metrics.repeat()
        if self._move(state, sent):
            self._show(self._slate)

    def _move(self, state: SessionState, sent: bool) -> bool:
        return self._state.move(state if sent else SessionState.SINK_LOST)

    def _show(self, image: U8) -> None:
        self._current = image
        if self._listeners.on_picture is not None:
            self._listeners.on_picture(image)
