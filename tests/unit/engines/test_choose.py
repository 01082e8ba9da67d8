"""The choice of runtime and its reasons, on machines that are described, not had."""

from dataclasses import replace
from typing import Any

import pytest
from helpers.signatures import signatures
from helpers.values import not_none

from avatarify.engines import background, choose
from avatarify.engines.choose import choose_runtime, list_runtimes
from avatarify.engines.target import EngineMissing
from avatarify.errors import EngineError, UsageError
from avatarify.runtimes.probe import Gpu, Report, probe
from avatarify.zoo.registry import find_model

RTX = Gpu("NVIDIA GeForce RTX 4070", "8.9", 12282, "13.0")
LAPTOP = Report("CPU", 2, "2.13.0+cpu", False, "2026.4", onnxruntime="1.32", providers=("onnxruntime",))
RTX_PC = replace(LAPTOP, gpus=(RTX,), tensorrt_rtx="1.7", cuda_python="13.4")


class Opened:
    """Stands where a runtime would; only its name matters here."""

    def __init__(self, name: Any) -> None:
        self.name, self.device = name, "somewhere"
        self.signatures = signatures()
        self.closed = False

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def failing() -> Any:
    """Names of runtimes that fail when they are opened."""
    return {}


@pytest.fixture(autouse=True)
def openers(monkeypatch: pytest.MonkeyPatch, failing: Any) -> None:
    """Open nothing for real."""

    def opener(name: Any) -> Any:
        def opened(entry: Any) -> Any:
            if name in failing:
                error = failing[name]
                raise error if isinstance(error, EngineError) else EngineError(error, "")
            return Opened(name)

        return opened

    known = choose._CANDIDATES
    monkeypatch.setattr(choose, "_CANDIDATES", tuple((name, opener(name), *rest) for name, _, *rest in known))


def test_the_order_is_the_documented_one() -> None:
    order = "tensorrt tensorrt-rtx torch-cuda directml coreml openvino onnxruntime torch"
    assert list_runtimes() == ["auto", *order.split()]


def test_a_laptop_without_a_gpu_gets_openvino_and_no_warning() -> None:
    chosen = choose_runtime(None, report=LAPTOP)
    assert chosen.runtime.name == "openvino"
    assert "no usable GPU" in chosen.reason
    assert chosen.refused == []


def test_a_gpu_is_never_left_unused_without_a_word() -> None:
    """The oldest complaint: a GPU in the machine, torch built for the CPU, and nobody says so."""
    chosen = choose_runtime(None, report=replace(LAPTOP, gpus=(RTX,)))
    assert chosen.runtime.name == "openvino"
    assert "tensorrt-rtx is not used: the package is not installed" in chosen.refused[1]
    assert "CPU build although an NVIDIA GPU is here" in chosen.refused[2]


def test_an_rtx_card_needs_no_cuda_build_of_torch() -> None:
    chosen = choose_runtime(None, report=RTX_PC)
    assert chosen.runtime.name == "tensorrt-rtx"


def test_without_tensorrt_a_cuda_build_of_torch_is_used() -> None:
    report = replace(LAPTOP, gpus=(RTX,), torch="2.13.0", torch_cuda=True)
    assert choose_runtime(None, report=report).runtime.name == "torch-cuda"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"cuda_python": None}, "cuda-python is not installed"),
        ({"gpus": (replace(RTX, cuda="12.4"),)}, r"supports CUDA 12\.4, and 12\.9 is needed \(driver 575"),
        ({"gpus": (replace(RTX, memory_mb=1500),)}, "has 1500 MB of memory, and 2000"),
        (
            {"gpus": (replace(RTX, name="NVIDIA H100", compute_capability="9.0"),)},
            "NVIDIA H100 has compute capability 9.0",
        ),
    ],
)
def test_what_keeps_tensorrt_rtx_from_running_is_told_exactly(change: dict[str, tuple[Gpu] | None], told: str) -> None:
    with pytest.raises(EngineError, match=told):
        choose_runtime(None, "tensorrt-rtx", replace(RTX_PC, **change))
    chosen = choose_runtime(None, report=replace(RTX_PC, **change))
    assert chosen.runtime.name == "openvino"
    assert any(line.startswith("tensorrt-rtx is not used") for line in chosen.refused)


