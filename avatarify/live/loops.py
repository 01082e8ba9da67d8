"""The three loops of a live session, one thread each: camera -> newest frame -> picture -> sink."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

from avatarify.capture.latest import Latest
from avatarify.capture.source import FrameSource
from avatarify.errors import AvatarifyError, DeviceError
from avatarify.frames import U8, Frame
from avatarify.live.metrics import Metrics
from avatarify.live.parts import Listeners, Tracker
from avatarify.live.state import SessionState, StateHolder
from avatarify.live.step import Picture, Step
from avatarify.output.sink import FrameSink

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 5.0
_POLL_S = 0.1


class CameraLoop:
    """Reads the camera; opens it again, with growing patience, whenever it is lost.

    Args:
        source: The camera, opened; this loop closes it.
        reopen: Opens it again; AvatarifyError while it is away.
        frames: Receives each frame; closed at the end of a file.
        lost: Set while there is no camera.
        stop: Set from outside to end.
    """

    def __init__(
        self,
        source: FrameSource,
        reopen: Callable[[], FrameSource],
        *,
        frames: Latest[Frame],
        tracker: Tracker,
        lost: threading.Event,
        stop: threading.Event,
        metrics: Metrics,
        on_problem: Callable[[Exception], None],
    ) -> None:
        self._source: FrameSource | None = source
        self._reopen = reopen
        self._frames = frames
        self._tracker = tracker
        self._lost = lost
        self._stop = stop
        self._metrics = metrics
        self._on_problem = on_problem

    def run(self) -> None:
        """Read until the file ends or ``stop`` is set."""
        try:
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

    def _pump(self, source: FrameSource) -> bool:
        """Hand on frames; True when the camera was lost and is to be opened again."""
        try:
            while not self._stop.is_set():
                frame = source.read()
                if frame is None:
                    return False
                self._metrics.stage("capture", (time.perf_counter() - frame.captured_at) * 1000)
                self._lost.clear()
                self._tracker.offer(frame)
                self._frames.put(frame)
        except DeviceError as error:
            if self._stop.is_set():
                return False
            self._lost.set()
            source.close()
            self._source = None
            self._on_problem(error)
        return True

    def _wait_for_camera(self) -> FrameSource | None:
        wait_s = FIRST_WAIT_S
        while not self._stop.wait(wait_s):
            try:
                self._source = self._reopen()
            except AvatarifyError:  # a name that is not connected is a wrong name
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)
            else:
                return self._source
        return None


class AnimateLoop:
    """Turns the newest frame into a picture, one at a time; runs the wishes that concern the animator in between."""

    def __init__(
        self,
        step: Step,
        tracker: Tracker,
        *,
        frames: Latest[Frame],
        pictures: Latest[Picture],
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
        face = self._tracker.face_in(frame)
        if self._listeners.on_face is not None:
            self._listeners.on_face(frame, face)
        self._pictures.put(self._step.run(frame, face))

    def _grant_wishes(self) -> None:
        while True:
            try:
                self._wishes.get_nowait()()
            except Empty:
                return
            except AvatarifyError as error:  # the old portrait stays
                self._on_problem(error)


class OutputLoop:
    """Gives the sink one picture each beat: a new one the moment it is there, else the last one again.

    Args:
        sink: Receives every picture.
        still: What goes out before the first frame.
        slate: What goes out while the camera is lost.
        limit: End after this many frames; None for no limit.
    """

    def __init__(
        self,
        sink: FrameSink,
        *,
        still: U8,
        slate: U8,
        fps: float,
        limit: int | None,
        pictures: Latest[Picture],
        lost: threading.Event,
        stop: threading.Event,
        state: StateHolder,
        metrics: Metrics,
        listeners: Listeners,
    ) -> None:
        self._sink = sink
        self._current = still
        self._slate = slate
        self._beat = Beat(fps)
        self._limit = limit
        self._pictures = pictures
        self._lost = lost
        self._stop = stop
        self._state = state
        self._metrics = metrics
        self._listeners = listeners

    def run(self) -> None:
        """Send until the pictures end, the limit is reached or ``stop`` is set."""
        self._beat.start(time.perf_counter())
        while not self._stop.is_set():
            ending = self._pictures.closed
            picture = self._pictures.get(self._beat.ends_at - time.perf_counter())
            if picture is None and ending:
                return
            self._send_one(picture)
            if self._metrics.frames == self._limit:
                return
            self._stop.wait(max(0.0, self._beat.next(time.perf_counter()) - time.perf_counter()))

    def _send_one(self, picture: Picture | None) -> None:
        if self._lost.is_set():
            self._send_slate()
        elif picture is not None:
            self._send(picture)
        else:
            self._sink.send(self._current)
            self._metrics.repeat()

    def _send(self, picture: Picture) -> None:
        started = time.perf_counter()
        self._sink.send(picture.image)
        now = time.perf_counter()
        for stage, ms in picture.stages_ms.items():
            self._metrics.stage(stage, ms)
        self._metrics.stage("output", (now - started) * 1000)
        self._metrics.handed((now - picture.frame.captured_at) * 1000, face=picture.face)
        self._state.move(SessionState.NO_FACE if picture.calm else SessionState.RUNNING)
        self._show(picture.image)

    def _send_slate(self) -> None:
        self._sink.send(self._slate)
        self._metrics.repeat()
        if self._state.move(SessionState.CAMERA_LOST):
            self._show(self._slate)

    def _show(self, image: U8) -> None:
        self._current = image
        if self._listeners.on_picture is not None:
            self._listeners.on_picture(image)


class Beat:
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
