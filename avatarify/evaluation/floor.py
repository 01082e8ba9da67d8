"""The noise floor of the landmarks: no result can be better than this.

The driving frame itself is treated like a result: its animated crop is shrunk to the generator's size, compressed as
JPEG, enlarged, and pasted back. The distance of the landmarks found in it is the floor of every AKD of the clip.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np

from avatarify.compose.compositor import Compositor
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame, Generated

SIDE = 256
QUALITY = 95
_DRAWN = np.zeros((2, 2), np.float32)  # weight of the original image: none, every pixel comes from the copy
_STILL = np.asarray(np.stack(np.meshgrid([-0.5, 0.5], [-0.5, 0.5]), -1), np.float32)


class Floor:
    """Measures the floor of one clip, frame by frame, with its own landmarker."""

    def __init__(self) -> None:
        self._eye = FaceLandmarker()

    def find(self, frame: Frame, box: CropBox) -> Face | None:
        """Find the face in the copy of a frame; landmarks in pixels of the frame.

        Args:
            frame: The driving frame.
            box: The animated square.
        """
        copy = copied(frame.image, box)
        found = self._eye.find(Frame(copy, frame.index, frame.captured_at, frame.media_time))
        if found is None:
            return None
        scale = np.float32(frame.image.shape[1] / copy.shape[1])  # the copy's sides are even, the clip's may be odd
        return replace(found, landmarks=found.landmarks * scale)

    def close(self) -> None:
        """Close the landmarker."""
        self._eye.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def copied(image: U8, box: CropBox) -> U8:
    """Return the image with the square replaced by a low-resolution copy of itself; both sides even.

    Args:
        image: (H, W, 3) uint8 RGB.
        box: The square to replace.
    """
    generated = Generated(_coded(box.cut(image, SIDE)), _STILL, _DRAWN)
    return Compositor(image, box, None, badge=False).render(generated)


def _coded(image: U8) -> U8:
    import cv2

    _, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    decoded: U8 = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))
    return np.ascontiguousarray(decoded[..., ::-1])
