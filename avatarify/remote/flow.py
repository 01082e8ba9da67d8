"""The code of a backward flow: a coarse grid with 12 bits a half crop, and what bilinear upsampling leaves.

Networks compute motion at 64 x 64 and upsample it bilinearly; only eyelids and gaze are finer. So a grid of a quarter
of the side gives back almost all of it, and the remainder is zero outside the eyes.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.frames import F32
from avatarify.remote.protocol import ProtocolError

_FINE = 256  # from this side on, a quarter of it is sent
_QUARTER = 4
_STEPS, _LEFT_STEPS = 4096, 1024  # of a half crop
_ROUNDS = 3  # until the upsampled grid meets the flow
_FASTEST = 1  # of zlib's levels


def pack_flow(flow: F32) -> tuple[bytes, bytes]:
    """Return the coarse grid and the remainder, compressed; they differ from the flow by 1/1024 at most.

    Args:
        flow: (F, F, 2) float32, within -8 and 8.
    """
    steps = np.rint(np.clip(_coarse(flow) * _STEPS, -32768, 32767)).astype(np.int16)
    left = np.clip(np.trunc((flow - _upsampled(steps, len(flow))) * _LEFT_STEPS), -127, 127).astype(np.int8)
    return _packed(_differences(steps)), _packed(left.transpose(2, 0, 1)) if left.any() else b""


def unpack_flow(coarse: bytes, left: bytes, side: int) -> F32:
    """Return the (F, F, 2) float32 flow of side F.

    Raises:
        ProtocolError: The data are damaged, or of another size.
    """
    cells = side // _QUARTER if side >= _FINE else side
    planes = _unpacked(coarse, np.dtype("<i2"), cells)
    steps = np.cumsum(np.cumsum(planes, 1, dtype=np.int16), 2, dtype=np.int16).transpose(1, 2, 0)
    flow = _upsampled(steps, side)
    if left:
        flow += _unpacked(left, np.dtype("i1"), side).transpose(1, 2, 0) / np.float32(_LEFT_STEPS)
    return flow


def _coarse(flow: F32) -> F32:
    if len(flow) < _FINE:
        return flow
    grid: F32 = _middles(flow)
    for _ in range(_ROUNDS):
        grid = np.asarray(grid + _middles(flow - _resized(grid, len(flow))), np.float32)
    return grid


def _middles(flow: F32) -> F32:
    """Return the mean of the four middle cells of each 4 x 4 block."""
    return np.asarray((flow[1::4, 1::4] + flow[1::4, 2::4] + flow[2::4, 1::4] + flow[2::4, 2::4]) / 4, np.float32)


def _upsampled(steps: NDArray[np.int16], side: int) -> F32:
    grid: F32 = np.asarray(np.ascontiguousarray(steps, np.float32) / _STEPS, np.float32)
    return _resized(grid, side) if len(grid) < side else grid


def _resized(grid: F32, side: int) -> F32:
    import cv2

    return np.asarray(cv2.resize(grid, (side, side), interpolation=cv2.INTER_LINEAR), np.float32)


def _differences(steps: NDArray[np.int16]) -> NDArray[np.int16]:
    """Along both axes; 16 bits wrap around, and back when they are added up."""
    planes = steps.transpose(2, 0, 1)
    across = np.diff(planes, axis=2, prepend=np.int16(0))
    return np.diff(across, axis=1, prepend=np.int16(0))


def _packed(array: NDArray[np.int16] | NDArray[np.int8]) -> bytes:
    return zlib.compress(np.ascontiguousarray(array).tobytes(), _FASTEST)


def _unpacked(data: bytes, kind: np.dtype[Any], side: int) -> NDArray[Any]:
    size = 2 * side * side * kind.itemsize
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(data, size)
    except zlib.error as error:
        raise ProtocolError("a damaged flow") from error
    if len(raw) != size:
        raise ProtocolError("a flow of another size")
    return np.frombuffer(raw, kind).reshape(2, side, side)
