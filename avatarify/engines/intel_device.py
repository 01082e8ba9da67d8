"""Opens models on Intel's GPU or NPU with OpenVINO; ``auto`` uses them where they are faster than the CPU."""

from __future__ import annotations

import contextlib
import functools
import json
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify import paths
from avatarify.engines.compare import check
from avatarify.engines.prepare import announce_preparation, in_writable_cache
from avatarify.engines.reference.file import Reference, read_reference
from avatarify.engines.target import Watch
from avatarify.errors import EngineError
from avatarify.files import write_atomic
from avatarify.graphs.spec import ENCODE, GENERATE, KEYPOINTS
from avatarify.log import logger
from avatarify.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from avatarify.runtimes.base import Runtime
    from avatarify.zoo.manifest import ModelEntry

_WARM_UP, _TIMED = 3, 9  # frames


@functools.cache
def openvino_devices() -> dict[str, str]:
    """Return the devices that OpenVINO finds: full name by its own name, such as ``CPU``, ``GPU`` or ``GPU.1``."""
    from avatarify.runtimes.openvino_runtime import new_core

    core = new_core()
    return {device: str(core.get_property(device, "FULL_DEVICE_NAME")).strip() for device in core.available_devices}


@dataclass(frozen=True)
class IntelDevice:
    """Intel's GPU or NPU.

    Attributes:
        device: OpenVINO's name of the kind: ``GPU`` or ``NPU``.
        precisions: Tried in this order, until one passes the comparison with the reference.
    """

    device: str
    precisions: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the runtime: ``openvino-gpu``."""
        return f"openvino-{self.device.lower()}"

    def open(self, entry: ModelEntry, watch: Watch) -> Runtime:
        """Open a model, compare it with the reference, and keep the compiled kernels for the next start.

        Raises:
            EngineError: There is no such device, it cannot run the model, or its results differ too much.
        """
        self.require()
        return in_writable_cache(self._open)(entry, watch)

    def open_if_faster(self, cpu: Callable[[ModelEntry, Watch], Runtime], entry: ModelEntry, watch: Watch) -> Runtime:
        """Open a model if this device is faster than the CPU, which is measured once and remembered.

        Args:
            cpu: Opens the model on the CPU.
            entry: The model.
            watch: Progress and cancellation.

        Raises:
            EngineError: As ``open``, or the CPU is faster.
        """
        name = self.require()
        known = self._remembered(entry, name)
        if known is not None and known["device_ms"] >= known["cpu_ms"]:
            raise self._slower(known)
        runtime = self.open(entry, watch)
        if known is None:
            known = self._measure(runtime, cpu, entry, watch)
            self._remember(entry, name, known)
            if known["device_ms"] >= known["cpu_ms"]:
                runtime.close()
                raise self._slower(known)
        return runtime

    def require(self) -> str:
        """Return the full name of the device.

        Raises:
            EngineError: OpenVINO finds none.
        """
        found = openvino_devices()
        names = [name for device, name in found.items() if device.partition(".")[0] == self.device]
        if not names:
            raise EngineError(
                "OpenVINO finds no {device} here (it finds: {found}).",
                "Install Intel's driver for it, or use --runtime auto.",
                device=self.device,
                found=list(found),
            )
        return names[0]

    def _open(self, entry: ModelEntry, watch: Watch) -> Runtime:
        from avatarify.engines.cache import onnx_files, reference_file
        from avatarify.runtimes.openvino_runtime import OpenVinoRuntime

        entry.verify()
        if not any(self._cache.glob("*.blob")):
            announce_preparation(entry, watch)
        files = onnx_files(entry, watch)
        subject = Message("{runtime} for '{model}'", runtime=self.name, model=entry.manifest.name)
        for precision in self.precisions:
            watch.progress(Message("compiling for {device}", device=self.device), 0.0)
            runtime = OpenVinoRuntime(files, precision, self.device, self._cache)
            try:
                check(runtime, reference_file(entry), subject, precision, count=1)
            except EngineError as error:
                runtime.close()
                if precision == self.precisions[-1]:
                    raise
                logger("engines").info("%s is opened with more bits: %s", self.name, error)
            else:
                return runtime
        raise AssertionError("there is a precision")

    @property
    def _cache(self) -> Path:
        return paths.cache() / "engines" / self.name

    def _measure(
        self, runtime: Runtime, cpu: Callable[[ModelEntry, Watch], Runtime], entry: ModelEntry, watch: Watch
    ) -> dict[str, float]:
        from avatarify.engines.cache import reference_file

        watch.progress(Message("comparing the speed of {device} and CPU", device=self.device), 0.0)
        other = cpu(entry, watch)
        try:
            reference = read_reference(reference_file(entry), 1)
            return {"device_ms": frame_ms(runtime, reference), "cpu_ms": frame_ms(other, reference)}
        finally:
            other.close()

    def _key(self, entry: ModelEntry, device_name: str) -> dict[str, str]:
        from avatarify.engines.load import find_target, options_for

        target = find_target("openvino")
        cpu = target.device(options_for(entry, target))
        return {
            "weights": entry.manifest.sha256,
            "builder": target.builder(),
            "device": device_name,
            "cpu": cpu,
        }

    def _remembered(self, entry: ModelEntry, device_name: str) -> dict[str, float] | None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            record = json.loads(self._record(entry).read_text(encoding="utf-8"))
            if record["key"] == self._key(entry, device_name):
                return {name: float(record[name]) for name in ("device_ms", "cpu_ms")}
        return None

    def _remember(self, entry: ModelEntry, device_name: str, measured: dict[str, float]) -> None:
        content = json.dumps({"key": self._key(entry, device_name), **measured}, indent=2)
        with contextlib.suppress(OSError):  # it is measured again at the next start
            self._cache.mkdir(parents=True, exist_ok=True)
            write_atomic(self._record(entry), content.encode() + b"\n")

    def _record(self, entry: ModelEntry) -> Path:
        return self._cache / f"{entry.manifest.name}.json"

    def _slower(self, measured: dict[str, float]) -> EngineError:
        return EngineError(
            "The CPU is faster: {cpu:.0f} ms a frame, {device} {other:.0f} ms.",
            "Use --runtime {runtime} to use it all the same.",
            cpu=measured["cpu_ms"],
            other=measured["device_ms"],
            device=self.device,
            runtime=self.name,
        )


GPU = IntelDevice("GPU", ("fp16", "fp32"))
NPU = IntelDevice("NPU", ("fp16",))  # it computes with 16 bits only


def frame_ms(runtime: Runtime, reference: Reference) -> float:
    """Return the median time of a frame, ``keypoints`` and ``generate``, in milliseconds.

    Args:
        runtime: With these graphs.
        reference: Its first frame is used.
    """
    case = reference.cases[0]
    inputs = runtime.run(ENCODE.name, reference.encode) | reference.source | case.generate
    times = []
    for _ in range(_WARM_UP + _TIMED):
        started = time.perf_counter()
        runtime.run(KEYPOINTS.name, case.keypoints)
        runtime.run(GENERATE.name, inputs)
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times[_WARM_UP:])
