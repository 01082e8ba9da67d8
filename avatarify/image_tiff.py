"""Reads TIFF images of 16 and 32 bits per channel, which Pillow does not read in color."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from avatarify.image_colors import to_srgb
from avatarify.image_rotation import upright
from avatarify.quiet import quiet_opencv

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

_STARTS = (b"II*\0", b"MM\0*")
_WIDTH, _HEIGHT, _BITS, _ORIENTATION, _PROFILE = 256, 257, 258, 274, 34675


def read_deep_tiff(stream: BinaryIO, most_pixels: int) -> Image | None:
    """Read a color TIFF with more than 8 bits per channel.

    Args:
        stream: Any file; it stands at its start before and after.
        most_pixels: For images of 4 bytes per pixel; those with more are refused earlier.

    Returns:
        RGB or RGBA, 8 bits per channel, in sRGB, rotated as the file says; None if it is no such file. Floating-point
        colors are limited to 0 to 1.

    Raises:
        InputError: It is too large.
        Exception: It is damaged; of many kinds, as Pillow's parsers raise them.
    """
    from PIL import Image

    tags = _tags(stream)
    bits = tags.get(_BITS, (8,)) if tags is not None else (8,)
    if tags is None or len(bits) < 3 or max(bits) <= 8:
        return None
    if tags[_WIDTH] * tags[_HEIGHT] * sum(bits) > most_pixels * 32:
        raise Image.DecompressionBombError
    pixels = _decoded(stream)
    if pixels is None:
        return None
    return to_srgb(upright(Image.fromarray(pixels), tags.get(_ORIENTATION, 1)), tags.get(_PROFILE))


def _tags(stream: BinaryIO) -> ImageFileDirectory_v2 | None:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    start = stream.read(8)
    tags = None
    if start[:4] in _STARTS:
        tags = ImageFileDirectory_v2(start)
        stream.seek(tags.next)
        tags.load(stream)
    stream.seek(0)
    return tags


def _decoded(stream: BinaryIO) -> Any:
    """Return (H, W, 3 or 4) uint8 RGB or RGBA; None for what OpenCV cannot decode."""
    import cv2

    quiet_opencv()
    try:
        image = cv2.imdecode(np.frombuffer(stream.read(), np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    finally:
        stream.seek(0)
    if image is None or image.ndim != 3 or image.shape[2] not in (3, 4):
        return None
    order = [2, 1, 0, 3][: image.shape[2]]
    if image.dtype.kind == "f":
        image = np.clip(np.nan_to_num(image), 0, 1) * 255
    else:
        image = image >> max(0, 8 * image.dtype.itemsize - 8)
    return np.ascontiguousarray(image.astype(np.uint8)[..., order])
