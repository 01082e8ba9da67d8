"""Detects the face in each frame, for callers that need the landmarks of that very frame."""

from __future__ import annotations

import threading

from avatarify.face.face import Face
from avatarify.face.follow import HOLD_S, FaceFollower
from avatarify.face.tracker import FaceFinder
from avatarify.frames import Frame


class LockstepTracker:
    """A face tracker without a thread: it detects the face when asked, in the frame it is asked about.

    Slower than ``FaceTracker``, because detection delays every frame.

    Args:
        finder: Detects the face; closed with the tracker.
        hold_s: How long a face is remembered after the first frame in which it was not found, seconds.
    """

    def __init__(self, finder: FaceFinder, hold_s: float = HOLD_S) -> None:
        self._finder = finder
        self._follower = FaceFollower(hold_s, confirm=1)
        self._lock = threading.Lock()
        self._closed = False

    def offer(self, frame: Frame) -> None:
        """Do nothing: the face is detected in ``face_in``."""

    def hurry(self) -> None:
        """Do nothing: every frame is looked at."""

    def rest(self, hz: float) -> None:
        """Do nothing, as ``hurry``."""

    def face_in(self, frame: Frame) -> Face | None:
        """Detect the face in this frame; None if there is none, or after ``close``."""
        with self._lock:
            if self._closed:
                return None
            return self._follower.follow(self._finder.find(frame), frame.captured_at)

    def close(self) -> None:
        """Free the detector; may be called twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._finder.close()
