"""Contact sheets: driving frames above, results below."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from avatarify.errors import InputError
from avatarify.files import write_atomic
from avatarify.frames import U8


class Sheet:
    """Collects frames of a clip and lays out about a dozen of them.

    Args:
        columns: Images per row.
        height: Height of each, pixels.
    """

    def __init__(self, columns: int = 12, height: int = 240) -> None:
        self.columns, self.height = columns, height
        self._pairs: list[tuple[U8, U8]] = []

    def add(self, number: int, driver: U8, result: U8) -> None:
        """Keep a small copy of a driving frame and its result, both (H, W, 3) RGB."""
        self._pairs.append((_small(driver, self.height), _small(result, self.height)))

    def picture(self) -> U8 | None:
        """Lay out the rows, (2 * height, W, 3) RGB; None if there are no frames."""
        if not self._pairs:
            return None
        chosen = np.linspace(0, len(self._pairs) - 1, min(self.columns, len(self._pairs))).round().astype(int)
        width = max(image.shape[1] for pair in self._pairs for image in pair)
        return np.vstack([np.hstack([_padded(self._pairs[i][row], width) for i in chosen]) for row in (0, 1)])

    def save(self, path: Path) -> None:
        """Write the sheet as a JPEG; does nothing without frames."""
        picture = self.picture()
        if picture is not None:
            write(path, picture)


class PortraitSheet:
    """One portrait on the left, beside it the rows of each clip that drove it.

    Args:
        portrait: (H, W, 3) RGB.
        columns: Images per row.
        height: Height of each, pixels.
    """

    def __init__(self, portrait: U8, columns: int = 8, height: int = 200) -> None:
        self._portrait, self._columns, self._height = portrait, columns, height
        self._clips: list[Sheet] = []

    def clip(self) -> Sheet:
        """Start the rows of another clip."""
        self._clips.append(Sheet(self._columns, self._height))
        return self._clips[-1]

    def save(self, path: Path) -> None:
        """Write the sheet as a JPEG; does nothing if no clip has frames."""
        rows = [picture for clip in self._clips if (picture := clip.picture()) is not None]
        if not rows:
            return
        width = max(row.shape[1] for row in rows)
        left = _small(self._portrait, 2 * self._height)
        write(path, np.vstack([np.hstack([left, _padded(row, width)]) for row in rows]))


def write(path: Path, picture: U8) -> None:
    """Write an image (H, W, 3) RGB as a JPEG, creating its folder.

    Raises:
        InputError: the file cannot be written.
    """
    import cv2

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _, data = cv2.imencode(".jpg", picture[..., ::-1])
        write_atomic(path, data.tobytes())
    except OSError as error:
        raise InputError(
            "The sheet {path} cannot be written: {reason}.", "Choose another folder.", path=path, reason=error.strerror
        ) from error


def _small(image: U8, height: int) -> U8:
    import cv2

    width = round(image.shape[1] * height / image.shape[0])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA))


def _padded(image: U8, width: int) -> U8:
    return np.pad(image, ((0, 0), (0, width - image.shape[1]), (0, 0)))
