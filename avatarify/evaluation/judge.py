"""Find the face in results by the same rules as in the driving clip: one face, smoothed over time."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np

from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame

_AROUND = 1.6  # visible radius around the face, in face heights, once others must be hidden


class Judge:
    """Finds the face in the results of one clip, frame by frame.

    MediaPipe smooths landmarks over time only while it tracks a single face. Tracking several would make
    results look less steady than the driving clip. So one face is tracked; once that is another person's, everything
    outside the surroundings of the driving face is hidden from then on.
    """

    def __init__(self) -> None:
        self._follower = FaceLandmarker()
        self._crowded = False

    def find(self, frame: Frame, result: U8, driver: Face) -> Face | None:
        """Find the face that should match the driving face.

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
        self._look(frame, shown, scale)  # it still tracks the other one's position
        return self._look(frame, shown, scale)

    def _look(self, frame: Frame, shown: U8, scale: float) -> Face | None:
        found = self._follower.find(Frame(shown, frame.index, frame.captured_at, frame.media_time))
        return None if found is None else replace(found, landmarks=np.asarray(found.landmarks * scale, np.float32))

    def close(self) -> None:
        """Close the landmarker; may be called twice."""
        self._follower.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _only(result: U8, driver: Face, scale: float) -> U8:
    """Gray out everything except the surroundings of the driving face."""
    (x, y), reach = driver.center / scale, _AROUND * driver.height / scale
    rows, columns = (slice(max(0, round(float(c) - reach)), max(0, round(float(c) + reach))) for c in (y, x))
    shown = np.full_like(result, 128)
    shown[rows, columns] = result[rows, columns]
    return shown


def _close(face: Face, driver: Face) -> bool:
    return float(np.linalg.norm(face.landmarks.mean(0) - driver.landmarks.mean(0))) <= driver.height
