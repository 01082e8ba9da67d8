"""Reads still images as people have them: rotated, transparent, with color profiles, gray, 16 bits deep, huge."""

from __future__ import annotations

import contextlib
import io
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from avatarify.errors import InputError
from avatarify.frames import U8
from avatarify.image_colors import eight_bits, to_srgb
from avatarify.image_repair import read_damaged
from avatarify.image_rotation import orientation_of, upright
from avatarify.image_tiff import read_deep_tiff
from avatarify.messages import Message

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 2160
SHORTEST_SIDE = 32
MOST_PIXELS = 100_000_000
_MOST_BYTES = 1 << 30
_FIRST_LYING = 5  # of the orientations; from here on, width and height are exchanged
_BACKGROUND = 128  # gray behind transparent parts: no dark or light halo around hair
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "BMP", "TIFF", "GIF")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_USE = Message("Use a PNG, JPEG, WebP, AVIF, BMP, or TIFF image.")


def load_picture(path: str | os.PathLike[str], longest_side: int = LONGEST_SIDE) -> U8:
    """Read the colors of a still image (see ``load_rgba``)."""
    return load_rgba(path, longest_side)[0]


def load_rgba(path: str | os.PathLike[str], longest_side: int = LONGEST_SIDE) -> tuple[U8, U8 | None]:
    """Read a still image and its transparency, as every viewer shows it.

    The rotation in the file is applied, colors are converted to sRGB, transparent parts become mid-gray, gray and
    deeper images become 8-bit RGB. Of an animation, the first picture is taken. Size and format are read from the
    header first; decoding takes at most 12 bytes per pixel.

    Args:
        path: The file, or a pipe.
        longest_side: A larger image is reduced to this, pixels.

    Returns:
        (H, W, 3) uint8 RGB, C-contiguous; and (H, W) uint8, 255 opaque, or None where nothing is transparent.

    Raises:
        InputError: The file is missing, unreadable, truncated, no image, smaller than 32 pixels, or larger than 100
            megapixels.
    """
    path = Path(path)
    with _opened(path) as stream, _decoding(path.name):
        pixels = _deep(stream, longest_side) or _repaired(stream, lambda file: _plain(file, path.name, longest_side))
    image = np.asarray(pixels)
    if image.shape[2] == 3:
        return np.ascontiguousarray(image), None
    alpha = np.ascontiguousarray(image[..., 3])
    return _flattened(image), None if alpha.min() == 255 else alpha


def size_of(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Return width and height of an image as it is shown, by its header.

    Raises:
        InputError: As for ``load_rgba``.
    """
    path = Path(path)
    with _opened(path) as stream, _decoding(path.name):
        image = _repaired(stream, lambda file: _with_header(file, path.name))
        lies = orientation_of(image) >= _FIRST_LYING
        return image.size[::-1] if lies else image.size


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, or read a pipe to its end."""
    if path.is_dir():
        raise InputError("{path} is a folder, not an image.", "Choose one image in it.", path=path)
    try:
        with path.open("rb") as stream:
            # A pipe cannot be read twice, and a device may have no end.
            yield stream if path.is_file() else io.BytesIO(stream.read(_MOST_BYTES))
    except FileNotFoundError:
        raise InputError("The image {path} does not exist.", "Check the name and the folder.", path=path) from None
    except (OSError, ValueError) as error:  # a name may contain what no name can
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            "The image {path} cannot be read: {reason}.", "Check its permissions.", path=path, reason=reason
        ) from error


@contextlib.contextmanager
def _decoding(name: str) -> Iterator[None]:
    """Turn whatever Pillow raises on damaged files into an InputError, and hide its warnings."""
    from PIL import PngImagePlugin
    from PIL.Image import DecompressionBombError

    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY  # programs that draw store their settings there
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except InputError:
            raise
        except DecompressionBombError as error:
            raise _too_large(name) from error
        except MemoryError as error:
            raise InputError("There is not enough memory for the image {name}.", "Reduce it.", name=name) from error
        except Exception as error:  # Pillow raises what its parsers happen to meet, from IndexError to SyntaxError
            if "truncated" in str(error).lower():
                raise InputError("The image {name} is truncated.", "Copy or download it again.", name=name) from error
            raise InputError("{name} is not an image that can be read.", _USE, name=name) from error


def _repaired(stream: BinaryIO, read: Callable[[BinaryIO], Image]) -> Image:
    """Read an image of which the picture is complete, though other parts of the file may not be."""
    from PIL.Image import DecompressionBombError

    try:
        return read(stream)
    except (InputError, DecompressionBombError, MemoryError):
        raise
    except Exception:
        image = read_damaged(stream, read)
        if image is None:
            raise
        return image


def _plain(stream: BinaryIO, name: str, longest_side: int) -> Image:
    """Decode, reduce, convert, and turn an image; return it as RGB or RGBA."""
    image = _with_header(stream, name)
    check_size(name, *image.size)
    image.draft("RGB" if image.mode == "RGB" else None, (longest_side, longest_side))  # a JPEG decodes reduced
    orientation, profile = orientation_of(image), image.info.get("icc_profile")
    return to_srgb(upright(_limited(eight_bits(image), longest_side), orientation), profile)


def _with_header(stream: BinaryIO, name: str) -> Image:
    """Read the header of an image; its pixels are decoded when they are used."""
    from PIL import Image

    Image.init()  # or only the five most frequent formats are known
    return Image.open(stream, formats=(*_FORMATS, *_heif(stream, name)))


def _deep(stream: BinaryIO, longest_side: int) -> Image | None:
    """Decode a TIFF of 16 or 32 bits, which Pillow does not read in color."""
    image = read_deep_tiff(stream, MOST_PIXELS)
    return None if image is None else _limited(image, longest_side)


def check_size(name: str, width: int, height: int) -> None:
    """Refuse an image by its header.

    Raises:
        InputError: It is smaller than 32 pixels, or larger than 100 megapixels.
    """
    if width * height > MOST_PIXELS:
        raise _too_large(name)
    if min(height, width) < SHORTEST_SIDE:
        raise InputError(
            "The image {name} is only {width}x{height} pixels.",
            "Use a larger one.",
            name=name,
            width=width,
            height=height,
        )


def _too_large(name: str) -> InputError:
    return InputError(
        "The image {name} has more than {limit} megapixels.", "Reduce it.", name=name, limit=MOST_PIXELS // 1_000_000
    )


def _heif(stream: BinaryIO, name: str) -> tuple[str, ...]:
    """Return the format HEIF if the file has it and a decoder is installed."""
    start = stream.read(12)
    stream.seek(0)
    if start[4:8] != b"ftyp" or start[8:12] not in _HEIC:
        return ()
    try:
        from pi_heif import register_heif_opener  # an extra: its library decodes HEVC, which is patented
    except ImportError as error:
        hint = "Save it as JPEG, or run: pip install pi-heif."
        raise InputError("{name} is a HEIC image, which cannot be read here.", hint, name=name) from error
    register_heif_opener()
    return ("HEIF",)


def _limited(image: Image, longest_side: int) -> Image:
    image.thumbnail((longest_side, longest_side))
    return image


def _flattened(image: Any) -> U8:
    """Lay (H, W, 4) uint8 RGBA on gray; return (H, W, 3) uint8 RGB."""
    alpha = image[..., 3:].astype(np.float32) / 255
    return np.asarray(np.rint(image[..., :3] * alpha + _BACKGROUND * (1 - alpha)), np.uint8)
