"""An engine that TensorRT or TensorRT-RTX has loaded, ready to be put on a CUDA stream."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from avatarify.errors import DeviceError, EngineError
from avatarify.runtimes.cuda import GpuDriver
from avatarify.runtimes.plan_cache import RuntimeCache
from avatarify.runtimes.tensorrt_log import last_words, make_log


@dataclass(frozen=True)
class Tensor:
    """An input or output of an engine, with a fixed shape."""

    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    is_input: bool

    @property
    def size(self) -> int:
        """Size in bytes."""
        return int(np.prod(self.shape, dtype=np.int64)) * self.dtype.itemsize


class Engine(Protocol):
    """A loaded plan.

    Attributes:
        tensors: Its inputs and outputs.
    """

    tensors: list[Tensor]

    def bind(self, name: str, address: int) -> None:
        """Set the address of a tensor on the GPU."""
        ...

    def enqueue(self, stream: int) -> None:
        """Put one execution on a stream.

        Raises:
            DeviceError: TensorRT refused it.
        """
        ...

    def close(self) -> None:
        """Free the engine; may be called twice."""
        ...


class TrtEngine:
    """A plan that TensorRT has loaded (see ``Engine``).

    Args:
        trt: The imported package, ``tensorrt`` or ``tensorrt_rtx``.
        name: Name of the runtime.
        graph: Name of the graph.
        plan: As ``build-engines`` built it.
        driver: Its context is current.

    Raises:
        EngineError: TensorRT rejected the plan; the message contains its log.
    """

    def __init__(self, trt: Any, name: str, graph: str, plan: bytes, driver: GpuDriver) -> None:
        self._log = make_log(trt)
        self._runtime = trt.Runtime(self._log)
        self._engine = self._runtime.deserialize_cuda_engine(plan)
        if self._engine is None:
            raise EngineError(
                "{runtime} rejected the engine {graph}: {reason}",
                "Run 'avatarify doctor', or 'avatarify build-engines --target {runtime} --force'.",
                runtime=name,
                graph=graph,
                reason=last_words(self._log),
            )
        key = hashlib.sha256(plan + driver.name.encode() + trt.__version__.encode()).hexdigest()
        self._cache = RuntimeCache(key) if hasattr(self._engine, "create_runtime_config") else None
        self._context = self._make_context(trt)
        if self._context is None:
            raise EngineError(
                "{runtime} cannot execute {graph}: {reason}",
                "Close other programs.",
                runtime=name,
                graph=graph,
                reason=last_words(self._log),
            )
        self.tensors = [self._tensor(trt, number) for number in range(self._engine.num_io_tensors)]

    def bind(self, name: str, address: int) -> None:
        """Set the address of a tensor (see ``Engine``)."""
        self._context.set_tensor_address(name, address)

    def enqueue(self, stream: int) -> None:
        """Put one execution on a stream (see ``Engine``)."""
        if not self._context.execute_async_v3(stream):
            raise DeviceError("TensorRT refused: {reason}", "Run 'avatarify doctor'.", reason=last_words(self._log))

    def close(self) -> None:
        """Save what was compiled for this GPU, and free the engine."""
        if self._cache is not None and self._engine is not None:
            self._cache.save()
        self._context = self._engine = self._runtime = None

    def _make_context(self, trt: Any) -> Any:
        if self._cache is None:
            return self._engine.create_execution_context()
        return self._cache.context(trt, self._engine)

    def _tensor(self, trt: Any, number: int) -> Tensor:
        name = self._engine.get_tensor_name(number)
        shape = tuple(self._engine.get_tensor_shape(name))
        dtype = np.dtype(trt.nptype(self._engine.get_tensor_dtype(name)))
        return Tensor(name, shape, dtype, self._engine.get_tensor_mode(name) == trt.TensorIOMode.INPUT)
