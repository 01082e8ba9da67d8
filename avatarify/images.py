"""Reads still images as people have them: rotated by EXIF, transparent, gray, 16 bits deep, huge."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from avatarify.errors import InputError
from avatarify.frames import U8
from avatarify.quiet import quiet_opencv

LONGEST_SIDE = 2160
SHORTEST_SIDE = 32
_BACKGROUND = 128  # gray behind transparent parts: no dark or light halo around hair
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"


def load_picture(path: str | os.PathLike[str], longest_side: int = LONGEST_SIDE) -> U8:
    """Read the colors of a still image (see ``load_rgba``)."""
    return load_rgba(path, longest_side)[0]


def load_rgba(path: str | os.PathLike[str], longest_side: int = LONGEST_SIDE) -> tuple[U8, U8 | None]:
    """Read a still image and its transparency.

    EXIF rotation is applied, transparent parts become mid-gray, gray and 16-bit images become 8-bit RGB.

    Args:
        path: The file.
        longest_side: A larger image is reduced to this, pixels.

    Returns:
        (H, W, 3) uint8 RGB, C-contiguous; and (H, W) uint8, 255 opaque, or None where nothing is transparent.

    Raises:
        InputError: The file is missing, unreadable, truncated, no image, or smaller than 32 pixels.
    """
    path = Path(path)
    data = _read(path)
    if not _is_complete(data):
        raise InputError("The image {name} is truncated.", "Copy or download it again.", name=path.name)
    decoded = _decode(data)
    if decoded is None:
        raise InputError(
            "{name} is not an image that can be read.", "Use a PNG, JPEG, WebP, BMP, or TIFF image.", name=path.name
        )
    image, alpha = decoded
    height, width = image.shape[:2]
    if min(height, width) < SHORTEST_SIDE:
        raise InputError(
            "The image {name} is only {width}x{height} pixels.",
            "Use a larger one.",
            name=path.name,
            width=width,
            height=height,
        )
    return _limited(image, longest_side), None if alpha is None else _limited(alpha, longest_side)


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise InputError("{path} is a folder, not an image.", "Choose one image in it.", path=path)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("The image {path} does not exist.", "Check the name and the folder.", path=path) from None
    except OSError as error:
        raise InputError(
            "The image {path} cannot be read: {reason}.", "Check its permissions.", path=path, reason=error.strerror
        ) from error


def _is_complete(data: bytes) -> bool:
    """Look for the end marker that the format prescribes: decoders fill what is missing with gray, silently."""
    if data.startswith(_JPEG):
        return data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda")
    if data.startswith(_PNG):
        return b"IEND" in data
    if data.startswith(b"RIFF"):
        return len(data) >= 8 + int.from_bytes(data[4:8], "little")
    return True


def _decode(data: bytes) -> tuple[U8, U8 | None] | None:
    """Return (H, W, 3) uint8 RGB and (H, W) uint8 alpha, if any; None for what OpenCV cannot decode."""
    import cv2

    raw = np.frombuffer(data, np.uint8)
    if raw.size == 0:
        return None
    quiet_opencv()
    try:
        if _may_be_transparent(data):
            image = cv2.imdecode(raw, cv2.IMREAD_UNCHANGED)
            if image is not None and image.ndim == 3 and image.shape[2] == 4:
                return _flattened(image), _alpha(image)
        plain = cv2.imdecode(raw, cv2.IMREAD_COLOR_RGB)  # this flag applies EXIF rotation and reduces to 8 bits
    except cv2.error:  # more pixels than OpenCV agrees to decode, or a damaged header
        return None
    return None if plain is None else (np.ascontiguousarray(plain), None)


def _may_be_transparent(data: bytes) -> bool:
    """Tell from the header whether an image has an alpha channel, so that most images are decoded only once."""
    if data.startswith(_JPEG):
        return False
    if data.startswith(_PNG):
        header = data[: data.find(b"IDAT")]
        return data[25:26] in (b"\x04", b"\x06") or b"tRNS" in header  # color types with alpha, or a transparent color
    if data.startswith(b"RIFF"):
        place = {b"VP8X": 20, b"VP8L": 24}.get(data[12:16])  # the byte whose bit 4 announces alpha; plain VP8 has none
        return place is not None and len(data) > place and bool(data[place] & 0x10)
    return True


def _flattened(image: Any) -> U8:
    """Lay (H, W, 4) BGRA of 8 or 16 bits on gray; return (H, W, 3) uint8 RGB."""
    full = np.float32(np.iinfo(image.dtype).max)
    alpha = image[..., 3:].astype(np.float32) / full
    color = image[..., 2::-1].astype(np.float32) * (255 / full)
    return np.asarray(np.rint(color * alpha + _BACKGROUND * (1 - alpha)), np.uint8)


def _alpha(image: Any) -> U8 | None:
    """Return the alpha of (H, W, 4) BGRA of 8 or 16 bits, (H, W) uint8; None if all of it is opaque."""
    full = np.iinfo(image.dtype).max
    if image[..., 3].min() == full:
        return None
    return np.asarray(np.rint(image[..., 3].astype(np.float32) * (255 / full)), np.uint8)


def _limited(image: U8, longest_side: int) -> U8:
    import cv2

    height, width = image.shape[:2]
    factor = longest_side / max(height, width)
    if factor >= 1:
        return image
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))
