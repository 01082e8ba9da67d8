"""Every runtime agrees with torch on ten real frames, for the bundled model and the full one."""

import itertools
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.extras import HAVE_ONNXRUNTIME, needs_onnxruntime
from helpers.fake_cuda import FakeDriver, OnnxEngine

from avatarify.engines.build import Request, build_engines
from avatarify.engines.cache import onnx_files, reference_file
from avatarify.engines.choose import choose_runtime
from avatarify.engines.compare import LIMITS, check, compare
from avatarify.engines.load import find_target, open_engines
from avatarify.engines.reference.file import FRAMES, Reference, read_reference
from avatarify.errors import EngineError, ModelError
from avatarify.messages import Message
from avatarify.runtimes.onnxruntime_runtime import OnnxRuntime
from avatarify.runtimes.openvino_runtime import OpenVinoRuntime
from avatarify.runtimes.tensorrt import TensorRtRuntime
from avatarify.runtimes.torch_runtime import TorchRuntime
from avatarify.zoo.load import load_networks
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.random_model import RANDOM, open_model
from avatarify.zoo.registry import find_model

RUNTIMES = [
    "torch",
    "openvino",
    pytest.param("onnxruntime", marks=needs_onnxruntime),
    pytest.param("tensorrt-rtx", marks=needs_onnxruntime),
]


@pytest.fixture(scope="module")
def entry() -> ModelEntry:
    return find_model("built-in")


@pytest.fixture(scope="module")
def folders(graphs_cache: Path) -> Iterator[Any]:
    """The ONNX files are made once, not for each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CACHE", str(graphs_cache))
        yield


@pytest.fixture(scope="module")
def files(entry: ModelEntry, folders: Any) -> dict[str, Path]:
    return onnx_files(entry)


def fake_gpu(files: dict[str, Path]) -> Any:
    driver = FakeDriver()
    return TensorRtRuntime("tensorrt-rtx", driver, {name: OnnxEngine(file, driver) for name, file in files.items()})


@pytest.fixture(scope="module")
def runtimes(entry: ModelEntry, files: dict[str, Path]) -> Iterator[Any]:
    made: dict[str, Any] = {
        "torch": TorchRuntime(load_networks(entry)),
        "openvino": OpenVinoRuntime(files),
    }
    if HAVE_ONNXRUNTIME:  # it also stands in for the GPU
        made |= {"onnxruntime": OnnxRuntime(files), "tensorrt-rtx": fake_gpu(files)}
    yield made
    for runtime in made.values():
        runtime.close()


@pytest.mark.parametrize("name", RUNTIMES)
def test_each_runtime_agrees_with_the_reference(runtimes: Any, reference: Reference, name: str) -> None:
    seen = compare(runtimes[name], reference)
    assert seen.frames == FRAMES
    assert seen.problems("fp32") == []
    assert seen.keypoints < LIMITS["fp32"].keypoints
    assert seen.image < LIMITS["fp32"].image


@pytest.fixture(scope="module")
def reference(entry: ModelEntry, files: dict[str, Path]) -> Reference:
    return read_reference(onnx_folder_of(files) / "reference.npz")


def onnx_folder_of(files: dict[str, Path]) -> Any:
    return files["encode"].parent


def test_the_frames_are_real_and_differ(reference: Reference) -> None:
    pictures = [case.keypoints["image"] for case in reference.cases]
    assert all(picture.std() > 20 for picture in pictures)
    poses = [case.generate["driving_points"] for case in reference.cases]
    assert min(np.abs(a - b).max() for a, b in itertools.pairwise(poses)) > 1e-3
    drawn = reference.cases[0].expected_generate["image"]
    assert np.abs(drawn.astype(float) - reference.encode["portrait"]).mean() > 0.5


class OffRuntime:
    """A runtime with one output changed by a known amount."""

    name, device = "off", "nowhere"

    def __init__(self, runtime: Any, spoil: Any) -> None:
        self.name, self.device, self.signatures = "spoilt", "nowhere", runtime.signatures
        self._runtime, self._spoil = runtime, spoil

    def run(self, graph: Any, inputs: Any) -> Any:
        return self._spoil(graph, self._runtime.run(graph, inputs))

    def close(self) -> None:
        pass


def shifted(graph: Any, name: Any, change: Any) -> Any:
    """Change one output of one graph."""
    return lambda of, out: out | {name: change(out[name])} if of == graph else out


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (shifted("keypoints", "points", lambda x: x + np.float32(0.02)), "key points differ by 0.02"),
        (shifted("generate", "image", lambda x: x // 2), "mean image difference"),
        (shifted("generate", "deformation", lambda x: x * np.float32(np.nan)), "difference nan"),
        (shifted("generate", "deformation", lambda x: x + np.float32(0.1)), "mean motion difference"),
    ],
)
def test_a_runtime_that_differs_is_rejected_by_name(
    runtimes: Any, files: dict[str, Path], spoil: Callable[..., Any], message: str
) -> None:
    with pytest.raises(EngineError, match=message) as caught:
        check(
            OffRuntime(runtimes["openvino"], spoil),
            onnx_folder_of(files) / "reference.npz",
            Message("The engine X of 'built-in'"),
            "fp16",
        )
    assert "The engine X of 'built-in' was rejected" in caught.value.message


@pytest.mark.parametrize("which", RUNTIMES)
def test_an_unknown_graph_and_a_missing_input_are_reported(runtimes: Any, which: str) -> None:
    with pytest.raises(EngineError, match="no graph 'paint'"):
        runtimes[which].run("paint", {})
    with pytest.raises(EngineError, match="keypoints"):
        runtimes[which].run("keypoints", {})
    with pytest.raises(EngineError, match="keypoints"):
        runtimes[which].run("keypoints", {"image": np.zeros((3, 5, 3), np.uint8)})


def test_a_damaged_onnx_file_is_reported(tmp_path: Path) -> None:
    broken = tmp_path / "keypoints.onnx"
    broken.write_bytes(b"not a graph")
    with pytest.raises(EngineError, match="OpenVINO cannot"):
        OpenVinoRuntime({"keypoints": broken})
    with pytest.raises(EngineError, match=r"ONNX Runtime (cannot|is not installed)"):
        OnnxRuntime({"keypoints": broken})


def test_damaged_weights_are_reported_even_with_valid_engines(
    entry: ModelEntry, files: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "built-in"
    shutil.copytree(entry.folder, folder)
    (folder / entry.manifest.file).write_bytes(entry.weights.read_bytes()[:-1])
    with pytest.raises(ModelError, match="damaged"):
        choose_runtime(replace(entry, folder=folder), "openvino")


def test_openvino_is_imported_without_its_telemetry() -> None:
    """Nothing leaves the machine: the package that would send events is never loaded."""
    code = (
        "import sys; from avatarify.runtimes.openvino_runtime import load_openvino; load_openvino();"
        "print([name for name in sys.modules if name.startswith('openvino_telemetry.')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_full_model_agrees_with_a_16_bit_decoder() -> None:
    entry = open_model(RANDOM)
    reference = read_reference_of(entry)
    build_engines(entry, Request(("openvino",)))
    others = [OnnxRuntime(onnx_files(entry))] if HAVE_ONNXRUNTIME else []
    for runtime in (open_engines(entry, find_target("openvino")), *others):
        seen = compare(runtime, reference)
        assert seen.problems("fp16" if "decoder in" in runtime.device else "fp32") == []
        assert seen.frames == FRAMES
        runtime.close()


def read_reference_of(entry: ModelEntry) -> Any:
    onnx_files(entry)
    return read_reference(reference_file(entry))
