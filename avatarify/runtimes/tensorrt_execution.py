"""The memory of one engine on host and GPU, and its execution: step by step at first, then as a CUDA graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from numpy.typing import NDArray

from avatarify.errors import DeviceError
from avatarify.log import logger
from avatarify.runtimes.base import Arrays
from avatarify.runtimes.cuda import GpuDriver
from avatarify.runtimes.tensorrt_engine import Engine, Tensor


class Execution:
    """Executes one engine with buffers that are allocated once.

    Args:
        engine: The loaded plan.
        driver: The GPU.

    Raises:
        EngineError: The GPU's memory is full.
    """

    def __init__(self, engine: Engine, driver: GpuDriver) -> None:
        self.engine, self._driver = engine, driver
        self._addresses = {tensor.name: driver.allocate(tensor.size) for tensor in engine.tensors}
        self._pinned = {tensor.name: driver.pin(tensor.size) for tensor in engine.tensors}
        self._inputs = [tensor for tensor in engine.tensors if tensor.is_input]
        self._outputs = [tensor for tensor in engine.tensors if not tensor.is_input]
        self._uploaded: dict[str, NDArray[Any]] = {}
        self._runs = 0
        self._launch: Callable[[], None] = self._enqueue

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute the engine once and return copies of its outputs.

        Args:
            inputs: By name. An array that is not writable, and was the input before, is not copied again.

        Raises:
            KeyError: An input is missing.
            ValueError: An input has another shape or dtype.
            DeviceError: The GPU failed.
        """
        for tensor in self._inputs:
            self._upload(tensor, inputs[tensor.name])
        if self._runs == 1:  # the first run has warmed the engine up, as recording requires
            self._record()
        self._runs += 1
        self._launch()
        self._driver.wait()
        return {tensor.name: self._view(tensor).copy() for tensor in self._outputs}

    def close(self) -> None:
        """Free the engine; the driver frees the memory."""
        self.engine.close()

    def _upload(self, tensor: Tensor, array: NDArray[Any]) -> None:
        if self._uploaded.get(tensor.name) is array and not array.flags.writeable:
            return
        if array.shape != tensor.shape or array.dtype != tensor.dtype:
            raise ValueError(f"{tensor.name} must be {tensor.dtype} {tensor.shape}, not {array.dtype} {array.shape}")
        self._view(tensor)[...] = array
        self._driver.upload(self._addresses[tensor.name], self._pinned[tensor.name])
        self._uploaded[tensor.name] = array

    def _record(self) -> None:
        """Record the execution as a CUDA graph, which one call launches; if that fails, go on step by step."""
        try:
            self._launch = self._driver.capture(self._enqueue)
        except DeviceError as error:
            logger("runtimes").info("no CUDA graph: %s", error)

    def _enqueue(self) -> None:
        for name, address in self._addresses.items():
            self.engine.bind(name, address)
        self.engine.enqueue(self._driver.stream)
        for tensor in self._outputs:
            self._driver.download(self._pinned[tensor.name], self._addresses[tensor.name])

    def _view(self, tensor: Tensor) -> NDArray[Any]:
        return self._pinned[tensor.name].view(tensor.dtype).reshape(tensor.shape)
