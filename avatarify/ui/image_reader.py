"""Reads images with Qt: only formats that the portrait loader accepts too, up to a size; no SVG, which is a program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

_FORMATS = (b"png", b"jpeg", b"jpg", b"webp", b"bmp", b"tiff", b"tif", b"avif", b"heic", b"heif")
_MOST_PIXELS = 100_000_000
_MOST_MB = 512  # that Qt may allocate for one image


def read_file(file: Path) -> QImage:
    """Read an image file in its EXIF orientation; return a null image if it cannot be read."""
    return _read(QImageReader(str(file.absolute())))


def read_data(data: bytes) -> QImage:
    """Read an image from memory; return a null image if it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return _read(QImageReader(buffer))


def _read(reader: QImageReader) -> QImage:
    reader.setDecideFormatFromContent(True)
    size = reader.size() if reader.format().data() in _FORMATS else None
    if size is None or size.width() * size.height() > _MOST_PIXELS:
        return QImage()
    reader.setAllocationLimit(_MOST_MB)
    reader.setAutoTransform(True)
    return reader.read()
