"""Square thumbnails of portraits: of the face once it is found, of the image's center until then."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage

from avatarify.animate.cached import cached_file, forget_others
from avatarify.files import atomic_path, private_folder
from avatarify.ui.image_reader import read_file

if TYPE_CHECKING:
    from avatarify.animate.portrait import Portrait
    from avatarify.face.box import CropBox

SIDE = 192


def read(file: Path) -> QImage:
    """Read an image in its EXIF orientation; return a null image if it cannot be read."""
    return read_file(file)


def thumbnail(file: Path) -> QImage:
    """Return the cached thumbnail of an image, or a plain one; a null image if it cannot be read."""
    kept = place(file)
    return read(kept) if kept.exists() else plain(file)


def plain(file: Path) -> QImage:
    """Return the center of an image, (SIDE, SIDE); the upper part of a portrait-format one."""
    image = read(file)
    if image.isNull():
        return image
    square = min(image.width(), image.height())
    left, top = (image.width() - square) // 2, (image.height() - square) // 5
    cut = image.copy(QRect(left, top, square, square))
    return cut.scaled(QSize(SIDE, SIDE), mode=Qt.TransformationMode.SmoothTransformation)


def keep(file: Path, portrait: Portrait) -> None:
    """Cache head and shoulders of a portrait as the thumbnail of its file; a full disk is ignored."""
    pixels = _inside(portrait).cut(portrait.image, SIDE)
    image = QImage(pixels.data, SIDE, SIDE, pixels.strides[0], QImage.Format.Format_RGB888)
    goal = place(file)
    with contextlib.suppress(OSError):
        private_folder(goal.parent)
        with atomic_path(goal, private=True) as part:
            image.save(str(part), "PNG")  # type: ignore[call-overload]
        forget_others(goal)


def place(file: Path) -> Path:
    """Return the cache file of an image's thumbnail; it changes when the image does."""
    return cached_file(file, "thumbnails")


def _inside(portrait: Portrait) -> CropBox:
    """Return the animated square, moved and shrunk to fit inside the image."""
    from avatarify.face.box import CropBox

    height, width = portrait.image.shape[:2]
    box, size = portrait.box, min(portrait.box.size, height, width)
    x, y = (min(max(at, size / 2), side - size / 2) for at, side in ((box.x, width), (box.y, height)))
    return CropBox(x, y, size)
