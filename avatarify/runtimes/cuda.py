"""The part of the NVIDIA driver that a session needs: memory, one stream, copies, CUDA graphs. Needs no torch."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import DeviceError, EngineError

Bytes = NDArray[np.uint8]


class GpuDriver(Protocol):
    """One GPU with one stream: work is done in the order of the calls. One thread calls it.

    Attributes:
        name: Name of the GPU.
        stream: Handle of the stream, for libraries that add their own work.
    """

    name: str
    stream: int

    def allocate(self, size: int) -> int:
        """Allocate memory on the GPU, in bytes, and return its address.

        Raises:
            EngineError: The GPU's memory is full.
        """
        ...

    def pin(self, size: int) -> Bytes:
        """Return page-locked host memory, (size,) uint8, from and to which the GPU copies directly."""
        ...

    def upload(self, address: int, source: Bytes) -> None:
        """Copy to the GPU; ``source`` is pinned, and must not change before the stream has copied it."""
        ...

    def download(self, target: Bytes, address: int) -> None:
        """Copy from the GPU into pinned memory, which is valid after ``wait``."""
        ...

    def wait(self) -> None:
        """Wait until the stream is idle.

        Raises:
            DeviceError: The GPU failed.
        """
        ...

    def capture(self, work: Callable[[], None]) -> Callable[[], None]:
        """Record what ``work`` adds to the stream as a CUDA graph, without doing it.

        Returns:
            A function that adds the recorded work to the stream in one launch.

        Raises:
            DeviceError: It cannot be recorded.
        """
        ...

    def close(self) -> None:
        """Free all memory; may be called twice."""
        ...


class CudaDriver:
    """An NVIDIA GPU, used through cuda-python; shares the primary context with torch.

    Args:
        number: Of the GPU, from 0.

    Raises:
        EngineError: There is no driver or no GPU, or cuda-python is not installed.
    """

    def __init__(self, number: int = 0) -> None:
        try:
            from cuda.bindings import driver
        except ImportError as error:
            raise EngineError("The package cuda-python is not installed.", "Run: pip install cuda-python") from error
        self._cuda = driver
        self._context: Any = None
        self._thread = 0
        try:
            self._call(driver.cuInit, 0)
            self._device = self._call(driver.cuDeviceGet, number)
            self._context = self._call(driver.cuDevicePrimaryCtxRetain, self._device)
        except (DeviceError, RuntimeError) as error:
            raise EngineError("No NVIDIA driver found: {reason}", "Run 'avatarify doctor'.", reason=error) from error
        name = self._call(driver.cuDeviceGetName, 128, self._device)
        self.name = name.split(b"\0")[0].decode(errors="replace")
        self._stream = self._call(driver.cuStreamCreate, driver.CUstream_flags.CU_STREAM_NON_BLOCKING)
        self.stream = int(self._stream)
        self._addresses: list[Any] = []
        self._pinned: list[Any] = []
        self._graphs: list[Any] = []

    def allocate(self, size: int) -> int:
        """Allocate memory on the GPU (see ``GpuDriver``)."""
        try:
            address = self._call(self._cuda.cuMemAlloc, size)
        except DeviceError as error:
            raise EngineError(
                "Could not allocate {size} MB of GPU memory: {reason}",
                "Close other programs.",
                size=size >> 20,
                reason=error,
            ) from error
        self._addresses.append(address)
        return int(address)

    def pin(self, size: int) -> Bytes:
        """Allocate pinned host memory (see ``GpuDriver``)."""
        address = self._call(self._cuda.cuMemHostAlloc, size, 0)
        self._pinned.append(address)
        return np.frombuffer(memoryview((ctypes.c_uint8 * size).from_address(int(address))), np.uint8)

    def upload(self, address: int, source: Bytes) -> None:
        """Copy to the GPU (see ``GpuDriver``)."""
        self._call(self._cuda.cuMemcpyHtoDAsync, address, source.ctypes.data, source.nbytes, self._stream)

    def download(self, target: Bytes, address: int) -> None:
        """Copy from the GPU (see ``GpuDriver``)."""
        self._call(self._cuda.cuMemcpyDtoHAsync, target.ctypes.data, address, target.nbytes, self._stream)

    def wait(self) -> None:
        """Wait for the stream (see ``GpuDriver``)."""
        self._call(self._cuda.cuStreamSynchronize, self._stream)

    def capture(self, work: Callable[[], None]) -> Callable[[], None]:
        """Record a CUDA graph (see ``GpuDriver``)."""
        cuda = self._cuda
        mode = cuda.CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL
        self._call(cuda.cuStreamBeginCapture, self._stream, mode)
        try:
            work()
        finally:
            graph = self._call(cuda.cuStreamEndCapture, self._stream)  # else it keeps recording after a failure
        ready = self._call(cuda.cuGraphInstantiate, graph, 0)
        self._call(cuda.cuGraphDestroy, graph)
        self._graphs.append(ready)
        return lambda: self._call(cuda.cuGraphLaunch, ready, self._stream)

    def close(self) -> None:
        """Free all memory and the context; may be called twice."""
        cuda = self._cuda
        groups = (
            (self._graphs, cuda.cuGraphExecDestroy),
            (self._addresses, cuda.cuMemFree),
            (self._pinned, cuda.cuMemFreeHost),
        )
        for handles, free in groups:
            while handles:
                free(handles.pop())
        if self._context is not None:
            cuda.cuStreamDestroy(self._stream)
            cuda.cuDevicePrimaryCtxRelease(self._device)
            self._context = None

    def _call(self, function: Callable[..., Any], *values: Any) -> Any:
        """Call the driver; its first result is an error code, the second, if any, the value."""
        if self._context is not None and self._thread != threading.get_ident():
            self._cuda.cuCtxSetCurrent(self._context)  # each thread has a current context of its own
            self._thread = threading.get_ident()
        code, *results = function(*values)
        if int(code) != 0:
            _, text = self._cuda.cuGetErrorString(code)
            reason = text.decode() if isinstance(text, bytes) else str(code)
            raise DeviceError("CUDA error {code}, {reason}.", "Run 'avatarify doctor'.", code=int(code), reason=reason)
        return results[0] if results else None
