"""The runtime for NVIDIA GPUs on a fake GPU: memory, copies, recorded graphs."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.fake_cuda import FakeDriver, OnnxEngine

from avatarify.engines.cache import onnx_files, reference_file
from avatarify.engines.compare import compare
from avatarify.engines.reference.file import read_reference
from avatarify.errors import EngineError
from avatarify.runtimes.cuda import CudaDriver
from avatarify.runtimes.probe import gpus
from avatarify.runtimes.tensorrt import TensorRtRuntime, open_tensorrt
from avatarify.zoo.random_model import RANDOM, open_model


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CACHE", str(tmp_path_factory.mktemp("cache")))
        entry = open_model(RANDOM, "tiny")
        yield onnx_files(entry), read_reference(reference_file(entry))


def opened(files: Any, **driver: Any) -> Any:
    gpu = FakeDriver(**driver)
    return gpu, TensorRtRuntime("tensorrt-rtx", gpu, {name: OnnxEngine(file, gpu) for name, file in files.items()})


def frame(runtime: Any, reference: Any, number: int = 0) -> Any:
    encoded = runtime.run("encode", reference.encode) | reference.source
    return encoded | reference.cases[number].generate


@pytest.mark.parametrize("records", [True, False])
def test_ten_real_frames_agree_with_and_without_recorded_graphs(made: Any, records: bool) -> None:
    files, reference = made
    gpu, runtime = opened(files, records=records)
    seen = compare(runtime, reference)
    assert seen.problems("fp32") == []
    # Ten frames of two graphs, each of which is recorded at its second run.
    assert gpu.launched == (2 * (10 - 1) if records else 0)


def test_the_encoded_portrait_is_copied_to_the_gpu_once(made: Any) -> None:
    files, reference = made
    gpu, runtime = opened(files)
    given = frame(runtime, reference)
    runtime.run("generate", given)
    before = gpu.uploaded
    runtime.run("generate", given)
    assert gpu.uploaded - before < given["features"].nbytes / 10


def test_an_input_changed_in_place_is_copied_again(made: Any) -> None:
    files, reference = made
    _, runtime = opened(files)
    given = dict(reference.cases[0].keypoints)
    first = [runtime.run("keypoints", given)["points"] for _ in range(3)]
    given["image"][...] = 255 - given["image"]
    assert np.abs(runtime.run("keypoints", given)["points"] - first[0]).max() > 1e-4
    assert np.array_equal(first[0], first[2])
    given["image"][...] = 255 - given["image"]  # other tests want it as it was


def test_outputs_belong_to_the_caller(made: Any) -> None:
    files, reference = made
    _, runtime = opened(files)
    given = frame(runtime, reference)
    first = runtime.run("generate", given)["image"]
    kept = first.copy()
    for case in reference.cases[1:5]:
        runtime.run("generate", given | case.generate)
    assert np.array_equal(first, kept)


def test_full_memory_and_a_wrong_input_are_reported(made: Any) -> None:
    files, _ = made
    with pytest.raises(EngineError, match="Could not allocate"):
        opened(files, memory=1000)
    _, runtime = opened(files)
    with pytest.raises(EngineError, match=r"image must be uint8 \(64, 64, 3\), not uint8 \(5, 5, 3\)"):
        runtime.run("keypoints", {"image": np.zeros((5, 5, 3), np.uint8)})


def test_closing_frees_the_memory_and_may_be_repeated(made: Any) -> None:
    files, _ = made
    gpu, runtime = opened(files)
    assert gpu.allocated > 0
    runtime.close()
    runtime.close()
    assert gpu.allocated == 0


@pytest.mark.skipif(bool(gpus()), reason="this machine has a GPU")
def test_a_missing_driver_is_reported() -> None:
    with pytest.raises(EngineError, match=r"No NVIDIA driver found.*doctor"):
        CudaDriver()
    with pytest.raises(EngineError, match="No NVIDIA driver found"):
        open_tensorrt("tensorrt-rtx", {}, "fp16")


LIVE = """
import sys
from avatarify.animate.animator import Animator
from avatarify.animate.model import AnimationModel
from avatarify.animate.portrait import load_portrait
from avatarify.capture.demo import DemoSource
from avatarify.face.landmarker import FaceLandmarker
from avatarify.animate import animation
from avatarify.live import session
from avatarify.engines.choose import choose_runtime
from avatarify.zoo.registry import find_model
runtime = choose_runtime(find_model("built-in"), sys.argv[1]).runtime
animator = Animator(AnimationModel(runtime), load_portrait("mona-lisa"))
with DemoSource(pace=False) as source, FaceLandmarker() as landmarker:
    frame = source.read()
    animator.animate(frame, landmarker.find(frame))
print("torch" in sys.modules)
"""


@pytest.mark.slow
def test_a_session_on_another_runtime_imports_no_torch(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the engines are built; torch costs seconds of start-up and half a gigabyte."""
    for runtime, expected in (("torch", "True"), ("openvino", None), ("openvino", "False"), ("onnxruntime", "False")):
        words = [sys.executable, "-c", LIVE, runtime]
        done = subprocess.run(words, capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == 0, done.stderr
        assert expected is None or done.stdout.split()[-1] == expected, runtime


def test_the_path_to_a_gpu_imports_no_torch() -> None:
    code = (
        "import sys; import avatarify.runtimes.tensorrt, avatarify.engines.build;"
        "from avatarify.engines.load import find_target; find_target('tensorrt-rtx'); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
