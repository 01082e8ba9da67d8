"""Tensors in files, seen before they are read: what they are, and a way to get at their numbers with numpy alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BFLOAT16 = "bfloat16"
FLOATS = ("float16", BFLOAT16, "float32", "float64")
INTEGERS = ("uint8", "int8", "int16", "int32", "int64")


@dataclass(frozen=True)
class StoredTensor:
    """A tensor in a file.

    Attributes:
        kind: Type of its numbers as torch calls it, such as ``float32``, and what is unusual: ``float32 meta``.
        shape: Its sides.
        read: Returns its numbers; ``bfloat16`` as float32. Raises ValueError where the file does not have them.
    """

    kind: str
    shape: tuple[int, ...]
    read: Callable[[], NDArray[Any]]


def dtype_of(kind: str) -> np.dtype[Any]:
    """Return how numbers lie in a file: little-endian; ``bfloat16`` as the 16 bits that they are.

    Raises:
        ValueError: numpy has no such numbers.
    """
    if kind not in FLOATS + INTEGERS:
        raise ValueError(f"no numbers of the kind {kind}")
    return np.dtype(np.uint16 if kind == BFLOAT16 else kind).newbyteorder("<")


def numbers_of(raw: NDArray[Any], kind: str) -> NDArray[Any]:
    """Return numbers that lie as ``dtype_of`` says; ``bfloat16`` as float32, of which it is the upper half."""
    if kind == BFLOAT16:
        return (raw.astype(np.uint32) << 16).view(np.float32)
    return raw
