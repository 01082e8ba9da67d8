"""Finds and follows the face on its own thread, beside the animation."""

from __future__ import annotations

import threading
import time
from typing import Protocol, Self

from avatarify.face.face import Face
from avatarify.face.follow import HOLD_S, FaceFollower
from avatarify.frames import Frame
from avatarify.latest import LatestFrame

RATE_HZ = 15.0
_CONFIRM = 2
_CLOSE_TIMEOUT_S = 5.0
_SLOWEST_S = 2.0  # a look that takes longer is no help to a live picture


class FaceFinder(Protocol):
    """What the tracker needs of ``FaceLandmarker``."""

    def find(self, frame: Frame) -> Face | None:
        """Find the face in the next frame."""
        ...

    def close(self) -> None:
        """Free the detector."""
        ...


class FaceTracker:
    """Looks for the face in the newest frame, some times a second, and remembers where it is.

    Frames wait in one slot, never in a queue. ``offer`` and ``latest`` return at once and may be called from any
    thread.

    Args:
        finder: Finds the face; closed with the tracker. By default a ``FaceLandmarker`` for video.
        hold_s: Seconds a face is remembered without being seen.
        rate_hz: How often to look at most; detection takes a third of a core at 30.

    Raises:
        ModelError: the carried face model is missing or damaged.
    """

    def __init__(self, finder: FaceFinder | None = None, hold_s: float = HOLD_S, rate_hz: float = RATE_HZ) -> None:
        self._finder = finder or _landmarker()
        self._pause_s = 1 / rate_hz
        self._follower = FaceFollower(hold_s, _CONFIRM)
        self._lock = threading.Lock()  # guards the four below
        self._seen_at = float("-inf")
        self._looked_at = -1
        self._look_s = 0.0
        self._error: Exception | None = None
        self._slot = LatestFrame()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="face", daemon=True)
        self._thread.start()

    def offer(self, frame: Frame) -> None:
        """Take the newest frame; one that was not looked at yet is forgotten."""
        self._slot.put(frame)

    def latest(self) -> Face | None:
        """Return the face as last seen, its ``keypoint_box`` smoothed; None when nobody is in view.

        Raises:
            Exception: whatever ended the thread.
        """
        with self._lock:
            if self._error is not None:
                raise self._error
            # Where a look takes long, its answer is old when it comes, and the next one comes as late again.
            return self._follower.present(time.perf_counter() - 2 * self._look_s)

    def face_in(self, frame: Frame) -> Face | None:
        """Return ``latest``: what is known without waiting."""
        return self.latest()

    def age(self) -> float:
        """Return the seconds since the frame in which a face was last seen; infinite before the first."""
        with self._lock:
            return time.perf_counter() - self._seen_at

    def looked_at(self) -> int:
        """Return the index of the newest frame that was looked at; -1 before the first."""
        with self._lock:
            return self._looked_at

    def close(self) -> None:
        """End the thread and free the detector; may be called twice."""
        self._stop.set()
        self._slot.close()
        if self._thread is not threading.current_thread():
            self._thread.join(_CLOSE_TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                started = time.perf_counter()
                frame = self._slot.get()
                if frame is not None and not self._stop.is_set():
                    self._look(frame)
                    self._stop.wait(started + self._pause_s - time.perf_counter())
        except Exception as error:  # noqa: BLE001 - handed to whoever asks next, on their thread
            with self._lock:
                self._error = error
        finally:
            self._finder.close()

    def _look(self, frame: Frame) -> None:
        began = time.perf_counter()
        face = self._finder.find(frame)
        with self._lock:
            self._look_s = min(time.perf_counter() - began, _SLOWEST_S)
            self._follower.follow(face, frame.captured_at)
            self._looked_at = frame.index
            if face is not None:
                self._seen_at = frame.captured_at


def _landmarker() -> FaceFinder:
    from avatarify.face.landmarker import FaceLandmarker

    return FaceLandmarker()
