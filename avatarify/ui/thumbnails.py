"""Small square pictures of portraits: of the face once it was found, of the whole picture's middle until then."""

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
    """Read a whole picture, turned as it says; a null image if it cannot be read."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    return reader.read()


def thumbnail(file: Path) -> QImage:
    """Return the kept thumbnail of a picture, or a plain one; a null image if it cannot be read."""
    kept = place(file)
    return read(kept) if kept.exists() else plain(file)


def plain(file: Path) -> QImage:
    """Return the middle of a picture, (SIDE, SIDE); of an upright one its upper part."""
    image = read(file)
    if image.isNull():
        return image
    square = min(image.width(), image.height())
    left, top = (image.width() - square) // 2, (image.height() - square) // 5
    cut = image.copy(QRect(left, top, square, square))
    return cut.scaled(QSize(SIDE, SIDE), mode=Qt.TransformationMode.SmoothTransformation)


def keep(file: Path, portrait: Portrait) -> None:
    """Keep head and shoulders of the portrait as the thumbnail of its file; a full disk is no failure."""
    pixels = _inside(portrait).cut(portrait.image, SIDE)
    image = QImage(pixels.data, SIDE, SIDE, pixels.strides[0], QImage.Format.Format_RGB888)
    goal = place(file)
    goal.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError), atomic_path(goal) as part:
        image.save(str(part), "PNG")  # type: ignore[call-overload]


def place(file: Path) -> Path:
    """Return where the thumbnail of a picture is kept; another one as soon as the picture changes."""
    facts = file.stat()
    name = hashlib.sha256(f"{file.resolve()} {facts.st_mtime_ns} {facts.st_size}".encode()).hexdigest()
    return paths.cache() / "thumbnails" / f"{name[:32]}.png"


def _inside(portrait: Portrait) -> CropBox:
    """Return the square that is animated, moved and made smaller until it lies inside the picture."""
    from avatarify.face.box import CropBox

    height, width = portrait.image.shape[:2]
    box, size = portrait.box, min(portrait.box.size, height, width)
    x, y = (min(max(at, size / 2), side - size / 2) for at, side in ((box.x, width), (box.y, height)))
    return CropBox(x, y, size)
