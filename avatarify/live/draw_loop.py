"""The third and the fourth loop of a live session: generate frames whose key points are known, and compose pictures."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from avatarify.animate.step import AnimationStep, DetectedFrame, GeneratedFrame, OutputPicture
from avatarify.latest import Latest
from avatarify.live.quality import QualityControl
from avatarify.live.stage import Stage

_NEWER = 0.2  # weight of the newest time in the mean one


@dataclass(frozen=True)
class _Timed:
    """A generated frame; ``worked_s`` is how long each thread has worked on it, seconds."""

    made: GeneratedFrame
    worked_s: tuple[float, ...]


class DrawLoop:
    """Generates a frame beside the detection in the next one, and composes it beside the generation of the next one.

    Args:
        step: Draws.
        pictures: To the output; closed at the end.
        stop: Set from outside to end.
        quality: Counts how long each frame takes.
        missed: Returns how many frames of the camera nobody took.
        parallel: Generate on the thread of ``run``. Otherwise ``put`` generates, and ``run`` only waits for the end.
    """

    def __init__(
        self,
        step: AnimationStep,
        *,
        pictures: Latest[OutputPicture],
        stop: threading.Event,
        quality: QualityControl,
        missed: Callable[[], int],
        parallel: bool,
    ) -> None:
        self._step = step
        self._pictures = pictures
        self._stop = stop
        self._quality = quality
        self._missed = missed
        self._parallel = parallel
        self._cores = _cores()
        self._detect_s = 0.0  # mean time
        self._generating: Stage[tuple[DetectedFrame, float]] = Stage(self._generate, stop=stop, own_thread=parallel)
        self._composing: Stage[_Timed] = Stage(self._compose, stop=stop)

    @property
    def discarded(self) -> int:
        """How many detected frames were not drawn because of a ``pause``."""
        return self._generating.discarded + self._composing.discarded

    def run(self) -> None:
        """Generate until the last frame has come or ``stop`` is set."""
        try:
            self._generating.run()
        finally:
            self._composing.close()

    def run_composing(self) -> None:
        """Compose until the last frame has come or ``stop`` is set."""
        try:
            self._composing.run()
        finally:
            self._pictures.close()

    def wait_for_turn(self) -> None:
        """Wait until a frame that is taken now can be drawn as soon as its key points are detected.

        Frames that are taken earlier would only wait, and become older.
        """
        self._generating.wait_for_room()
        free_at = max(self._generating.free_at, self._composing.free_at - self._generating.mean_s)
        self._stop.wait(max(0.0, free_at - self._detect_s - time.perf_counter()))

    def put(self, seen: DetectedFrame, detect_s: float) -> None:
        """Take a frame, the detection in which took so many seconds; called by one thread."""
        self._generating.put((seen, detect_s))

    def close(self) -> None:
        """End after the frames in progress."""
        self._generating.close()

    @contextlib.contextmanager
    def pause(self) -> Iterator[None]:
        """Draw nothing meanwhile, and nothing that was detected before: the animation changes."""
        with self._generating.pause(), self._composing.pause():
            yield

    def _generate(self, item: tuple[DetectedFrame, float]) -> bool:
        seen, detect_s = item
        self._composing.wait_for_room()
        started = time.perf_counter()
        made = self._step.generate(seen)
        generate_s = time.perf_counter() - started
        if made.generated is not None:
            self._detect_s += _NEWER * (detect_s - self._detect_s)
        self._composing.put(_Timed(made, (detect_s, generate_s) if self._parallel else (detect_s + generate_s,)))
        return made.generated is not None

    def _compose(self, item: _Timed) -> bool:
        started = time.perf_counter()
        picture = self._put_all(item.made)
        worked_s = *item.worked_s, time.perf_counter() - started
        if picture.animated:
            # Threads that share cores work at the same time only as far as there are cores.
            longest_s = max(*worked_s, sum(worked_s) / self._cores)
            self._quality.animated(longest_s, self._missed() + self.discarded)
        return picture.animated

    def _put_all(self, made: GeneratedFrame) -> OutputPicture:
        """Compose a frame's pictures and pass each on at once; return the last, its own."""
        pictures = self._step.compose(made, between=self._quality.between)
        picture = next(pictures)
        self._pictures.put(picture)
        shown_at = time.perf_counter()
        for after in pictures:
            pause_s = after.frame.captured_at - picture.frame.captured_at
            picture = replace(after, due_at=shown_at + pause_s)
            self._pictures.wait_taken(pause_s)  # it would replace one that waits for its slot
            self._pictures.put(picture)
        return picture


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
