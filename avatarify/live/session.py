"""A live session: camera, animation and output on their own threads, and one place where everything ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from avatarify.animate.options import Controls
from avatarify.animate.step import OutputPicture
from avatarify.errors import AvatarifyError, DeviceError
from avatarify.frames import Frame
from avatarify.latest import Latest
from avatarify.live.camera import CameraLoop
from avatarify.live.health import CameraHealth
from avatarify.live.loops import AnimateLoop, OutputLoop
from avatarify.live.parts import Listeners, Parts
from avatarify.live.reconnecting_sink import ReconnectingSink
from avatarify.live.state import SessionState, StateHolder
from avatarify.log import logger
from avatarify.memory import resident_mb, share_arenas
from avatarify.metrics import Metrics
from avatarify.output.background import RecordingFacts

_Wish = Callable[[Parts, AnimateLoop], None]
STOP_TIMEOUT_S = 5.0
CHECK_S = 0.25


class Session:
    """One live run from start to stop; make a new one to start again.

    All methods may be called from any thread. Threads: ``session`` opens the parts, loads portraits, ends everything;
    ``camera``, ``animate``, ``output`` run the loops of ``live.camera`` and ``live.loops``; the first also looks after
    camera and sink.

    Args:
        open_parts: Opens everything, given where to count; runs on the session's thread, raises AvatarifyError.
        fps: Output pictures a second.
        frames: Stop after this many frames went out.
        on_state: Told each state.
        listeners: Told pictures, faces and problems.
    """

    def __init__(
        self,
        open_parts: Callable[[Metrics], Parts],
        *,
        fps: float,
        frames: int | None = None,
        on_state: Callable[[SessionState], None] | None = None,
        listeners: Listeners | None = None,
    ) -> None:
        self._open_parts = open_parts
        self._fps = fps
        self._limit = frames
        self._listeners = listeners or Listeners()
        self._state = StateHolder(on_state)
        self._metrics = Metrics()
        self._memory_start: float | None = None
        self._stop, self._ended = threading.Event(), threading.Event()
        self._inbox: SimpleQueue[_Wish | None] = SimpleQueue()  # what to do on the session's thread; None to end
        self._controls: Latest[Controls] = Latest()  # of many moves of a slider only the last one counts
        self._portrait: Latest[str] = Latest()
        self._frames, self._pictures = Latest[Frame](), Latest[OutputPicture]()
        self._health = CameraHealth(self._tell)
        self._sink: ReconnectingSink | None = None
        self._parts: Parts | None = None
        self._animate: AnimateLoop | None = None
        self._thread = threading.Thread(target=self._run, name="avatarify-session", daemon=True)
        self._threads: list[threading.Thread] = []
        self._error: Exception | None = None

    @property
    def state(self) -> SessionState:
        """What the session is doing."""
        return self._state.state

    @property
    def error(self) -> Exception | None:
        """Why the session failed; None while it has not."""
        return self._error

    @property
    def frames(self) -> int:
        """How many frames went out."""
        return self._metrics.frames

    @property
    def fps(self) -> float:
        """Frames a second that went out lately."""
        return self._metrics.recent_fps

    def start(self) -> None:
        """Open everything and go; returns at once. Problems come as the state FAILED with ``error``."""
        if self._state.move(SessionState.STARTING):
            self._thread.start()

    def stop(self) -> None:
        """End, and wait until all threads have ended; any number of times, from any thread."""
        if self._state.move(SessionState.STOPPED):  # never started
            self._ended.set()
            return
        self._end()
        if threading.current_thread() not in (self._thread, *self._threads):
            self.wait()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the session has ended by itself or by ``stop``; False after the time-out."""
        # Not a timed join: if Ctrl-C interrupts that, Python takes a running thread for ended (bpo-45274).
        if not self._ended.wait(timeout_s):
            return False
        if self._thread.ident is not None:
            self._thread.join()
        return True

    def switch_portrait(self, portrait: str) -> None:
        """Change to another portrait while running: the old one goes on until the new one is ready.

        Args:
            portrait: The name of a carried portrait or a picture file. One that cannot be used is told to ``on_error``.
        """
        self._portrait.put(portrait)
        self._inbox.put(self._load_newest)

    def adjust(self, controls: Controls) -> None:
        """Change how the portrait moves and is shown while running."""
        self._controls.put(controls)
        self._inbox.put(self._adjust_newest)

    def send_to(self, sink: str) -> None:
        """Send pictures somewhere else while running: ``virtual`` or ``null``. A sink that fails changes nothing."""
        self._inbox.put(lambda parts, _: self._change_sink(parts, sink))

    def record(self, path: Path | None) -> None:
        """Begin a recording of what goes out, into an MP4 file; None ends it, as the end of the session does."""
        self._inbox.put(lambda parts, _: self._record(parts, path))

    def recalibrate(self) -> None:
        """Take the user's next face as the neutral one."""
        self._inbox.put(lambda parts, animate: animate.before_next(parts.step.recalibrate))

    def search(self, on: bool) -> None:
        """Go on looking for a better neutral frame, until it is switched off."""
        self._inbox.put(lambda parts, animate: animate.before_next(partial(parts.step.search, on)))

    def freeze(self, on: bool) -> None:
        """Hold the picture that goes out, until it is switched off."""
        self._inbox.put(lambda parts, animate: animate.before_next(partial(parts.step.freeze, on)))

    def show_camera(self, on: bool) -> None:
        """Send the user's own picture, marked, in place of the portrait: only when the user asked for it."""
        self._inbox.put(lambda parts, animate: animate.before_next(partial(parts.show_camera, on)))

    def explain(self, on: bool) -> None:
        """Tell ``on_insight`` how each frame came about, until it is switched off."""
        hear = self._listeners.on_insight if on else None
        self._inbox.put(lambda parts, animate: animate.before_next(partial(parts.explain, hear)))

    @property
    def match(self) -> float | None:
        """How near the neutral frame is to the portrait at rest, 0 to 1; None until there is one."""
        return self._parts.step.match if self._parts else None

    @property
    def sink(self) -> str:
        """Name of what takes the pictures now, ``null`` where nobody sees them; empty until it is open."""
        return self._parts.sink.name if self._parts else ""

    @property
    def recording(self) -> RecordingFacts | None:
        """What is known about the recording that runs; None while none does."""
        return self._parts.sink.recording if self._parts else None

    def report(self) -> dict[str, object]:
        """Return what the report says: figures (``metrics``) and facts (runtime, device, model, size, …)."""
        figures = self._metrics.snapshot(dropped=self._frames.dropped + self._pictures.dropped)
        memory = {"start": self._memory_start, "end": resident_mb()}
        facts = self._parts.facts if self._parts else {}
        warnings = [*self._metrics.warnings, *(self._parts.step.warnings if self._parts else [])]
        return {**figures, **facts, "warnings": warnings, "state": self.state.value, "memory_mb": memory}

    def _end(self) -> None:
        self._stop.set()
        self._inbox.put(None)

    def _run(self) -> None:
        """Body of the session's thread."""
        share_arenas()
        try:
            self._parts = self._open_parts(self._metrics)
            with self._parts.resources:
                self._live(self._parts)
        except Exception as error:  # noqa: BLE001  every way to fail ends in one place
            self._fail(error)
        finally:
            try:
                self._state.move(SessionState.STOPPING)
                self._state.move(SessionState.FAILED if self._error else SessionState.STOPPED)
            finally:
                self._ended.set()

    def _live(self, parts: Parts) -> None:
        camera, self._animate, output = self._make_loops(parts)
        self._memory_start = resident_mb()
        self._threads = [
            self._thread_for("camera", camera.run),
            self._thread_for("animate", self._animate.run),
            self._thread_for("output", output.run, then=self._end),
        ]
        for thread in self._threads:
            thread.start()
        self._serve(parts, camera)
        self._state.move(SessionState.STOPPING)
        self._frames.close()
        self._pictures.close()
        self._join(camera)
        self._record(parts, None)

    def _make_loops(self, parts: Parts) -> tuple[CameraLoop, AnimateLoop, OutputLoop]:
        camera = CameraLoop(
            parts.source,
            parts.reopen,
            frames=self._frames,
            tracker=parts.tracker,
            health=self._health,
            stop=self._stop,
            metrics=self._metrics,
        )
        self._sink = ReconnectingSink(parts.sink, parts.reopen_sink, self._tell)
        animate = AnimateLoop(
            parts.step,
            parts.tracker,
            frames=self._frames,
            pictures=self._pictures,
            stop=self._stop,
            listeners=self._listeners,
            on_problem=self._tell,
        )
        output = OutputLoop(
            self._sink,
            still=parts.step.still(),
            slate=parts.slate,
            fps=self._fps,
            limit=self._limit,
            pictures=self._pictures,
            health=self._health,
            stop=self._stop,
            state=self._state,
            metrics=self._metrics,
            listeners=self._listeners,
        )
        return camera, animate, output

    def _thread_for(
        self, name: str, body: Callable[[], None], then: Callable[[], None] | None = None
    ) -> threading.Thread:
        def guarded() -> None:
            try:
                body()
            except Exception as error:  # noqa: BLE001
                self._fail(error)
            finally:
                if then is not None:
                    then()

        return threading.Thread(target=guarded, name=f"avatarify-{name}", daemon=True)

    def _serve(self, parts: Parts, camera: CameraLoop) -> None:
        """Do what is wished and may take long, and look after camera and sink, until the end is asked for."""
        while True:
            try:
                wish = self._inbox.get(timeout=CHECK_S)
            except Empty:
                self._check(camera)
                continue
            if wish is None:
                return
            self._grant(wish, parts)

    def _grant(self, wish: _Wish, parts: Parts) -> None:
        try:
            if self._animate is not None:
                wish(parts, self._animate)
        except AvatarifyError as error:
            self._tell(error)

    def _check(self, camera: CameraLoop) -> None:
        camera.check()
        if self._sink is not None:
            self._sink.check()
            if self._sink.lost:
                self._state.move(SessionState.SINK_LOST)

    def _change_sink(self, parts: Parts, text: str) -> None:
        if self._sink is not None:
            self._sink.change(partial(parts.open_sink, text))

    def _load_newest(self, parts: Parts, animate: AnimateLoop) -> None:
        wanted = self._portrait.get(0.0)
        if wanted is not None:
            animate.before_next(parts.load_portrait(wanted))

    def _adjust_newest(self, parts: Parts, animate: AnimateLoop) -> None:
        wanted = self._controls.get(0.0)
        if wanted is not None:
            animate.before_next(parts.adjust(wanted))

    def _record(self, parts: Parts, path: Path | None) -> None:
        recording = None if path is None else parts.open_recording(path, self._tell)
        finished = parts.sink.record(recording)
        if finished is not None and self._listeners.on_recorded is not None:
            self._listeners.on_recorded(finished)

    def _join(self, camera: CameraLoop) -> None:
        deadline = time.monotonic() + STOP_TIMEOUT_S
        self._threads[0].join(STOP_TIMEOUT_S / 5)
        if self._threads[0].is_alive():  # closing may end the wait of a read, or wait for the read itself
            threading.Thread(target=camera.close, name="avatarify-close", daemon=True).start()
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                part = thread.name.removeprefix("avatarify-")
                raise DeviceError(
                    f"The {part} thread did not end within {STOP_TIMEOUT_S:.0f} s.",
                    "Unplug the camera or close the program that holds it, then start avatarify again.",
                )

    def _tell(self, error: Exception) -> None:
        """Report a problem the session survives."""
        self._metrics.warn(str(error))
        if self._listeners.on_error is not None:
            self._listeners.on_error(error)

    def _fail(self, error: Exception) -> None:
        """Keep the first error as the reason of the end, and end; later ones are its consequences."""
        logger("live").debug("A session's thread failed", exc_info=error)
        first = self._error is None
        self._error = self._error or error
        self._end()
        if first and self._listeners.on_error is not None:
            self._listeners.on_error(error)
