"""The choice of a runtime and its reasons, on described machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

import pytest
from helpers.signatures import signatures
from helpers.values import not_none

from avatarify.engines import background
from avatarify.engines.choose import CANDIDATES, Chosen, choose_runtime, list_runtimes
from avatarify.engines.target import EngineMissing, Watch
from avatarify.errors import EngineError, UsageError
from avatarify.locks import Cancelled
from avatarify.messages import Message
from avatarify.runtimes.probe import Gpu, Report, probe
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.registry import find_model

RTX = Gpu("NVIDIA GeForce RTX 4070", "8.9", 12282, "13.0")
LAPTOP = Report("CPU", 2, "2.13.0+cpu", False, "2026.4", onnxruntime="1.32", providers=("onnxruntime",))
RTX_PC = replace(LAPTOP, gpus=(RTX,), tensorrt_rtx="1.7", cuda_python="13.4")
Failing = dict[str, EngineError]

INTEL = ("openvino-gpu", "openvino-npu")
ENTRY: Any = None  # the openers of these tests do not look at the model


class OpenedRuntime:
    """A runtime that was opened; executes nothing."""

    def __init__(self, name: str) -> None:
        self.name, self.device = name, "somewhere"
        self.signatures = signatures()
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Choose(Protocol):
    """``choose_runtime`` with runtimes of which none is really opened."""

    def __call__(
        self,
        report: Report,
        wanted: str = "auto",
        opened: Mapping[str, OpenedRuntime] = ...,
        watch: Watch | None = None,
    ) -> Chosen: ...


@pytest.fixture
def failing() -> Failing:
    """Errors of the runtimes that cannot be opened, by name."""
    return {name: EngineError(f"OpenVINO finds no {name[-3:].upper()} here.") for name in INTEL}


@pytest.fixture
def choose(failing: Failing) -> Choose:
    def opener(name: str, opened: Mapping[str, OpenedRuntime]) -> Callable[[ModelEntry, Watch], Any]:
        def open_model(entry: ModelEntry, watch: Watch) -> OpenedRuntime:
            if name in failing:
                raise failing[name]
            return opened.get(name) or OpenedRuntime(name)

        return open_model

    def chosen(
        report: Report,
        wanted: str = "auto",
        opened: Mapping[str, OpenedRuntime] = MappingProxyType({}),
        watch: Watch | None = None,
    ) -> Chosen:
        candidates = [replace(one, open=opener(one.name, opened), open_wanted=None) for one in CANDIDATES]
        return choose_runtime(find_model("built-in"), wanted, report, candidates, watch)

    return chosen


def test_the_order_is_the_documented_one() -> None:
    order = "tensorrt tensorrt-rtx torch-cuda directml coreml openvino-gpu openvino-npu openvino onnxruntime torch"
    assert list_runtimes() == ["auto", *order.split()]


def test_a_laptop_without_a_gpu_gets_openvino_and_no_warning(choose: Choose) -> None:
    chosen = choose(LAPTOP)
    assert chosen.runtime.name == "openvino"
    assert str(chosen.reason) == "openvino: no usable GPU, and OpenVINO is fastest on a CPU"
    assert chosen.refused == []


def test_intels_devices_come_before_the_cpu_and_are_not_missed(choose: Choose, failing: Failing) -> None:
    warned = list[Message]()
    assert choose(LAPTOP, watch=Watch(warn=warned.append)).runtime.name == "openvino"
    assert warned == []
    del failing["openvino-npu"]
    assert choose(LAPTOP).runtime.name == "openvino-npu"
    with pytest.raises(EngineError, match="OpenVINO finds no GPU"):
        choose(LAPTOP, "openvino-gpu")


def test_an_unused_gpu_is_always_reported(choose: Choose) -> None:
    """The oldest complaint: a GPU in the machine, torch built for the CPU, and no warning."""
    chosen = choose(replace(LAPTOP, gpus=(RTX,)))
    assert chosen.runtime.name == "openvino"
    assert "tensorrt-rtx is not used: the package is not installed" in chosen.refused[1]
    assert "is a CPU build, although this machine has an NVIDIA GPU" in chosen.refused[2]


def test_an_rtx_gpu_needs_no_cuda_build_of_torch(choose: Choose) -> None:
    assert choose(RTX_PC).runtime.name == "tensorrt-rtx"


def test_without_tensorrt_a_cuda_build_of_torch_is_used(choose: Choose) -> None:
    report = replace(LAPTOP, gpus=(RTX,), torch="2.13.0", torch_cuda=True)
    assert choose(report).runtime.name == "torch-cuda"


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (replace(RTX_PC, cuda_python=None), "cuda-python is not installed"),
        (replace(RTX_PC, gpus=(replace(RTX, cuda="12.4"),)), r"CUDA 12\.4, and 12\.9 is needed \(driver 575"),
        (replace(RTX_PC, gpus=(replace(RTX, memory_mb=1500),)), "has 1500 MB of memory, and 2000"),
        (
            replace(RTX_PC, gpus=(replace(RTX, name="NVIDIA H100", compute_capability="9.0"),)),
            "NVIDIA H100 has compute capability 9.0",
        ),
    ],
)
def test_what_tensorrt_rtx_lacks_is_named_exactly(choose: Choose, report: Report, reason: str) -> None:
    with pytest.raises(EngineError, match=reason):
        choose(report, "tensorrt-rtx")
    chosen = choose(report)
    assert chosen.runtime.name == "openvino"
    assert any(str(warning).startswith("tensorrt-rtx is not used") for warning in chosen.refused)


def test_a_runtime_without_a_valid_engine_is_skipped_and_named(choose: Choose, failing: Failing) -> None:
    failing["tensorrt-rtx"] = EngineError("No valid engine generate of 'built-in' for tensorrt-rtx fp16.")
    chosen = choose(RTX_PC)
    assert chosen.runtime.name == "openvino"
    assert any("generate of 'built-in' for tensorrt-rtx fp16" in warning for warning in chosen.refused)


def test_graphs_that_break_the_contract_are_refused_and_named(choose: Choose) -> None:
    """Here with one output misnamed: it is reported when the model is opened, not in a frame."""
    wrong = OpenedRuntime("tensorrt-rtx")
    graph = wrong.signatures["generate"]
    outputs = {{"deformation": "flow"}.get(name, name): kind for name, kind in graph.outputs.items()}
    wrong.signatures["generate"] = replace(graph, outputs=outputs)
    with pytest.raises(EngineError, match="graph generate has no tensor 'deformation'"):
        choose(RTX_PC, wrong.name, {wrong.name: wrong})
    assert wrong.closed
    chosen = choose(RTX_PC, opened={wrong.name: wrong})
    assert chosen.runtime.name == "openvino"
    assert any("tensorrt-rtx is not used: The graph generate has no tensor" in warning for warning in chosen.refused)


def test_a_missing_engine_is_built_in_the_background_once(
    choose: Choose, failing: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    spawned = list[tuple[str, ...]]()
    monkeypatch.setattr(background, "_started", set())
    monkeypatch.setattr(background, "start_avatarify", lambda *words: spawned.append(words))
    failing["tensorrt-rtx"] = EngineMissing("No valid engine: truncated.", "Run: avatarify build-engines")
    for _ in range(2):
        chosen = choose(RTX_PC)
        assert chosen.runtime.name == "openvino"
        assert any("in the background" in warning for warning in chosen.refused)
    (words,) = spawned
    assert words == ("build-engines", "--model", "built-in", "--target", "tensorrt-rtx")


def test_nothing_is_built_in_the_background_without_a_gpu(
    choose: Choose, failing: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "start_avatarify", lambda *words: pytest.fail("it was started"))
    failing["openvino"] = EngineMissing("not built")
    assert choose(LAPTOP).runtime.name == "onnxruntime"


def test_other_gpus_are_used_through_onnx_runtime(choose: Choose) -> None:
    assert choose(replace(LAPTOP, providers=("directml", "onnxruntime"))).runtime.name == "directml"
    assert choose(replace(LAPTOP, providers=("coreml", "onnxruntime"))).runtime.name == "coreml"


def test_without_openvino_onnx_runtime_and_then_torch_are_used_and_the_reasons_reported(choose: Choose) -> None:
    chosen = choose(replace(LAPTOP, openvino=None))
    assert chosen.runtime.name == "onnxruntime"
    assert any("openvino is not installed" in warning for warning in chosen.refused)
    chosen = choose(replace(LAPTOP, openvino=None, onnxruntime=None, providers=()))
    assert chosen.runtime.name == "torch"
    assert any("onnxruntime is not installed" in warning for warning in chosen.refused)


def test_a_requested_runtime_is_opened_or_refused(choose: Choose) -> None:
    chosen = choose(LAPTOP, "torch")
    assert (chosen.runtime.name, str(chosen.reason)) == ("torch", "torch: requested")
    for name in ("torch-cuda", "tensorrt"):
        with pytest.raises(EngineError, match="no NVIDIA driver"):
            choose(LAPTOP, name)


def test_an_unknown_runtime_is_a_usage_error(choose: Choose) -> None:
    with pytest.raises(UsageError, match="no runtime 'warp'") as caught:
        choose(LAPTOP, "warp")
    assert all(name in caught.value.hint for name in list_runtimes())


def test_a_runtime_that_cannot_be_opened_is_skipped_and_reported(choose: Choose, failing: Failing) -> None:
    failing["openvino"] = EngineError("out of memory")
    chosen = choose(LAPTOP)
    assert chosen.runtime.name == "onnxruntime"
    assert "out of memory" in chosen.refused[0]


def test_a_slower_runtime_is_announced_with_reason_and_remedy(choose: Choose, failing: Failing) -> None:
    failing["openvino"] = EngineError("OpenVINO cannot compile the model: no memory.", "Close other programs.")
    warned, announced = list[Message](), list[Message]()
    choose(LAPTOP, watch=Watch(announce=announced.append, warn=warned.append))
    (warning,) = map(str, warned)
    assert warning == "openvino is not used: OpenVINO cannot compile the model: no memory. Close other programs."
    assert list(map(str, announced)) == ["The model runs on onnxruntime instead: somewhere."]


def test_nothing_is_announced_where_the_best_runtime_works(choose: Choose) -> None:
    said = list[Message]()
    choose(LAPTOP, watch=Watch(announce=said.append, warn=said.append))
    assert said == []


def test_a_stopped_preparation_does_not_go_on_with_a_slower_runtime(choose: Choose, failing: Failing) -> None:
    failing["openvino"] = Cancelled()
    with pytest.raises(Cancelled):
        choose(LAPTOP)


def test_when_no_runtime_works_all_reasons_are_reported(choose: Choose, failing: Failing) -> None:
    failing["openvino"] = failing["onnxruntime"] = failing["torch"] = EngineError("Out of memory.")
    with pytest.raises(EngineError, match=r"openvino is not used: Out of memory.*torch is not used: Out of memory"):
        choose(LAPTOP)


def test_the_probe_knows_this_machine() -> None:
    report = probe()
    assert report.threads >= 1
    assert not_none(report.torch).startswith("2.13.0")
    assert report.cpu
    assert report.memory_mb > 0
    assert report.nvidia_driver is bool(report.gpus)
