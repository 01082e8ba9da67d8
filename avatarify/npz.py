"""Reads files of arrays that may be damaged in any way: torn, of another kind, or made by somebody else."""

from __future__ import annotations

import contextlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

# What numpy and zipfile raise on files that are damaged in one place or another.
_DAMAGED = (
    ValueError,
    LookupError,
    ArithmeticError,
    EOFError,
    TypeError,
    AttributeError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)


@contextlib.contextmanager
def reading_arrays(file: Path) -> Iterator[Any]:
    """Open an ``.npz`` file without pickles; any fault of it that the block meets is a ``ValueError``.

    Raises:
        OSError: It is missing or cannot be read.
        ValueError: It is damaged, or the block cannot use its content.
    """
    try:
        # numpy would leave the file open if it is no archive.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as content:
            yield content
    except _DAMAGED as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
