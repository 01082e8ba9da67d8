"""The loops of a live session, their threads, and the slots between them."""

from __future__ import annotations

import threading
from collections.abc import Callable

from avatarify.animate.step import OutputPicture
from avatarify.frames import Frame
from avatarify.latest import Latest
from avatarify.live.animate_loop import AnimateLoop
from avatarify.live.camera import CameraLoop
from avatarify.live.commands import Change
from avatarify.live.draw_loop import DrawLoop
from avatarify.live.health import CameraHealth
from avatarify.live.output_loop import OutputLoop
from avatarify.live.parts import Listeners, Parts
from avatarify.live.problems import Problems
from avatarify.live.quality import QualityControl
from avatarify.live.reconnecting_sink import ReconnectingSink
from avatarify.live.state import SessionState, StateHolder
from avatarify.live.threads import WorkerThreads
from avatarify.metrics import Metrics


class Pipeline:
    """Camera, detection of key points, generation, composing, and output, each on a thread of its own.

    Args:
        parts: What they work with.
        fps: Output pictures per second.
        limit: End after this many frames were sent; None for no limit.
        state: Follows what is sent.
        metrics: Counts frames and times.
        listeners: Get pictures and faces.
        problems: Gets errors.
        quality: How much is computed.
        on_end: Called when the output has ended.

    Attributes:
        camera: Reads the camera.
        sink: Where pictures go.
        frames, pictures: The slots between the loops.
        threads: One for each loop: ``camera``, ``animate``, ``draw``, ``compose``, ``output``.
    """

    def __init__(
        self,
        parts: Parts,
        *,
        fps: float,
        limit: int | None,
        state: StateHolder,
        metrics: Metrics,
        listeners: Listeners,
        problems: Problems,
        quality: QualityControl,
        on_end: Callable[[], None],
    ) -> None:
        self.frames, self.pictures = Latest[Frame](), Latest[OutputPicture]()
        self.sink = ReconnectingSink(parts.sink, parts.devices, parts.reopen_sink, problems.report)
        self._state = state
        self._stop = stop = threading.Event()
        health = CameraHealth(problems.report)
        self.camera = CameraLoop(
            parts.source,
            parts.devices,
            frames=self.frames,
            tracker=parts.tracker,
            health=health,
            stop=stop,
            metrics=metrics,
            quality=quality,
        )
        self._draw = DrawLoop(
            parts.animation.step,
            pictures=self.pictures,
            stop=stop,
            quality=quality,
            missed=lambda: self.frames.dropped,
            parallel=parts.animation.animator.parallel,
        )
        self._animate = AnimateLoop(
            parts.animation,
            parts.tracker,
            frames=self.frames,
            draw=self._draw,
            stop=stop,
            listeners=listeners,
            report=problems.report,
        )
        output = OutputLoop(
            self.sink,
            idle=parts.animation.step.idle_frame(),
            slate=parts.slate,
            fps=fps,
            limit=limit,
            pictures=self.pictures,
            health=health,
            stop=stop,
            state=state,
            metrics=metrics,
            listeners=listeners,
        )
        self.threads = WorkerThreads(problems.fail)
        self.threads.add("camera", self.camera.run)
        self.threads.add("animate", self._animate.run)
        self.threads.add("draw", self._draw.run)
        self.threads.add("compose", self._draw.run_composing)
        self.threads.add("output", output.run, on_end)

    @property
    def dropped(self) -> int:
        """How many frames were grabbed and never sent."""
        return self.frames.dropped + self._draw.discarded + self.pictures.dropped

    def apply(self, change: Change) -> None:
        """Apply a change before the next frame is animated."""
        self._animate.before_next(change)

    def check(self) -> None:
        """Supervise camera and sink; called several times a second."""
        self.camera.check()
        self.sink.check()
        if self.sink.lost:
            self._state.move(SessionState.SINK_LOST)

    def halt(self) -> None:
        """Tell the loops to end; returns at once."""
        self._stop.set()

    def stop(self, timeout_s: float) -> None:
        """End the loops and wait for their threads.

        Raises:
            DeviceError: a thread has not ended in time.
        """
        self.halt()
        self.frames.close()
        self._draw.close()
        self.pictures.close()
        if not self.threads.join_one("camera", timeout_s / 5):
            # A read blocks. Closing may end it, or may itself wait for it: on a thread of its own.
            threading.Thread(target=self.camera.close, name="avatarify-close", daemon=True).start()
        self.threads.join(timeout_s)
