"""The NVIDIA driver, as far as a session needs it: memory, one stream, copies, graphs. Needs no torch."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import DeviceError, EngineError

Bytes = NDArray[np.uint8]


class Driver(Protocol):
    """One GPU with one stream; all work is done in the order in which it was asked for. One thread calls it.

    Attributes:
        name: The GPU in words.
        stream: Its stream's handle, for libraries that put their own work there.
    """

    name: str
    stream: int

    def allocate(self, size: int) -> int:
        """Return the address of so many bytes on the GPU.

        Raises:
            EngineError: its memory is full.
        """
        ...

    def pin(self, size: int) -> Bytes:
        """Return host memory that the GPU copies from and to without a detour."""
        ...

    def upload(self, address: int, source: Bytes) -> None:
        """Copy to the GPU; ``source`` is pinned and stays unchanged until the stream has got there."""
        ...

    def download(self, target: Bytes, address: int) -> None:
        """Copy from the GPU into pinned memory; it is there after ``wait``."""
        ...

    def wait(self) -> None:
        """Return when everything asked for is done.

        Raises:
            DeviceError: the GPU gave up.
        """
        ...

    def capture(self, work: Callable[[], None]) -> Callable[[], None]:
        """Record what ``work`` puts on the stream as a CUDA graph, without doing it; the result does it at once.

        Raises:
            DeviceError: it cannot be recorded.
        """
        ...

    def close(self) -> None:
        """Give all memory back; may be called twice."""
        ...


class CudaDriver:
    """The first NVIDIA GPU, through cuda-python; shares the primary context with torch, if that is there.

    Raises:
        EngineError: no driver, no GPU, or cuda-python is not installed.
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
            raise EngineError(f"No NVIDIA driver answers: {error}", "Run 'avatarify doctor'.") from error
        name = self._call(driver.cuDeviceGetName, 128, self._device)
        self.name = name.split(b"\0")[0].decode(errors="replace")
        self._stream = self._call(driver.cuStreamCreate, driver.CUstream_flags.CU_STREAM_NON_BLOCKING)
        self.stream = int(self._stream)
        self._addresses: list[Any] = []
        self._pinned: list[Any] = []
        self._graphs: list[Any] = []

    def allocate(self, size: int) -> int:
        """Allocate on the GPU."""
        try:
            address = self._call(self._cuda.cuMemAlloc, size)
        except DeviceError as error:
            raise EngineError(
                f"{size >> 20} MB of GPU memory cannot be had: {error}", "Close other programs."
            ) from error
        self._addresses.append(address)
        return int(address)

    def pin(self, size: int) -> Bytes:
        """Allocate pinned host memory."""
        address = self._call(self._cuda.cuMemHostAlloc, size, 0)
        self._pinned.append(address)
        return np.frombuffer(memoryview((ctypes.c_uint8 * size).from_address(int(address))), np.uint8)

    def upload(self, address: int, source: Bytes) -> None:
        """Copy to the GPU."""
        self._call(self._cuda.cuMemcpyHtoDAsync, address, source.ctypes.data, source.nbytes, self._stream)

    def download(self, target: Bytes, address: int) -> None:
        """Copy from the GPU."""
        self._call(self._cuda.cuMemcpyDtoHAsync, target.ctypes.data, address, target.nbytes, self._stream)

    def wait(self) -> None:
        """Wait for the stream."""
        self._call(self._cuda.cuStreamSynchronize, self._stream)

    def capture(self, work: Callable[[], None]) -> Callable[[], None]:
        """Record a CUDA graph."""
        cuda = self._cuda
        mode = cuda.CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL
        self._call(cuda.cuStreamBeginCapture, self._stream, mode)
        try:
            work()
        finally:
            graph = self._call(cuda.cuStreamEndCapture, self._stream)  # also where the work failed: else it goes on
        ready = self._call(cuda.cuGraphInstantiate, graph, 0)
        self._call(cuda.cuGraphDestroy, graph)
        self._graphs.append(ready)
        return lambda: self._call(cuda.cuGraphLaunch, ready, self._stream)

    def close(self) -> None:
        """Free everything."""
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
        """Call the driver; its first result is an error code, the second, if any, what was asked for."""
        if self._context is not None and self._thread != threading.get_ident():
            self._cuda.cuCtxSetCurrent(self._context)  # each thread has a current context of its own
            self._thread = threading.get_ident()
        code, *results = function(*values)
        if int(code) != 0:
            _, text = self._cuda.cuGetErrorString(code)
            told = text.decode() if isinstance(text, bytes) else str(code)
            raise DeviceError(f"CUDA error {int(code)}, {told}.", "Run 'avatarify doctor'.")
        return results[0] if results else None
