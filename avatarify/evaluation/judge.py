"""Finds the driver's face in results, by the same rules as in the driver: one face, smoothed over time."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np

from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame

_AROUND = 1.6  # face heights from the face's center that a judge sees who must not look at others


class Judge:
    """Looks at results of one clip, frame by frame.

    MediaPipe smooths landmarks over time only where it follows a single face. A judge that followed several would find
    results less steady than their driver. So one face is followed; once that is another person's, all but the
    surroundings of the driver's face is hidden from then on.
    """

    def __init__(self) -> None:
        self._follower = FaceLandmarker()
        self._crowded = False

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
        face = self._look(frame, _only(result, driver, scale) if self._crowded else result, scale)
        if self._crowded or face is None or _close(face, driver):
            return face if face is not None and _close(face, driver) else None
        self._crowded = True
        shown = _only(result, driver, scale)
        self._look(frame, shown, scale)  # it still looks where the other one was
        return self._look(frame, shown, scale)

    def _look(self, frame: Frame, shown: U8, scale: float) -> Face | None:
        found = self._follower.find(Frame(shown, frame.index, frame.captured_at, frame.media_time))
        return None if found is None else replace(found, landmarks=np.asarray(found.landmarks * scale, np.float32))

    def close(self) -> None:
        """Free the landmarker; may be called twice."""
        self._follower.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _only(result: U8, driver: Face, scale: float) -> U8:
    """Make everything gray but the surroundings of the driver's face."""
    (x, y), reach = driver.center / scale, _AROUND * driver.height / scale
    rows, columns = (slice(max(0, round(float(c) - reach)), max(0, round(float(c) + reach))) for c in (y, x))
    shown = np.full_like(result, 128)
    shown[rows, columns] = result[rows, columns]
    return shown


def _close(face: Face, driver: Face) -> bool:
    return float(np.linalg.norm(face.landmarks.mean(0) - driver.landmarks.mean(0))) <= driver.height
