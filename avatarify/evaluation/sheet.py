"""Contact sheets: drivers above, results below, to be looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from avatarify.frames import U8


class Sheet:
    """Collects pictures of a clip and lays out about a dozen of them.

    Args:
        columns: Pictures in a row.
        height: Height of each, pixels.
    """

    def __init__(self, columns: int = 12, height: int = 240) -> None:
        self.columns, self.height = columns, height
        self._pairs: list[tuple[U8, U8]] = []

    def add(self, number: int, driver: U8, result: U8) -> None:
        """Keep a small copy of a driving picture and its result, both (H, W, 3) RGB."""
        self._pairs.append((self._small(driver), self._small(result)))

    def _small(self, image: U8) -> U8:
        import cv2

        width = round(image.shape[1] * self.height / image.shape[0])
        return np.asarray(cv2.resize(image, (width, self.height), interpolation=cv2.INTER_AREA))

    def save(self, path: Path) -> None:
        """Write the sheet as a JPEG; nothing if there are no pictures."""
        import cv2

        if not self._pairs:
            return
        chosen = np.linspace(0, len(self._pairs) - 1, min(self.columns, len(self._pairs))).round().astype(int)
        rows = [np.hstack([self._pairs[i][row] for i in chosen]) for row in (0, 1)]
        path.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), np.vstack(rows)[..., ::-1])
