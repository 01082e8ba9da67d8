"""Decoded images of a data set in memory."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

from avatarify.errors import InputError
from avatarify.frames import U8


class PictureCache:
    """Decoded images in memory, up to a number of bytes; thread-safe.

    Nothing is evicted: training reads images in random order, so no image is worth more than another.
    """

    def __init__(self, limit: int) -> None:
        self._free = limit
        self._kept: dict[Path, U8] = {}
        self._lock = threading.Lock()

    def read(self, file: Path) -> U8:
        """Return an image (H, W, 3) uint8 RGB, read-only, decoding it if needed."""
        kept = self._kept.get(file)
        if kept is not None:
            return kept
        image = _decode(file)
        image.setflags(write=False)
        with self._lock:
            if file not in self._kept and image.nbytes <= self._free:
                self._kept[file] = image
                self._free -= image.nbytes
        return image


def _decode(file: Path) -> U8:
    import cv2

    try:
        raw = np.fromfile(file, np.uint8)
    except OSError as error:
        raise InputError(
            "The frame {file} cannot be read: {reason}.",
            "Delete {parent}.",
            file=file,
            reason=error.strerror,
            parent=file.parent,
        ) from error
    image = cv2.imdecode(raw, cv2.IMREAD_COLOR_RGB) if raw.size else None
    if image is None:
        raise InputError(
            "The frame {file} is damaged.", "Delete {parent} and recreate it.", file=file, parent=file.parent
        )
    return np.asarray(image, np.uint8)
