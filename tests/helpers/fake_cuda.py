"""A GPU that is played by the CPU: what a session does with a driver can be tried where there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from avatarify.errors import DeviceError, EngineError
from avatarify.runtimes.cuda import Bytes
from avatarify.runtimes.tensorrt_engine import Tensor


class FakeDriver:
    """Keeps the GPU's memory in arrays and does its work when it is asked to wait, in order, as a stream does.

    Args:
        memory: Bytes that can be allocated.
        records: Whether CUDA graphs can be recorded.

    Attributes:
        uploaded: Bytes copied to the GPU.
        launched: How many recorded graphs were launched.
        allocated: Bytes in use on the GPU.
    """

    name = "a GPU that is played"
    stream = 1

    def __init__(self, memory: int = 1 << 32, *, records: bool = True) -> None:
        self._memory, self._records = memory, records
        self._blocks: dict[int, Bytes] = {}
        self._queue: list[Callable[[], None]] = []
        self.uploaded = self.launched = self.allocated = 0

    def allocate(self, size: int) -> int:
        """Allocate."""
        if self.allocated + size > self._memory:
            raise EngineError("Could not allocate {size} MB of GPU memory.", "Close other programs.", size=size >> 20)
        self.allocated += size
        address = 4096 * (len(self._blocks) + 1)
        self._blocks[address] = np.full(size, 0xA5, np.uint8)  # as undefined as real memory
        return address

    def pin(self, size: int) -> Bytes:
        """Allocate."""
        return np.full(size, 0x5A, np.uint8)

    def upload(self, address: int, source: Bytes) -> None:
        """Copy when it is its turn."""
        self.uploaded += source.nbytes
        self.enqueue(lambda: self.block(address).__setitem__(slice(0, source.nbytes), source))

    def download(self, target: Bytes, address: int) -> None:
        """Copy when it is its turn."""
        self.enqueue(lambda: target.__setitem__(slice(None), self.block(address)[: target.nbytes]))

    def enqueue(self, work: Callable[[], None]) -> None:
        """Put work on the stream."""
        self._queue.append(work)

    def block(self, address: int) -> Bytes:
        """Return the memory at an address."""
        return self._blocks[address]

    def wait(self) -> None:
        """Do the work."""
        work, self._queue = self._queue, []
        for one in work:
            one()

    def capture(self, work: Callable[[], None]) -> Callable[[], None]:
        """Record."""
        if not self._records:
            raise DeviceError("CUDA error 900, operation not permitted when stream is capturing.")
        before, self._queue = self._queue, []
        work()
        recorded, self._queue = self._queue, before

        def launch() -> None:
            self.launched += 1
            self._queue.extend(recorded)

        return launch

    def close(self) -> None:
        """Forget all memory."""
        self._blocks.clear()
        self.allocated = 0


class OnnxEngine:
    """Stands where TensorRT's engine would: executes the ONNX file itself on a ``FakeDriver``'s memory.

    Args:
        file: A graph.
        driver: Whose memory its tensors are in.
    """

    def __init__(self, file: Path, driver: FakeDriver) -> None:
        from avatarify.runtimes.onnxruntime_runtime import open_session

        self._session, self._driver = open_session(file), driver
        self._bound: dict[str, int] = {}
        given, made = self._session.get_inputs(), self._session.get_outputs()
        self.tensors = [_tensor(one, True) for one in given] + [_tensor(one, False) for one in made]

    def bind(self, name: str, address: int) -> None:
        """Tell where a tensor is."""
        self._bound[name] = address

    def enqueue(self, stream: int) -> None:
        """Put the graph on the stream, with the addresses of now."""
        bound = dict(self._bound)
        self._driver.enqueue(lambda: self._execute(bound))

    def close(self) -> None:
        """Nothing to free."""

    def _execute(self, bound: dict[str, int]) -> None:
        inputs = {one.name: self._view(one, bound) for one in self.tensors if one.is_input}
        outputs = [one for one in self.tensors if not one.is_input]
        results: list[Any] = self._session.run([one.name for one in outputs], inputs)
        for one, result in zip(outputs, results, strict=True):
            self._view(one, bound)[...] = result

    def _view(self, tensor: Tensor, bound: dict[str, int]) -> Any:
        return self._driver.block(bound[tensor.name])[: tensor.size].view(tensor.dtype).reshape(tensor.shape)


def _tensor(port: Any, is_input: bool) -> Tensor:
    from avatarify.runtimes.onnxruntime_runtime import TYPES

    return Tensor(port.name, tuple(port.shape), np.dtype(TYPES[port.type]), is_input)
