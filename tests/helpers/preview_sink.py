"""The newest picture, kept for a window that asks when it is ready to draw."""

from __future__ import annotations

import threading
from typing import Self

from avatarify.frames import U8


class PreviewSink:
    """Keeps only the newest picture; a window that draws slowly skips some and holds nobody up."""

    def __init__(self) -> None:
        self.name = "preview"
        self._lock = threading.Lock()
        self._picture: U8 | None = None

    def send(self, image: U8) -> None:
        """Take one picture, (H, W, 3) uint8 RGB, in place of the one before."""
        with self._lock:
            self._picture = image

    def take(self) -> U8 | None:
        """Return the newest picture once; None if there is no newer one than at the last call. From any thread."""
        with self._lock:
            picture, self._picture = self._picture, None
            return picture

    def close(self) -> None:
        """Forget the picture; may be called twice."""
        with self._lock:
            self._picture = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
