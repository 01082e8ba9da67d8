"""Engines on a real GPU: built, and compared on ten real frames."""

from typing import Any

import numpy as np
import pytest

from avatarify.engines.build import Request, build_engines
from avatarify.engines.cache import intact_reference, reference_file
from avatarify.engines.compare import compare
from avatarify.engines.load import find_target, open_engines
from avatarify.engines.reference.file import read_reference
from avatarify.graphs.spec import GENERATE
from avatarify.runtimes.cuda import CudaDriver
from avatarify.runtimes.probe import probe
from avatarify.runtimes.requirements import tensorrt_obstacle
from avatarify.zoo.random_model import RANDOM, open_model

MODELS = ["built-in", RANDOM]


@pytest.fixture(params=["tensorrt", "tensorrt-rtx"])
def target(request: pytest.FixtureRequest) -> Any:
    if (why := tensorrt_obstacle(request.param, probe())) is not None:
        pytest.skip(str(why))
    return find_target(request.param)


def test_memory_is_copied_to_the_gpu_and_back() -> None:
    driver = CudaDriver()
    size = 1 << 20
    there, here, back = driver.allocate(size), driver.pin(size), driver.pin(size)
    here[...] = np.random.default_rng(0).integers(0, 255, size, np.uint8)
    driver.upload(there, here)
    driver.download(back, there)
    driver.wait()
    assert np.array_equal(here, back)
    driver.close()


def test_a_recorded_copy_runs_at_each_launch() -> None:
    driver = CudaDriver()
    there, here, back = driver.allocate(64), driver.pin(64), driver.pin(64)
    launch = driver.capture(lambda: driver.download(back, there))
    for value in (3, 7):
        here[...] = value
        driver.upload(there, here)
        launch()
        driver.wait()
        assert (back == value).all()
    driver.close()


@pytest.mark.parametrize("model", MODELS)
def test_engines_are_built_and_agree_on_ten_real_frames(target: Any, model: str) -> None:
    entry = open_model(model)
    seen = build_engines(entry, Request((target.name,)))["compared"].get(target.name)
    runtime = open_engines(entry, target)
    reference = read_reference(reference_file(entry, "frame"))
    for _ in range(2):  # step by step, then as CUDA graphs
        assert compare(runtime, reference).problems("fp16") == []
    assert seen is None or seen["frames"] == 10
    runtime.close()


@pytest.mark.parametrize("model", MODELS)
def test_torch_with_float16_and_a_cuda_graph_agrees(model: str, record_property: Any) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("this torch is a CPU build")
    from avatarify.engines.choose import choose_runtime

    entry = open_model(model)
    runtime = choose_runtime(entry, "torch-cuda").runtime
    difference = compare(runtime, read_reference(reference_file(entry, "frame")))
    record_property("difference", str(difference))
    assert runtime.name == "torch-cuda"  # not torch in float32 in its place
    assert difference.problems("fp16") == []
    runtime.close()


@pytest.mark.parametrize("model", MODELS)
def test_torch_on_the_gpu_agrees_step_by_step_in_float32(model: str) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("this torch is a CPU build")
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    entry = open_model(model)
    runtime = TorchRuntime(load_networks(entry), "cuda")
    assert compare(runtime, read_reference(intact_reference(entry, GENERATE.name))).problems("fp32") == []
    runtime.close()
