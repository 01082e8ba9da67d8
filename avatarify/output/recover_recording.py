"""Makes an interrupted recording playable."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_MEDIA_DATA = b"mdat"  # the box that ends each fragment of an MP4 file
_LARGE = 1  # this size means that the real one follows in 64 bits


def cut_to_last_fragment(file: Path) -> bool:
    """Cut off what follows the last complete fragment of a fragmented MP4 file.

    Args:
        file: A recording that was written in fragments of a second or so, and is truncated anywhere.

    Returns:
        Whether there is a complete fragment; a file without one is not changed.

    Raises:
        OSError: the file cannot be read or truncated.
    """
    size = file.stat().st_size
    with file.open("r+b") as stream:
        ends = [end for kind, end in _boxes(stream) if kind == _MEDIA_DATA and end <= size]
        if ends:
            stream.truncate(ends[-1])
    return bool(ends)


def _boxes(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield type and end of each top-level box, in order; the last one may end after the end of the file."""
    start = 0
    while len(header := stream.read(16)) >= 8:
        size, kind = struct.unpack(">I4s", header[:8])
        if size == _LARGE and len(header) == 16:
            size = struct.unpack(">Q", header[8:])[0]
        if size < 8:
            return
        start += size
        yield kind, start
        stream.seek(start)
