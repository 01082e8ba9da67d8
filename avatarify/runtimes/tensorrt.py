"""TensorRT and TensorRT-RTX on an NVIDIA GPU, without torch: one stream, pinned buffers in pairs, CUDA graphs."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import DeviceError, EngineError
from avatarify.graphs.check import Signature, TensorType
from avatarify.graphs.spec import ENCODE
from avatarify.log import logger
from avatarify.runtimes.base import Arrays
from avatarify.runtimes.cuda import Bytes, CudaDriver, Driver
from avatarify.runtimes.plan_cache import RuntimeCache
from avatarify.runtimes.requirements import TENSORRT_MODULES

_SLOTS = 2
_KEPT = ENCODE.name  # its results are inputs of every frame: they stay on the GPU


@dataclass(frozen=True)
class Tensor:
    """An input or output of an engine."""

    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    is_input: bool

    @property
    def size(self) -> int:
        """Bytes."""
        return int(np.prod(self.shape, dtype=np.int64)) * self.dtype.itemsize


class Engine(Protocol):
    """A plan that was loaded.

    Attributes:
        tensors: Its inputs and outputs.
    """

    tensors: list[Tensor]

    def bind(self, name: str, address: int) -> None:
        """Tell where on the GPU a tensor is."""
        ...

    def enqueue(self, stream: int) -> None:
        """Put one execution on the stream.

        Raises:
            DeviceError: it is refused.
        """
        ...

    def close(self) -> None:
        """Free it; may be called twice."""
        ...


@dataclass(frozen=True)
class DeviceArray:
    """An output where it is, on the GPU: ``torch.as_tensor`` takes it without a copy.

    Valid until the graph runs the next time but one. Holds no memory of its own.
    """

    address: int
    shape: tuple[int, ...]
    dtype: np.dtype[Any]

    @property
    def __cuda_array_interface__(self) -> dict[str, object]:
        """The standard by which CUDA libraries share arrays."""
        return {"data": (self.address, False), "shape": self.shape, "typestr": self.dtype.str, "version": 3}


@dataclass
class _Slot:
    """Memory for one execution under way; there are two, so that one is filled while the other is computed."""

    addresses: dict[str, int]
    hosts: dict[str, Bytes]
    resident: dict[str, NDArray[Any]] = field(default_factory=dict)
    runs: int = 0
    launch: Any = None


class TensorRtRuntime:
    """Executes engines on one GPU.

    Args:
        name: ``tensorrt`` or ``tensorrt-rtx``.
        driver: The GPU.
        engines: By graph.
        note: What else to tell about the device.
    """

    def __init__(self, name: str, driver: Driver, engines: Mapping[str, Engine], note: str = "") -> None:
        self.name, self._driver, self._engines = name, driver, dict(engines)
        self.signatures = {graph: _signature(engine) for graph, engine in engines.items()}
        self.device = f"{driver.name}{f' ({note})' if note else ''}"
        self._slots = {graph: [self._slot(engine) for _ in range(_SLOTS)] for graph, engine in engines.items()}
        self._turn = dict.fromkeys(engines, 0)

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph (see ``Runtime``)."""
        return self.collect(graph, self.submit(graph, inputs))

    def submit(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> int:
        """Start one execution and return its ticket; at most two of a graph may be under way.

        Raises:
            EngineError: the graph or an input is unknown or has another shape, or the GPU gave up.
        """
        if graph not in self._engines:
            raise EngineError(f"There is no graph '{graph}'.", f"There are: {', '.join(self._engines)}.")
        engine, ticket = self._engines[graph], self._turn[graph]
        self._turn[graph] = (ticket + 1) % _SLOTS
        slot = self._slots[graph][ticket]
        try:
            for tensor in engine.tensors:
                if tensor.is_input:
                    self._give(slot, tensor, inputs)
            self._start(engine, slot)
        except (KeyError, ValueError, DeviceError) as error:
            raise EngineError(f"{self.name} could not run '{graph}': {error}", "Use --runtime auto.") from error
        return ticket

    def collect(self, graph: str, ticket: int) -> Arrays:
        """Wait for an execution and return its outputs.

        Raises:
            EngineError: the GPU gave up.
        """
        try:
            self._driver.wait()
        except DeviceError as error:
            raise EngineError(f"{self.name} could not run '{graph}': {error}", "Use --runtime auto.") from error
        hosts = self._slots[graph][ticket].hosts
        outputs = {
            one.name: hosts[one.name].view(one.dtype).reshape(one.shape).copy()
            for one in self._engines[graph].tensors
            if not one.is_input
        }
        for value in outputs.values():
            value.flags.writeable = graph != _KEPT  # what cannot change need not be copied to the GPU again
        return outputs

    def device_outputs(self, graph: str, ticket: int) -> dict[str, DeviceArray]:
        """Wait for an execution and return its outputs where they are."""
        self._driver.wait()
        addresses = self._slots[graph][ticket].addresses
        tensors = self._engines[graph].tensors
        return {one.name: DeviceArray(addresses[one.name], one.shape, one.dtype) for one in tensors if not one.is_input}

    def close(self) -> None:
        """Free the GPU."""
        for engine in self._engines.values():
            engine.close()
        self._engines.clear()
        self._driver.close()

    def _slot(self, engine: Engine) -> _Slot:
        addresses = {one.name: self._driver.allocate(one.size) for one in engine.tensors}
        return _Slot(addresses, {one.name: self._driver.pin(one.size) for one in engine.tensors})

    def _give(self, slot: _Slot, tensor: Tensor, inputs: Mapping[str, NDArray[Any]]) -> None:
        """Copy an input to the GPU, unless the very same unchangeable array is there."""
        array = inputs[tensor.name]
        if slot.resident.get(tensor.name) is array and not array.flags.writeable:
            return
        if array.shape != tensor.shape or array.dtype != tensor.dtype:
            told = f"{tensor.name} must be {tensor.dtype} {tensor.shape}, not {array.dtype} {array.shape}"
            raise ValueError(told)
        slot.hosts[tensor.name].view(tensor.dtype).reshape(tensor.shape)[...] = array
        self._driver.upload(slot.addresses[tensor.name], slot.hosts[tensor.name])
        slot.resident[tensor.name] = array

    def _start(self, engine: Engine, slot: _Slot) -> None:
        """Execute: the first time step by step, which warms up, then as one CUDA graph if it can be recorded."""
        if slot.runs == 1:
            try:
                slot.launch = self._driver.capture(lambda: self._steps(engine, slot))
            except DeviceError as error:
                logger("runtimes").info("no CUDA graph: %s", error)
        slot.runs += 1
        if slot.launch is not None:
            slot.launch()
        else:
            self._steps(engine, slot)

    def _steps(self, engine: Engine, slot: _Slot) -> None:
        for name, address in slot.addresses.items():
            engine.bind(name, address)
        engine.enqueue(self._driver.stream)
        for one in engine.tensors:
            if not one.is_input:
                self._driver.download(slot.hosts[one.name], slot.addresses[one.name])


def _signature(engine: Engine) -> Signature:
    inputs, outputs = (
        {one.name: TensorType(one.dtype.name, one.shape) for one in engine.tensors if one.is_input is given}
        for given in (True, False)
    )
    return Signature(inputs, outputs)


def open_tensorrt(name: str, plans: Mapping[str, bytes], precision: str) -> TensorRtRuntime:
    """Load plans on the first GPU.

    Raises:
        EngineError: there is no driver, or a plan is not taken.
    """
    driver = CudaDriver()
    try:
        trt = importlib.import_module(TENSORRT_MODULES[name])
        engines = {graph: TrtEngine(trt, name, graph, plan, driver) for graph, plan in plans.items()}
        return TensorRtRuntime(name, driver, engines, f"{name} {trt.__version__}, {precision}")
    except ImportError as error:
        driver.close()
        raise EngineError(f"{name} is not installed.", f"Run: pip install 'avatarify[{name}]'") from error
    except Exception:
        driver.close()
        raise


class TrtEngine:
    """A plan, loaded by TensorRT.

    Args:
        trt: The imported package, ``tensorrt`` or ``tensorrt_rtx``.
        name: Its name for the user.
        graph: Which graph it is.
        plan: What ``build-engines`` made.
        driver: Whose context is current.

    Raises:
        EngineError: TensorRT does not take it; its own words are in the message.
    """

    def __init__(self, trt: Any, name: str, graph: str, plan: bytes, driver: Driver) -> None:
        from avatarify.runtimes.tensorrt_log import make_log

        self._log = make_log(trt)
        self._runtime = trt.Runtime(self._log)
        self._engine = self._runtime.deserialize_cuda_engine(plan)
        if self._engine is None:
            told = " ".join(self._log.lines[-3:]) or "it gave no reason"
            command = f"Run 'avatarify doctor', or avatarify build-engines --target {name} --force"
            raise EngineError(f"{name} does not take the engine {graph}: {told}", command)
        key = hashlib.sha256(plan + driver.name.encode() + trt.__version__.encode()).hexdigest()
        self._cache = RuntimeCache(key) if hasattr(self._engine, "create_runtime_config") else None
        self._context = (
            self._cache.context(trt, self._engine) if self._cache else self._engine.create_execution_context()
        )
        if self._context is None:
            raise EngineError(
                f"{name} cannot execute {graph}: {' '.join(self._log.lines[-3:])}", "Close other programs."
            )
        self.tensors = [self._tensor(trt, number) for number in range(self._engine.num_io_tensors)]

    def bind(self, name: str, address: int) -> None:
        """Tell where a tensor is."""
        self._context.set_tensor_address(name, address)

    def enqueue(self, stream: int) -> None:
        """Execute."""
        if not self._context.execute_async_v3(stream):
            raise DeviceError(f"TensorRT refused: {' '.join(self._log.lines[-3:])}", "Run 'avatarify doctor'.")

    def close(self) -> None:
        """Keep what was compiled for this GPU, and free the rest."""
        if self._cache is not None and self._engine is not None:
            self._cache.save()
        self._context = self._engine = self._runtime = None

    def _tensor(self, trt: Any, number: int) -> Tensor:
        name = self._engine.get_tensor_name(number)
        shape = tuple(self._engine.get_tensor_shape(name))
        dtype = np.dtype(trt.nptype(self._engine.get_tensor_dtype(name)))
        return Tensor(name, shape, dtype, self._engine.get_tensor_mode(name) == trt.TensorIOMode.INPUT)
