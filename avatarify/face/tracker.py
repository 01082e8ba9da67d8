"""Detects and follows the face on a thread of its own, in parallel to the animation."""

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
_SEARCH_S = 1 / 15  # longest pause while no face is known
_SLOWEST_S = 2.0  # limit for the time of a detection in the estimate of how old a face is


class FaceFinder(Protocol):
    """Detects faces, as ``FaceLandmarker`` does."""

    def find(self, frame: Frame) -> Face | None:
        """Detect the face in the next frame."""
        ...

    def close(self) -> None:
        """Free the detector."""
        ...


class FaceTracker:
    """Detects the face in the newest frame, and remembers it.

    It looks at a limited rate while the head rests, and again at once after ``hurry`` and while no face is found where
    one was. Only the newest frame waits, never a queue. All methods but ``close`` return at once; any thread may call
    them.

    Args:
        finder: Detects the face; closed with the tracker. By default a ``FaceLandmarker`` for video.
        hold_s: How long a face is remembered after the first frame in which it was not found, seconds.
        rate_hz: Detections per second while the head rests; at 30, detection takes a third of a CPU core.

    Raises:
        ModelError: the bundled face model is missing or damaged.
    """

    def __init__(self, finder: FaceFinder | None = None, hold_s: float = HOLD_S, rate_hz: float = RATE_HZ) -> None:
        self._finder = finder or _landmarker()
        self._pause_s = 1 / rate_hz
        self._due = threading.Event()
        self._follower = FaceFollower(hold_s, _CONFIRM)
        self._lock = threading.Lock()  # guards the two below and the follower
        self._detection_s = 0.0
        self._error: Exception | None = None
        self._slot = LatestFrame()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="face", daemon=True)
        self._thread.start()

    def offer(self, frame: Frame) -> None:
        """Take the newest frame; it replaces one that still waits."""
        self._slot.put(frame)

    def latest(self) -> Face | None:
        """Return the latest face with its smoothed ``keypoint_box``; None if there is none.

        Raises:
            Exception: the error that ended the thread.
        """
        with self._lock:
            if self._error is not None:
                raise self._error
            # A result is already one detection old when it arrives, and the next one takes as long again, so a slow
            # detector must not make a face count as gone.
            return self._follower.present(time.perf_counter() - 2 * self._detection_s)

    def hurry(self) -> None:
        """Look at the next frame, without the pause: the head has moved."""
        self._due.set()

    def rest(self, hz: float) -> None:
        """Detect this many times a second while the head rests."""
        self._pause_s = 1 / hz

    def face_in(self, frame: Frame) -> Face | None:
        """Return ``latest``, which does not wait for a detection in this frame."""
        return self.latest()

    def close(self) -> None:
        """End the thread and free the detector; may be called twice."""
        self._stop.set()
        self._due.set()
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
                    self._due.clear()
                    pause_s = self._detect(frame)
                    self._due.wait(started + pause_s - time.perf_counter())
        except Exception as error:  # noqa: BLE001 - raised by ``latest`` on the thread of the caller
            with self._lock:
                self._error = error
        finally:
            self._finder.close()

    def _detect(self, frame: Frame) -> float:
        """Detect the face; return the pause until the next detection, from the start of this one, in seconds."""
        began = time.perf_counter()
        face = self._finder.find(frame)
        with self._lock:
            self._detection_s = min(time.perf_counter() - began, _SLOWEST_S)
            present = self._follower.follow(face, frame.captured_at)
        if face is None and present is not None:
            return 0.0
        return self._pause_s if face is not None and present is not None else min(self._pause_s, _SEARCH_S)


def _landmarker() -> FaceFinder:
    from avatarify.face.landmarker import FaceLandmarker

    return FaceLandmarker()
