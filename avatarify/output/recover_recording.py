"""Makes a video that can be played out of a recording that broke off."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_PICTURES = b"mdat"  # the box that ends each fragment of an MP4 file
_LARGE = 1  # a size that says: the real one follows in 64 bits


def cut_to_last_fragment(file: Path) -> bool:
    """Cut what follows the last whole fragment off a fragmented MP4 file.

    Args:
        file: A part of a recording that was written in fragments, each of them of some pictures.

    Returns:
        Whether there is a whole fragment; a file without one is left alone.

    Raises:
        OSError: the file cannot be read or cut.
    """
    size = file.stat().st_size
    with file.open("r+b") as stream:
        ends = [end for kind, end in _boxes(stream) if kind == _PICTURES and end <= size]
        if ends:
            stream.truncate(ends[-1])
    return bool(ends)


def _boxes(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield kind and end of each box of a file, in order; the last one may end behind the file's end."""
    start = 0
    while len(head := stream.read(16)) >= 8:
        size, kind = struct.unpack(">I4s", head[:8])
        if size == _LARGE and len(head) == 16:
            size = struct.unpack(">Q", head[8:])[0]
        if size < 8:
            return
        start += size
        yield kind, start
        stream.seek(start)
