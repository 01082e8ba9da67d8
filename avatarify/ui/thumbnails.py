"""Square thumbnails of portraits: of the face once it is found, of the image's center until then."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from avatarify import paths
from avatarify.files import atomic_path

if TYPE_CHECKING:
    from avatarify.animate.portrait import Portrait
    from avatarify.face.box import CropBox

SIDE = 192


def read(file: Path) -> QImage:
    """Read an image in its EXIF orientation; return a null image if it cannot be read."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    return reader.read()


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
    goal.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError), atomic_path(goal) as part:
        image.save(str(part), "PNG")  # type: ignore[call-overload]


def place(file: Path) -> Path:
    """Return the cache file of an image's thumbnail; it changes when the image does."""
    facts = file.stat()
    name = hashlib.sha256(f"{file.resolve()} {facts.st_mtime_ns} {facts.st_size}".encode()).hexdigest()
    return paths.cache() / "thumbnails" / f"{name[:32]}.png"


def _inside(portrait: Portrait) -> CropBox:
    """Return the animated square, moved and shrunk to fit inside the image."""
    from avatarify.face.box import CropBox

    height, width = portrait.image.shape[:2]
    box, size = portrait.box, min(portrait.box.size, height, width)
    x, y = (min(max(at, size / 2), side - size / 2) for at, side in ((box.x, width), (box.y, height)))
    return CropBox(x, y, size)
