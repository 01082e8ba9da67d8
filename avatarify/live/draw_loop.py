"""The third loop of a live session: draws the frames in which the second one has detected key points."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from avatarify.animate.step import AnimationStep, DetectedFrame, OutputPicture
from avatarify.latest import Latest
from avatarify.live.quality import QualityControl

_POLL_S = 0.1
_NEWER = 0.2  # weight of the newest time in the mean ones


class DrawLoop:
    """Generates and composes pictures: beside the detection in the next frame, or on its thread.

    Args:
        step: Draws.
        pictures: To the output; closed at the end.
        stop: Set from outside to end.
        quality: Counts how long each frame takes.
        missed: Returns how many frames of the camera nobody took.
        parallel: Draw on the thread of ``run``. Otherwise ``put`` draws, and ``run`` only waits for the end.
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
        self._seen: Latest[tuple[DetectedFrame, float]] = Latest()
        self._drawing = threading.Lock()
        self._free_at = 0.0  # when the frame in progress will probably be done
        self._detect_s = self._draw_s = 0.0  # mean times
        self.discarded = 0

    def run(self) -> None:
        """Draw until the last frame has come or ``stop`` is set."""
        try:
            while not self._stop.is_set():
                ending = self._seen.closed
                item = self._seen.get()
                if item is not None:
                    self._draw(*item)
                elif ending:
                    return
        finally:
            self._pictures.close()

    def wait_for_turn(self) -> None:
        """Wait until a frame that is taken now can be drawn as soon as its key points are detected.

        Frames that are taken earlier would only wait, and become older.
        """
        while self._parallel and not self._seen.wait_taken(_POLL_S):
            if self._stop.is_set():
                return
        self._stop.wait(max(0.0, self._free_at - self._detect_s - time.perf_counter()))

    def put(self, seen: DetectedFrame, detect_s: float) -> None:
        """Take a frame, the detection in which took so many seconds; called by one thread."""
        if self._parallel:
            self._seen.put((seen, detect_s))
        else:
            self._draw(seen, detect_s)

    def close(self) -> None:
        """End after the frame that waits."""
        self._seen.close()

    @contextlib.contextmanager
    def pause(self) -> Iterator[None]:
        """Draw nothing meanwhile, and nothing that was detected before: the animation changes."""
        with self._drawing:
            self.discarded += self._seen.get(0.0) is not None
            yield

    def _draw(self, seen: DetectedFrame, detect_s: float) -> None:
        with self._drawing:
            started = time.perf_counter()
            self._free_at = started + self._draw_s if self._parallel else 0.0
            picture = self._put_all(seen)
            draw_s, self._free_at = time.perf_counter() - started, 0.0
        if picture.animated:
            self._detect_s += _NEWER * (detect_s - self._detect_s)
            self._draw_s += _NEWER * (draw_s - self._draw_s)
            worked_s = max(detect_s, draw_s) if self._parallel else detect_s + draw_s
            self._quality.animated(worked_s, self._missed() + self.discarded)

    def _put_all(self, seen: DetectedFrame) -> OutputPicture:
        """Draw a frame's pictures and pass each on at once; return the last, its own."""
        pictures = self._step.pictures(seen, between=self._quality.between)
        picture = next(pictures)
        self._pictures.put(picture)
        shown_at = time.perf_counter()
        for after in pictures:
            pause_s = after.frame.captured_at - picture.frame.captured_at
            picture = replace(after, due_at=shown_at + pause_s)
            self._pictures.wait_taken(pause_s)  # it would replace one that waits for its slot
            self._pictures.put(picture)
        return picture
