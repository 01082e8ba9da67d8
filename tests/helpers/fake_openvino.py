"""An OpenVINO that finds an Intel GPU and an NPU: each computes on the CPU, as late and as wrong as a test wants."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avatarify.runtimes.openvino_runtime import load_openvino

NAMES = {"GPU": "Intel(R) Iris(R) Xe Graphics (iGPU)", "NPU": "Intel(R) AI Boost"}


@dataclass
class FakeDevices:
    """What the devices are like, and what was asked of them.

    Attributes:
        found: OpenVINO's names of those that are there, besides the CPU.
        delay_s: How much longer than the CPU each graph takes, by device.
        coarse: Precision hints with which results are useless.
        compiled: Device, name of the graph's file, and settings of each compilation.
    """

    found: tuple[str, ...] = ("GPU", "NPU")
    delay_s: dict[str, float] = field(default_factory=dict)
    coarse: tuple[str, ...] = ()
    compiled: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def core(self) -> FakeCore:
        """Return a core that knows these devices."""
        return FakeCore(self)


class FakeCore:
    """The part of ``openvino.Core`` that runtimes use; compiles everything for the real CPU."""

    def __init__(self, devices: FakeDevices) -> None:
        self._real = load_openvino().Core()
        self._devices = devices

    @property
    def available_devices(self) -> list[str]:
        return ["CPU", *self._devices.found]

    def get_property(self, device: str, name: str) -> Any:
        if device == "CPU":
            return self._real.get_property(device, name)
        assert name == "FULL_DEVICE_NAME"
        return NAMES[device.partition(".")[0]]

    def import_model(self, plan: bytes, device: str, settings: Mapping[str, str]) -> Any:
        assert device == "CPU", "engines are built for the CPU only"
        real = self._real.import_model(plan, device, dict(settings))
        return FakeCompiled(real, self._devices.delay_s.get("CPU", 0.0), spoil=False)

    def compile_model(self, model: Any, device: str, settings: Mapping[str, str]) -> Any:
        if device == "CPU":
            return self._real.compile_model(model, device, dict(settings))
        self._devices.compiled.append((device, Path(model).stem, dict(settings)))
        if folder := settings.get("CACHE_DIR"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            (Path(folder) / f"{Path(model).stem}.blob").touch()
        hint = {"INFERENCE_PRECISION_HINT": "f32"}
        spoil = settings["INFERENCE_PRECISION_HINT"] in self._devices.coarse
        return FakeCompiled(self._real.compile_model(model, "CPU", hint), self._devices.delay_s.get(device, 0.0), spoil)


class FakeCompiled:
    """A compiled model whose requests take longer, and may return nothing but zeros."""

    def __init__(self, real: Any, delay_s: float, spoil: bool) -> None:
        self._real, self._delay_s, self._spoil = real, delay_s, spoil
        self.inputs, self.outputs = real.inputs, real.outputs

    def create_infer_request(self) -> FakeRequest:
        return FakeRequest(self._real.create_infer_request(), self._delay_s, self._spoil, self.outputs)


class FakeRequest:
    """A request of a ``FakeCompiled``."""

    def __init__(self, real: Any, delay_s: float, spoil: bool, outputs: Any) -> None:
        self._real, self._delay_s, self._spoil, self._outputs = real, delay_s, spoil, outputs

    def infer(self, inputs: Mapping[str, Any], share_inputs: bool) -> None:
        time.sleep(self._delay_s)
        self._real.infer(inputs, share_inputs=share_inputs)
        if self._spoil:
            for port in self._outputs:
                self._real.get_tensor(port.any_name).data[:] = 0

    def get_tensor(self, name: str) -> Any:
        return self._real.get_tensor(name)

    def set_tensor(self, name: str, tensor: Any) -> None:
        self._real.set_tensor(name, tensor)
