"""Rotates images as their EXIF data say; damaged EXIF data are ignored, as viewers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_TAG, UPRIGHT = 0x112, 1


def orientation_of(image: Image) -> int:
    """Return the orientation in which Pillow decodes an image, 1 to 8 as in EXIF."""
    if image.format == "TIFF":
        return UPRIGHT  # Pillow rotates it
    try:
        found = image.getexif().get(_TAG, UPRIGHT)
    except Exception:  # noqa: BLE001  parsers of Pillow raise whatever damaged data make them meet
        return UPRIGHT
    return found if isinstance(found, int) and UPRIGHT <= found <= 8 else UPRIGHT


def upright(image: Image, orientation: int) -> Image:
    """Return an image, stored in an orientation of EXIF, as it is meant to be seen."""
    from PIL.Image import Transpose

    undo = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return image if undo is None else image.transpose(undo)
