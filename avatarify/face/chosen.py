"""Which of several faces in view drives the portrait."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from avatarify.errors import UsageError
from avatarify.face.face import Face
from avatarify.face.tracker import FaceFinder
from avatarify.frames import F32, Frame

LARGEST, LEFT, RIGHT = "largest", "left", "right"
MOST_FACES = 4
_KEPT_S = 2.0  # the chosen face may be out of view for so long before another one is taken for it
_STEP = 1.0  # how far a face moves between two looks at most, in its heights


class FacesFinder(Protocol):
    """Detects several faces, as a ``FaceLandmarker`` for more than one does."""

    def find_all(self, frame: Frame) -> list[Face]:
        """Detect the faces in the next frame, largest first."""
        ...

    def close(self) -> None:
        """Free the detector."""
        ...


@dataclass(frozen=True)
class FaceChoice:
    """Which face is followed.

    Attributes:
        rule: ``largest``: the one that is found first, the largest as a rule; ``left`` or ``right`` in the camera's
            picture, which self views mirror; ``at``: the one nearest to a place, wherever it moves.
        x: Of that place, in pixels of the frame.
        y: Of the same place.
    """

    rule: str = LARGEST
    x: float = 0.0
    y: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``largest``, ``left``, ``right``, or ``X,Y``.

        Raises:
            UsageError: It is none of them.
        """
        if text in (LARGEST, LEFT, RIGHT):
            return cls(text)
        place = re.fullmatch(r"(\d{1,5}(?:\.\d{1,3})?),(\d{1,5}(?:\.\d{1,3})?)", text.replace(" ", ""))
        if place is None:
            raise UsageError(
                "'{text}' does not say which face to follow.",
                "Give largest, left, right, or a place in the camera's picture in pixels: X,Y.",
                text=text[:60],
            )
        return cls("at", float(place[1]), float(place[2]))


class ChosenFace:
    """Finds the face that was chosen; one detector looks for a single face until another choice is made.

    One thread calls ``find``; any thread may call ``choose``.

    Args:
        one: Finds a single face.
        open_several: Opens a detector for several, which is slower; called on the thread of ``find``.
        choice: Which face at first.
    """

    def __init__(self, one: FaceFinder, open_several: Callable[[], FacesFinder], choice: FaceChoice) -> None:
        self._one, self._open_several = one, open_several
        self._several: FacesFinder | None = None
        self._lock = threading.Lock()  # guards the three below
        self._choice = choice
        self._at: tuple[F32, float] | None = None  # where the chosen face was, and when
        self._looked = threading.Event()  # since the last choice

    def choose(self, choice: FaceChoice, wait_s: float = 0.0) -> None:
        """Follow another face; return once it was looked for, or after a time."""
        with self._lock:
            self._choice, self._at = choice, None
            self._looked.clear()
        self._looked.wait(wait_s)

    def find(self, frame: Frame) -> Face | None:
        """Detect the chosen face in the next frame."""
        with self._lock:
            choice = self._choice
        face = self._one.find(frame) if choice.rule == LARGEST else self._pick(choice, frame)
        with self._lock:
            if choice is self._choice:
                self._at = self._at if face is None else (face.center, frame.captured_at)
                self._looked.set()
        return face

    def close(self) -> None:
        """Free the detectors."""
        self._one.close()
        if self._several is not None:
            self._several.close()

    def _pick(self, choice: FaceChoice, frame: Frame) -> Face | None:
        self._several = self._several or self._open_several()
        faces = self._several.find_all(frame)
        if not faces:
            return None
        if choice.rule in (LEFT, RIGHT):
            return sorted(faces, key=lambda face: float(face.center[0]))[0 if choice.rule == LEFT else -1]
        at, seen = self._at or (np.array([choice.x, choice.y], np.float32), -_KEPT_S)
        near = min(faces, key=lambda face: float(np.linalg.norm(face.center - at)))
        gone = frame.captured_at - seen > _KEPT_S
        return near if gone or np.linalg.norm(near.center - at) < _STEP * near.height else None