def test_an_engine_that_is_not_built_or_refused_gives_way_and_is_named(failing: Any) -> None:
    failing["tensorrt-rtx"] = "The engine generate of 'built-in' for tensorrt-rtx fp16 is not built yet."
    chosen = choose_runtime(None, report=RTX_PC)
    assert chosen.runtime.name == "openvino"
    assert any("generate of 'built-in' for tensorrt-rtx fp16" in line for line in chosen.refused)


def test_graphs_that_break_the_contract_are_refused_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here with one output misnamed: it is reported when the model is opened, not in a frame."""
    wrong = Opened("tensorrt-rtx")
    graph = wrong.signatures["generate"]
    outputs = {{"deformation": "flow"}.get(name, name): kind for name, kind in graph.outputs.items()}
    wrong.signatures["generate"] = replace(graph, outputs=outputs)
    openers = {name: opener for name, opener, *_ in choose._CANDIDATES} | {wrong.name: lambda entry: wrong}
    monkeypatch.setattr(
        choose, "_CANDIDATES", tuple((name, openers[name], *rest) for name, _, *rest in choose._CANDIDATES)
    )
    with pytest.raises(EngineError, match="graph generate has no tensor 'deformation'"):
        choose_runtime(None, wrong.name, RTX_PC)
    assert wrong.closed
    chosen = choose_runtime(None, report=RTX_PC)
    assert chosen.runtime.name == "openvino"
    assert any("tensorrt-rtx is not used: The graph generate has no tensor" in str(line) for line in chosen.refused)


def test_a_missing_engine_is_built_in_the_background_once(failing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    spawned = []
    monkeypatch.setattr(background, "_started", set())
    monkeypatch.setattr(background, "_spawn", spawned.append)
    failing["tensorrt-rtx"] = EngineMissing("The engine generate is cut short.", "Run: avatarify build-engines")
    for _ in range(2):
        chosen = choose_runtime(find_model("built-in"), report=RTX_PC)
        assert chosen.runtime.name == "openvino"
        assert any("in the background" in line for line in chosen.refused)
    (words,) = spawned
    assert words[-5:] == ["build-engines", "--model", "built-in", "--target", "tensorrt-rtx"]


def test_a_session_without_a_gpu_builds_nothing_in_the_background(
    failing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_spawn", lambda words: pytest.fail("it was started"))
    failing["openvino"] = EngineMissing("not built", "")
    assert choose_runtime(find_model("built-in"), report=LAPTOP).runtime.name == "onnxruntime"


def test_gpus_of_others_are_reached_through_onnx_runtime() -> None:
    report = replace(LAPTOP, providers=("directml", "onnxruntime"))
    assert choose_runtime(None, report=report).runtime.name == "directml"
    assert choose_runtime(None, report=replace(LAPTOP, providers=("coreml", "onnxruntime"))).runtime.name == "coreml"


def test_without_openvino_onnx_runtime_and_then_torch_run_and_the_reasons_are_told() -> None:
    chosen = choose_runtime(None, report=replace(LAPTOP, openvino=None))
    assert chosen.runtime.name == "onnxruntime"
    assert any("openvino is not installed" in reason for reason in chosen.refused)
    chosen = choose_runtime(None, report=replace(LAPTOP, openvino=None, onnxruntime=None, providers=()))
    assert chosen.runtime.name == "torch"
    assert any("onnxruntime is not installed" in reason for reason in chosen.refused)


def test_what_was_asked_for_is_opened_or_refused() -> None:
    assert choose_runtime(None, "torch", LAPTOP).runtime.name == "torch"
    with pytest.raises(EngineError, match="no NVIDIA driver"):
        choose_runtime(None, "torch-cuda", LAPTOP)
    with pytest.raises(EngineError, match="no NVIDIA driver"):
        choose_runtime(None, "tensorrt", LAPTOP)


def test_an_unknown_runtime_is_a_wrong_command_line() -> None:
    with pytest.raises(UsageError, match="no runtime 'warp'") as caught:
        choose_runtime(None, "warp", LAPTOP)
    assert all(name in caught.value.hint for name in list_runtimes())


def test_a_runtime_that_fails_to_open_is_passed_over_and_told(failing: Any) -> None:
    failing["openvino"] = "out of memory"
    chosen = choose_runtime(None, report=LAPTOP)
    assert chosen.runtime.name == "onnxruntime"
    assert "out of memory" in chosen.refused[0]


def test_the_probe_knows_this_machine() -> None:
    report = probe()
    assert report.threads >= 1
    assert not_none(report.torch).startswith("2.13.0")
    assert report.cpu
    assert report.memory_mb > 0
    assert report.nvidia_driver is bool(report.gpus)
