"""A live session: camera, animation, and output on their own threads, and one place where everything ends."""

from __future__ import annotations

import threading
from collections.abc import Callable

from avatarify.choices import Quality
from avatarify.live.command_executor import CommandExecutor
from avatarify.live.commands import CommandContext, SessionCommand, StopRecording
from avatarify.live.parts import Listeners, Parts
from avatarify.live.pipeline import Pipeline
from avatarify.live.problems import Problems
from avatarify.live.quality import QualityControl
from avatarify.live.state import SessionState, StateHolder
from avatarify.locks import Cancelled
from avatarify.memory import resident_mb, share_arenas
from avatarify.messages import Message
from avatarify.metrics import Metrics
from avatarify.output.background import RecordingFacts

OpenParts = Callable[[Metrics, Callable[[Exception], None]], Parts]
STOP_TIMEOUT_S = 5.0


class Session:
    """One live run from start to stop; make a new one to start again.

    All methods may be called from any thread. The session's own threads: ``session`` opens the parts, executes
    commands, supervises camera and sink, and ends everything; ``slow`` executes commands that take long, such as
    loading a portrait; ``camera``, ``animate``, ``draw``, ``compose``, and ``output`` run the ``Pipeline``.

    Args:
        open_parts: Opens everything, given where to count and whom to report problems to; runs on the session's thread
            and raises AvatarifyError.
        fps: Output pictures per second.
        frames: Stop after this many frames were sent.
        quality: See ``choices.Quality``.
        on_state: Called with each state.
        listeners: Called with pictures, faces, and problems.
    """

    def __init__(
        self,
        open_parts: OpenParts,
        *,
        fps: float,
        frames: int | None = None,
        quality: Quality = "auto",
        on_state: Callable[[SessionState], None] | None = None,
        listeners: Listeners | None = None,
    ) -> None:
        self._open_parts = open_parts
        self._fps = fps
        self._limit = frames
        self._asked_quality = quality
        self._quality: QualityControl | None = None
        self._listeners = listeners or Listeners()
        self._state = StateHolder(on_state)
        self._metrics = Metrics()
        self._problems = Problems(self._metrics, self._listeners.on_error, self._end)
        self._executor = CommandExecutor(self._problems)
        self._ended = threading.Event()
        self._memory_start: float | None = None
        self._parts: Parts | None = None
        self._pipeline: Pipeline | None = None
        self._thread = threading.Thread(target=self._run, name="avatarify-session", daemon=True)

    @property
    def state(self) -> SessionState:
        """What the session is doing."""
        return self._state.state

    @property
    def error(self) -> Exception | None:
        """Why the session failed; None while it has not."""
        return self._problems.failure

    @property
    def frames(self) -> int:
        """How many frames were sent."""
        return self._metrics.frames

    @property
    def fps(self) -> float:
        """Frames per second that were sent lately."""
        return self._metrics.recent_fps

    @property
    def match(self) -> float | None:
        """How well the neutral frame matches the portrait at rest, 0 to 1; None until there is one."""
        return self._parts.animation.step.match if self._parts else None

    @property
    def sink(self) -> str:
        """Name of the sink that gets the pictures now, ``null`` if nobody sees them; empty until it is open."""
        return self._parts.sink.name if self._parts else ""

    @property
    def runtime_reason(self) -> Message:
        """Why the runtime was chosen; empty until the session is open."""
        return self._parts.animation.runtime_reason if self._parts else Message("")

    @property
    def quality(self) -> Message:
        """What is reduced because the computer cannot keep up; empty at full quality."""
        return self._quality.message if self._quality else Message("")

    @property
    def recording(self) -> RecordingFacts | None:
        """Facts about the recording in progress; None if there is none."""
        return self._parts.sink.recording if self._parts else None

    @property
    def warnings(self) -> list[Message]:
        """What the user should know, without repeats, in order."""
        step = self._parts.animation.step.warnings if self._parts else []
        return [*self._metrics.warnings, *step]

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
        if not self._is_own(threading.current_thread()):  # a callback may call this: it must not wait for itself
            self.wait()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the session has ended by itself or by ``stop``; False after the timeout."""
        # Not a timed join: if Ctrl-C interrupts that, Python takes a running thread for ended (bpo-45274).
        if not self._ended.wait(timeout_s):
            return False
        if self._thread.ident is not None:
            self._thread.join()
        return True

    def execute(self, command: SessionCommand) -> None:
        """Do something (see ``live.commands``) as soon as the session runs; returns at once."""
        self._executor.put(command)

    def report(self) -> dict[str, object]:
        """Return the report: metrics, what is in use now (runtime, model, portrait, sink, ...), warnings, and state."""
        parts, pipeline = self._parts, self._pipeline
        camera = pipeline.camera.name if pipeline else parts.source.name if parts else ""
        facts = {**parts.animation.facts, "camera": camera, "sink": parts.sink.name} if parts else {}
        return {
            **self._metrics.snapshot(dropped=pipeline.dropped if pipeline else 0),
            **facts,
            "quality": self._quality.facts if self._quality else {},
            "warnings": [str(warning) for warning in self.warnings],
            "state": self.state.value,
            "memory_mb": {"start": self._memory_start, "end": resident_mb()},
        }

    def _is_own(self, thread: threading.Thread) -> bool:
        loops = self._pipeline.threads if self._pipeline else ()
        return thread is self._thread or thread in loops or thread is self._executor.slow_thread

    def _end(self) -> None:
        """Stop the loops and wake the session's thread, which ends everything; any number of times."""
        if self._pipeline is not None:
            self._pipeline.halt()
        self._executor.close()

    def _run(self) -> None:
        """Body of the session's thread."""
        share_arenas()
        try:
            self._parts = self._open_parts(self._metrics, self._problems.report)
            with self._parts.resources:
                self._live(self._parts)
        except Cancelled:  # stopped while the model was being prepared
            pass
        except Exception as error:  # noqa: BLE001 - every way to fail ends in one place
            self._problems.fail(error)
        finally:
            try:
                self._state.move(SessionState.STOPPING)
                self._state.move(SessionState.FAILED if self.error else SessionState.STOPPED)
            finally:
                self._ended.set()

    def _live(self, parts: Parts) -> None:
        self._quality = quality = QualityControl(
            self._asked_quality, fps=self._fps, tracker=parts.tracker, metrics=self._metrics
        )
        self._pipeline = pipeline = Pipeline(
            parts,
            fps=self._fps,
            limit=self._limit,
            state=self._state,
            metrics=self._metrics,
            listeners=self._listeners,
            problems=self._problems,
            quality=quality,
            on_end=self._end,
        )
        camera, sink = pipeline.camera, pipeline.sink
        context = CommandContext(
            parts.animation, parts.devices, camera, sink, self._listeners, self._problems.report, parts.faces
        )
        self._memory_start = resident_mb()
        pipeline.threads.start()
        self._executor.run(context, pipeline)
        self._state.move(SessionState.STOPPING)
        try:
            pipeline.stop(STOP_TIMEOUT_S)
        finally:
            self._executor.join()
        StopRecording().prepare(context)
