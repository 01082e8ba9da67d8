"""Image files whose picture is intact though something else in them is damaged: they are shown, as browsers do."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL.Image import Image

_JPEG, _JPEG_END = b"\xff\xd8", b"\xff\xd9"
# Bits that a decoder would read where data are missing. A picture that is the same with each of them needs none.
_PADDINGS = (b"\x00", b"\x55", b"\xaa")
_PADDED = 64
_PNG = b"\x89PNG\r\n\x1a\n"
_PIXELS = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_LOOKS = (b"tRNS", b"iCCP", b"eXIf")  # transparency, colors, rotation
_MOST_BYTES = 1 << 28  # of what is repaired, and so held in memory


def read_damaged(stream: BinaryIO, read: Callable[[BinaryIO], Image]) -> Image | None:
    """Read an image of which only parts besides the picture are damaged.

    A JPEG may lack its end marker. A PNG may have texts of any size, and any damage outside its picture.

    Args:
        stream: The file.
        read: Decodes a repaired file; raises whatever Pillow raises.

    Returns:
        The image; None if the picture itself is damaged, or the file is of another format or too large.
    """
    stream.seek(0)
    start = stream.read(len(_PNG))
    stream.seek(0)
    if start.startswith(_JPEG):
        return _without_end(stream.read(_MOST_BYTES), read)
    if start != _PNG:
        return None
    with contextlib.suppress(Exception):  # a profile may be intact and yet senseless
        return read(_only(stream, _PIXELS + _LOOKS))
    return read(_only(stream, _PIXELS))


def _without_end(content: bytes, read: Callable[[BinaryIO], Image]) -> Image | None:
    body = content.rstrip(b"\xff")  # half an end marker
    first: Image | None = None
    for padding in _PADDINGS:
        image = read(io.BytesIO(body + padding * _PADDED + _JPEG_END))
        if first is not None and image.tobytes() != first.tobytes():
            return None
        first = first or image
    return first


def _only(stream: BinaryIO, kinds: tuple[bytes, ...]) -> BinaryIO:
    """Return a PNG with its chunks of these kinds."""
    return io.BytesIO(b"".join((_PNG, *_chunks(stream, kinds))))


def _chunks(stream: BinaryIO, kinds: tuple[bytes, ...]) -> Iterator[bytes]:
    left = _MOST_BYTES
    stream.seek(len(_PNG))
    while len(header := stream.read(8)) == 8:
        size, kind = struct.unpack(">I4s", header)
        if kind not in kinds:
            stream.seek(size + 4, io.SEEK_CUR)
            continue
        if (left := left - size) < 0:
            return
        body = stream.read(size + 4)
        if kind in _PIXELS or body[-4:] == struct.pack(">I", zlib.crc32(kind + body[:-4])):
            yield header + body
