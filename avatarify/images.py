"""Loads still pictures as people have them: turned by EXIF, with alpha, grey, 16 bits deep, huge."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from avatarify.errors import InputError
from avatarify.frames import U8

LONGEST_SIDE = 2160
SHORTEST_SIDE = 32
_PAPER = 128  # grey behind transparent parts: no dark or light halo around hair
_FORMATS_HINT = "Use a PNG, JPEG, WebP, BMP or TIFF picture."


def load_picture(path: str | os.PathLike[str], longest_side: int = LONGEST_SIDE) -> U8:
    """Read a still picture.

    EXIF rotation is applied, transparent parts become mid-grey, grey and 16-bit pictures become 8-bit RGB.

    Args:
        path: The file.
        longest_side: A larger picture is reduced to this, pixels.

    Returns:
        (H, W, 3) uint8 RGB, C-contiguous.

    Raises:
        InputError: the file is missing, unreadable, broken off, no picture, or smaller than 32 pixels.
    """
    path = Path(path)
    data = _read(path)
    if not _is_whole(data):
        raise InputError(f"The picture {path.name} breaks off in the middle.", "Copy or download it again.")
    image = _decode(data)
    if image is None:
        raise InputError(f"{path.name} is not a picture that can be read.", _FORMATS_HINT)
    if min(image.shape[:2]) < SHORTEST_SIDE:
        height, width = image.shape[:2]
        raise InputError(f"The picture {path.name} is only {width}x{height} pixels.", "Use a larger one.")
    return _limited(image, longest_side)


def load_alpha(path: str | os.PathLike[str], longest_side: int = LONGEST_SIDE) -> U8 | None:
    """Read how opaque a still picture is.

    Args:
        path: A file that ``load_picture`` can read.
        longest_side: As for ``load_picture``.

    Returns:
        (H, W) uint8 of the size that ``load_picture`` returns, 255 opaque; None where nothing is transparent.

    Raises:
        InputError: the file is missing or unreadable.
    """
    import cv2

    image = cv2.imdecode(np.frombuffer(_read(Path(path)), np.uint8), cv2.IMREAD_UNCHANGED)
    if image is None or image.ndim < 3 or image.shape[2] != 4:
        return None
    alpha = image[..., 3].astype(np.float32) * (255 / np.iinfo(image.dtype).max)
    return _limited(np.asarray(np.rint(alpha), np.uint8), longest_side) if alpha.min() < 255 else None


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise InputError(f"{path} is a folder, not a picture.", "Name one picture in it.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"The picture {path} does not exist.", "Check the name and the folder.") from None
    except OSError as error:
        raise InputError(f"The picture {path} cannot be read: {error.strerror}.", "Check its permissions.") from error


def _is_whole(data: bytes) -> bool:
    """Look for the end mark that the format prescribes; decoders fill what is missing with grey and say nothing."""
    if data.startswith(b"\xff\xd8\xff"):
        return data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND" in data
    if data.startswith(b"RIFF"):
        return len(data) >= 8 + int.from_bytes(data[4:8], "little")
    return True


def _decode(data: bytes) -> U8 | None:
    import cv2

    raw = np.frombuffer(data, np.uint8)
    if raw.size == 0:
        return None
    try:
        image = cv2.imdecode(raw, cv2.IMREAD_UNCHANGED)
        if image is None or (image.ndim == 3 and image.shape[2] == 4):
            return None if image is None else _flattened(image)
        plain = cv2.imdecode(raw, cv2.IMREAD_COLOR_RGB)  # this flag applies EXIF rotation and reduces to 8 bits
    except cv2.error:  # more pixels than OpenCV agrees to decode, or a damaged header
        return None
    return None if plain is None else np.ascontiguousarray(plain)


def _flattened(image: Any) -> U8:
    """Lay (H, W, 4) BGRA of 8 or 16 bits on grey paper."""
    full = np.float32(np.iinfo(image.dtype).max)
    alpha = image[..., 3:].astype(np.float32) / full
    colour = image[..., 2::-1].astype(np.float32) * (255 / full)
    return np.asarray(np.rint(colour * alpha + _PAPER * (1 - alpha)), np.uint8)


def _limited(image: U8, longest_side: int) -> U8:
    import cv2

    height, width = image.shape[:2]
    factor = longest_side / max(height, width)
    if factor >= 1:
        return image
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))
