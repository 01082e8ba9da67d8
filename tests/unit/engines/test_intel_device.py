"""Intel's GPU and NPU on a fake OpenVINO: requested, or chosen where they are faster, and always compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from helpers.fake_openvino import NAMES, FakeDevices

from avatarify import paths
from avatarify.engines.choose import choose_runtime
from avatarify.engines.intel_device import openvino_devices
from avatarify.engines.target import Watch
from avatarify.errors import EngineError
from avatarify.runtimes import openvino_runtime
from avatarify.runtimes.base import Runtime
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.random_model import RANDOM, open_model

FAST, SLOW = 0.0, 0.06  # seconds that a graph takes longer than on the CPU


@pytest.fixture(scope="module")
def entry(cache: Any) -> ModelEntry:
    return open_model(RANDOM, "tiny")


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDevices]:
    for record in (paths.cache() / "engines").glob("openvino-*/*.json"):  # what was measured in another test
        record.unlink()
    fake = FakeDevices()
    monkeypatch.setattr(openvino_runtime, "new_core", fake.core)
    openvino_devices.cache_clear()
    yield fake
    openvino_devices.cache_clear()


def opened(entry: ModelEntry, wanted: str = "auto") -> Runtime:
    runtime = choose_runtime(entry, wanted).runtime
    runtime.close()
    return runtime


@pytest.mark.parametrize("kind", ["GPU", "NPU"])
def test_a_requested_device_is_used_with_its_kernel_cache(entry: ModelEntry, devices: FakeDevices, kind: str) -> None:
    runtime = opened(entry, f"openvino-{kind.lower()}")
    assert (runtime.name, runtime.device) == (f"openvino-{kind.lower()}", f"{kind} ({NAMES[kind]}, float16)")
    assert {graph for _, graph, _ in devices.compiled} == {"keypoints", "encode", "generate"}
    for device, _, settings in devices.compiled:
        assert device == kind
        assert settings["INFERENCE_PRECISION_HINT"] == "f16"
        assert settings["CACHE_DIR"].endswith(f"openvino-{kind.lower()}")


def test_a_gpu_that_is_too_coarse_with_16_bits_computes_with_32(entry: ModelEntry, devices: FakeDevices) -> None:
    devices.coarse = ("f16",)
    assert opened(entry, "openvino-gpu").device.endswith("float32)")
    with pytest.raises(EngineError, match=r"openvino-npu for 'fomm-random' was rejected"):
        choose_runtime(entry, "openvino-npu")


def test_a_device_that_computes_nonsense_is_never_used(entry: ModelEntry, devices: FakeDevices) -> None:
    devices.coarse = ("f16", "f32")
    assert opened(entry).name == "openvino"
    with pytest.raises(EngineError, match="was rejected"):
        choose_runtime(entry, "openvino-gpu")


def test_auto_measures_once_and_takes_what_is_faster(
    entry: ModelEntry, devices: FakeDevices, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices.delay_s = {"GPU": SLOW, "NPU": SLOW}
    steps = list[str]()
    watch = Watch(lambda step, fraction: steps.append(str(step)))
    choose_runtime(entry, watch=watch).runtime.close()
    assert [step for step in steps if "comparing the speed" in step] == [
        "comparing the speed of GPU and CPU",
        "comparing the speed of NPU and CPU",
    ]
    compiled = len(devices.compiled)
    assert opened(entry).name == "openvino"
    assert len(devices.compiled) == compiled  # the CPU is known to be faster
    assert opened(entry, "openvino-gpu").name == "openvino-gpu"


def test_auto_takes_a_device_that_is_faster(entry: ModelEntry, devices: FakeDevices) -> None:
    devices.delay_s = {"GPU": FAST, "CPU": SLOW}
    for _ in range(2):
        chosen = choose_runtime(entry)
        chosen.runtime.close()
        assert str(chosen.reason) == "openvino-gpu: it is faster than the CPU of this computer"
        assert chosen.refused == []


def test_a_device_that_is_not_there_is_named_with_those_that_are(entry: ModelEntry, devices: FakeDevices) -> None:
    devices.found = ("NPU",)
    with pytest.raises(EngineError, match=r"OpenVINO finds no GPU here \(it finds: CPU, NPU\)") as caught:
        choose_runtime(entry, "openvino-gpu")
    assert "Install Intel's driver" in caught.value.hint


def test_openvino_itself_lists_the_devices_of_this_machine() -> None:
    openvino_devices.cache_clear()
    assert "CPU" in openvino_devices()
    assert all(openvino_devices().values())
