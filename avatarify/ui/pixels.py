"""Converts between Qt images and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from avatarify.frames import U8


def array(image: QImage) -> U8:
    """Return an image as (H, W, 3) uint8 RGB; transparency becomes gray."""
    import numpy as np

    if image.hasAlphaChannel():
        image = _on_gray(image)
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()  # Qt frees its memory


def image(picture: U8) -> QImage:
    """Return an (H, W, 3) uint8 RGB array as an image that owns its memory."""
    height, width = picture.shape[:2]
    return QImage(picture.data, width, height, picture.strides[0], QImage.Format.Format_RGB888).copy()


def _on_gray(image: QImage) -> QImage:
    from PySide6.QtGui import QColor, QPainter

    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(QColor(128, 128, 128))
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat
