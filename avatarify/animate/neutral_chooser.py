"""Chooses the driver's neutral frame: among the frames as they come, or beforehand in a file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Protocol

from avatarify.animate.neutral import best_neutral, match, neutral_distance, turned_away
from avatarify.capture.source import FrameSource
from avatarify.errors import InputError, MotionError
from avatarify.face.face import Face
from avatarify.frames import Frame

SEARCH_S = 3.0  # after that, a better frame would make a portrait jump that others already see
_EVERY = 3  # frames of a file; a face at rest lasts longer
_BETTER = 0.8  # a frame must be this much closer to rest to be worth a small jump


class Calibrated(Protocol):
    """Something with a neutral frame: ``animate.animator.Animator``."""

    def set_neutral(self, frame: Frame, face: Face) -> None:
        """Take this face as neutral; raises MotionError if it cannot be used."""
        ...


class NeutralChooser:
    """Chooses among the frames as they come; ``first`` is left to the animator.

    Args:
        animator: Gets the neutral frame.
        choice: ``first``, ``best`` (the face closest to rest in the first seconds), or the number of a frame.
        portrait: The portrait's face, whose pose is the rest pose; None for the frontal one.

    Attributes:
        portrait: As given; may be replaced.
        searching: Whether ``search`` is on.
    """

    def __init__(self, animator: Calibrated, choice: str, portrait: Face | None = None) -> None:
        self._animator = animator
        self._choice = choice
        self.portrait = portrait
        self.searching = False
        self.restart()

    @property
    def match(self) -> float | None:
        """How well the neutral frame matches the portrait at rest, 0 to 1; None until there is one."""
        return None if self._best == math.inf else match(self._best, self.portrait)

    @property
    def choosing(self) -> bool:
        """Whether frames are being compared."""
        return self.searching or (self._choice == "best" and not self._done)

    def restart(self) -> None:
        """Choose again, from the next frame on."""
        self._ends_at: float | None = None
        self._best = math.inf  # neutral distance of the frame taken
        self._done = self._choice == "first"

    def search(self, on: bool) -> None:
        """Keep looking for a better frame until it is turned off."""
        self.searching = on

    def look(self, frame: Frame, face: Face) -> None:
        """Take this frame as neutral if it is the requested one, or the best so far.

        Raises:
            MotionError: it is, and cannot be used.
        """
        if self._choice == "best" or self.searching:
            self._compare(frame, face)
        elif not self._done and self._choice.isdecimal() and frame.index >= int(self._choice):
            self._animator.set_neutral(frame, face)
            self._done = True
        if self._done and self._best == math.inf:  # taken without comparing
            self._best = neutral_distance(face, self.portrait)

    def _compare(self, frame: Frame, face: Face) -> None:
        if self._ends_at is None:
            self._ends_at = frame.captured_at + SEARCH_S
        if frame.captured_at > self._ends_at and not self.searching:
            self._done = True
            return
        if self.portrait is not None and turned_away(face, self.portrait):
            return  # left to the animator, which waits, but not for long
        distance = neutral_distance(face, self.portrait)
        if distance < _BETTER * self._best:
            self._animator.set_neutral(frame, face)
            self._best = distance


def set_neutral_of_file(
    animator: Calibrated,
    choice: str,
    open_driver: Callable[[], FrameSource],
    portrait: Face,
    driver: str = "largest",
) -> None:
    """Look through a driving video beforehand and set the neutral frame; ``first`` is left to the animator.

    Args:
        animator: Gets the neutral frame.
        choice: ``first``, ``best`` (the face closest to the portrait's pose, at rest), or the number of a frame.
        open_driver: Opens the video at its beginning.
        portrait: The portrait's face.
        driver: Which of several faces in the video drives it (see ``face.chosen``).

    Raises:
        InputError: the frame does not exist or shows no usable face.
    """
    if choice == "first":
        return
    number = int(choice) if choice.isdecimal() else _best_number(open_driver, portrait, driver)
    if number is None:
        return
    for frame, face in _faces(open_driver, driver, from_frame=number):
        if face is None:
            break
        try:
            animator.set_neutral(frame, face)
        except MotionError as error:
            raise InputError(
                "Frame {number} cannot be the neutral one: {reason}", "Use another.", number=number, reason=error
            ) from error
        return
    raise InputError(
        "There is no face in frame {number} of the driving video.",
        "Use --neutral first, best, or another number.",
        number=number,
    )


def _best_number(open_driver: Callable[[], FrameSource], portrait: Face, driver: str) -> int | None:
    """Return the number of the frame closest to rest; None if no frame that is looked at shows a face."""
    faces = {frame.index: face for frame, face in _faces(open_driver, driver, every=_EVERY) if face is not None}
    return best_neutral(faces, portrait) if faces else None


def _faces(
    open_driver: Callable[[], FrameSource], driver: str, from_frame: int = 0, every: int = 1
) -> Iterator[tuple[Frame, Face | None]]:
    from avatarify.animate.opening import face_finder_beside

    with open_driver() as source, face_finder_beside(driver) as waiting:
        finder = waiting.result()
        while (frame := source.read()) is not None:
            if frame.index >= from_frame and frame.index % every == 0:
                yield frame, finder.find(frame)
