"""Finds the driver's face in results, by the same rules as in the driver: one face, smoothed over time."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Self

import numpy as np

from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame


class Judge:
    """Looks at results of one clip, frame by frame.

    MediaPipe smooths landmarks over time only where it follows a single face. A judge that followed several would find
    results less steady than their driver. So one face is followed, and only where that is another person's are all
    faces looked for.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._follower = self._stack.enter_context(FaceLandmarker())
        self._searcher: FaceLandmarker | None = None

    def find(self, frame: Frame, result: U8, driver: Face) -> Face | None:
        """Find the face that should look like the driver's.

        Args:
            frame: The driving frame.
            result: (h, w, 3) uint8 RGB of the same scene, of any size.
            driver: The face in the driving frame.

        Returns:
            The face, in pixels of ``frame.image``; None if there is none within a face's height of the driver's.
        """
        scale = frame.image.shape[1] / result.shape[1]  # the result's sides are even, the clip's may be odd
        found = self._follower.find(Frame(result, frame.index, frame.captured_at, frame.media_time))
        faces = [] if found is None else [_scaled(found, scale)]
        if not any(_close(face, driver) for face in faces):
            faces = [_scaled(face, scale) for face in self._search(result)]
        near = [face for face in faces if _close(face, driver)]
        return min(near, key=lambda face: _distance(face, driver), default=None)

    def close(self) -> None:
        """Free the landmarkers; may be called twice."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _search(self, result: U8) -> list[Face]:
        if self._searcher is None:
            self._searcher = self._stack.enter_context(FaceLandmarker("image"))
        return self._searcher.find_faces(result)


def _scaled(face: Face, scale: float) -> Face:
    return replace(face, landmarks=np.asarray(face.landmarks * scale, np.float32))


def _distance(face: Face, other: Face) -> float:
    return float(np.linalg.norm(face.landmarks.mean(0) - other.landmarks.mean(0)))


def _close(face: Face, driver: Face) -> bool:
    return _distance(face, driver) <= driver.height
