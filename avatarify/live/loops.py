"""Two of the loops of a live session, one thread each: newest frame -> picture -> sink (see ``live.camera``)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

from avatarify.animate.step import AnimationStep, OutputPicture
from avatarify.capture.watchdog import CameraFault
from avatarify.errors import AvatarifyError, DeviceError
from avatarify.frames import U8, Frame
from avatarify.latest import Latest
from avatarify.live.health import CameraHealth
from avatarify.live.parts import Listeners, Tracker
from avatarify.live.reconnecting_sink import ReconnectingSink
from avatarify.live.state import SessionState, StateHolder
from avatarify.metrics import Metrics

_POLL_S = 0.1
STATE_OF = {
    CameraFault.LOST: SessionState.CAMERA_LOST,
    CameraFault.BUSY: SessionState.CAMERA_BUSY,
    CameraFault.SILENT: SessionState.CAMERA_FROZEN,
    CameraFault.FROZEN: SessionState.CAMERA_FROZEN,
    CameraFault.DARK: SessionState.CAMERA_DARK,
}


class AnimateLoop:
    """Turns the newest frame into a picture, one at a time; runs the wishes that concern the animator in between."""

    def __init__(
        self,
        step: AnimationStep,
        tracker: Tracker,
        *,
        frames: Latest[Frame],
        pictures: Latest[OutputPicture],
        stop: threading.Event,
        listeners: Listeners,
        on_problem: Callable[[Exception], None],
    ) -> None:
        self._step = step
        self._tracker = tracker
        self._frames = frames
        self._pictures = pictures
        self._stop = stop
        self._listeners = listeners
        self._on_problem = on_problem
        self._wishes: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._shape: tuple[int, ...] | None = None
        self._since = -1  # number of the first frame of this shape

    def before_next(self, wish: Callable[[], None]) -> None:
        """Run something on this thread before the next frame."""
        self._wishes.put(wish)

    def run(self) -> None:
        """Work until the frames end or ``stop`` is set."""
        try:
            while not self._stop.is_set():
                ending = self._frames.closed
                frame = self._frames.get(_POLL_S)
                self._grant_wishes()
                if frame is not None:
                    self._work(frame)
                elif ending:
                    return
        finally:
            self._pictures.close()

    def _work(self, frame: Frame) -> None:
        if frame.image.shape != self._shape:
            self._change_shape(frame)
        face = self._tracker.face_in(frame)
        if face is not None and face.frame_index < self._since:  # seen in a picture of other coordinates
            face = None
        if self._listeners.on_face is not None:
            self._listeners.on_face(frame, face)
        self._pictures.put(self._step.run(frame, face))

    def _change_shape(self, frame: Frame) -> None:
        """Begin anew with frames of another size: the user's neutral face was told in pixels of the old one."""
        before, self._shape = self._shape, frame.image.shape
        if before is None:
            return
        self._since = frame.index
        self._step.recalibrate()
        sizes = [f"{shape[1]}x{shape[0]}" for shape in (before, frame.image.shape)]
        what = f"The camera's pictures changed from {sizes[0]} to {sizes[1]}."
        self._on_problem(DeviceError(what, "Look straight ahead for a moment."))

    def _grant_wishes(self) -> None:
        while True:
            try:
                self._wishes.get_nowait()()
            except Empty:
                return
            except AvatarifyError as error:  # the old portrait stays
                self._on_problem(error)


class OutputLoop:
    """Gives the sink one picture each period: a new one the moment it is there, else the last one again.

    Args:
        sink: Receives every picture.
        still: What goes out before the first frame.
        slate: What goes out while something is wrong with the camera.
        limit: End after this many frames; None for no limit.
    """

    def __init__(
        self,
        sink: ReconnectingSink,
        *,
        still: U8,
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
        self._current = still
        self._slate = slate
        self._pacer = FramePacer(fps)
        self._limit = limit
        self._pictures = pictures
        self._health = health
        self._stop = stop
        self._state = state
        self._metrics = metrics
        self._listeners = listeners

    def run(self) -> None:
        """Send until the pictures end, the limit is reached or ``stop`` is set."""
        self._pacer.start(time.perf_counter())
        while not self._stop.is_set():
            ending = self._pictures.closed
            picture = self._pictures.get(self._pacer.ends_at - time.perf_counter())
            if picture is None and ending:
                return
            self._send_one(picture)
            if self._metrics.frames == self._limit:
                return
            self._stop.wait(max(0.0, self._pacer.next(time.perf_counter()) - time.perf_counter()))

    def _send_one(self, picture: OutputPicture | None) -> None:
        fault = self._health.fault
        if fault is not None:
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
            self._metrics.handed((now - picture.frame.captured_at) * 1000, face=picture.face)
        self._move(SessionState.NO_FACE if picture.idle else SessionState.RUNNING, sent)
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


class FramePacer:
    """Slots of equal length on a clock: one picture goes out in each, so the rate is steady in the long run.

    A picture goes out anywhere in its slot, as soon as it is there, and only waits if its slot is already used. After
    a pause longer than a slot the missed slots are skipped, never made up for.

    Args:
        fps: Slots a second.
    """

    def __init__(self, fps: float) -> None:
        self._period = 1 / fps
        self._begins_at = 0.0

    @property
    def ends_at(self) -> float:
        """End of the slot now, on the clock's seconds."""
        return self._begins_at + self._period

    def start(self, now: float) -> None:
        """Begin the first slot."""
        self._begins_at = now

    def next(self, now: float) -> float:
        """Go to the slot after this one, or to the one that ``now`` lies in if that is later; return its beginning."""
        behind = max(1, int((now - self._begins_at) / self._period))
        self._begins_at += behind * self._period
        return self._begins_at
