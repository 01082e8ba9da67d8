"""The graph of a whole frame: what a session draws with it is what it draws with two graphs and numpy."""

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from helpers.fake_cuda import FakeDriver, OnnxEngine
from helpers.values import not_none

from avatarify.animate.animator import Animator
from avatarify.animate.model import AnimationModel
from avatarify.animate.options import MotionOptions
from avatarify.animate.portrait import load_portrait
from avatarify.capture.demo import DemoSource
from avatarify.engines.cache import frame_file, onnx_files, onnx_folder, reference_file
from avatarify.engines.compare import compare
from avatarify.engines.export import export_model
from avatarify.engines.matmul_sums import products_as_sums
from avatarify.engines.recipes import read_recipe
from avatarify.engines.reference.file import FRAMES, read_reference
from avatarify.engines.target import Watch
from avatarify.engines.tensorrt_target import MOTION
from avatarify.engines.to_float16 import to_float16
from avatarify.errors import MotionError
from avatarify.face.landmarker import FaceLandmarker
from avatarify.runtimes.onnxruntime_runtime import OnnxRuntime
from avatarify.runtimes.tensorrt import TensorRtRuntime
from avatarify.zoo.random_model import RANDOM, open_model
from avatarify.zoo.registry import find_model

COUNT = 12


@pytest.fixture(autouse=True)
def use_cache(own_folders: None, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(cache))


@pytest.fixture(scope="module")
def files(cache: Path) -> dict[str, Path]:
    """All graphs with the same weights: the bundled ones are rounded."""
    entry = find_model("built-in")
    export_model(entry, onnx_folder(entry), "reference.npz", Watch())
    return {**onnx_files(entry), "frame": frame_file(entry)}


def gpu(files: dict[str, Path]) -> Any:
    """Graphs that a GPU's plans are made of, on one that the CPU plays."""
    driver = FakeDriver()
    engines = {name: OnnxEngine(files[name], driver) for name in ("keypoints", "encode", "frame")}
    return TensorRtRuntime("tensorrt-rtx", driver, engines)


@pytest.fixture(scope="module")
def footage() -> Any:
    """Every fourth frame of the demo clip, with its face."""
    with DemoSource(pace=False) as source, FaceLandmarker() as landmarker:
        frames = [source.read() for _ in range(4 * COUNT)][::4]
        return [(frame, landmarker.find(not_none(frame))) for frame in frames]


def drawn(runtime: Any, footage: Any, options: Any) -> Any:
    animator = Animator(AnimationModel(runtime), load_portrait("mona-lisa"), options)
    return [animator.animate(frame, face) for frame, face in footage], animator


@pytest.mark.parametrize(
    "options",
    [
        MotionOptions(),
        MotionOptions(strength=1.5, smoothing=False, adapt_scale=False),
        MotionOptions(keypoints="mixed", follow=True),
        MotionOptions(motion="absolute"),
        MotionOptions(strength_head=0.5, strength_eyes=0.3, strength_mouth=1.4, gaze="camera"),
    ],
    ids=["default", "exaggerated", "mixed", "absolute", "regions"],
)
def test_a_session_draws_the_same_in_one_graph(files: dict[str, Path], footage: Any, options: MotionOptions) -> None:
    two, _ = drawn(OnnxRuntime({name: files[name] for name in ("keypoints", "encode", "generate")}), footage, options)
    one, animator = drawn(gpu(files), footage, options)
    assert animator.model.whole_frames
    assert np.abs(one[-1].image.astype(int) - one[0].image).mean() > 0.5  # the clip moves
    for a, b in zip(one, two, strict=True):
        assert np.abs(a.image.astype(int) - b.image).mean() < 0.02
        assert np.abs(a.deformation - b.deformation).max() < 1e-3
        assert np.abs(a.head - b.head).max() < 1e-4


def test_both_ways_agree_after_a_pause_and_a_new_neutral_frame(files: dict[str, Path], footage: Any) -> None:
    frames = [
        (replace(frame, media_time=number * (0.04 if number < 5 else 0.9)), face)
        for number, (frame, face) in enumerate(footage)
    ]
    results = []
    for runtime in (OnnxRuntime({name: files[name] for name in ("keypoints", "encode", "generate")}), gpu(files)):
        animator = Animator(AnimationModel(runtime), load_portrait("mona-lisa"))
        shown = [animator.animate(*one) for one in frames[:8]]
        animator.recalibrate()
        results.append(shown + [animator.animate(*one) for one in frames[8:]])
    for a, b in zip(*results, strict=True):
        assert np.abs(a.deformation - b.deformation).max() < 1e-3


def test_the_neutral_frame_and_the_portrait_are_uploaded_once(files: dict[str, Path], footage: Any) -> None:
    runtime = gpu(files)
    animator = Animator(AnimationModel(runtime), load_portrait("mona-lisa"))
    sent = []
    for frame, face in footage[:6]:
        before = runtime._driver.uploaded
        animator.animate(frame, face)
        sent.append(runtime._driver.uploaded - before)
    assert sent[-1] < 256 * 256 * 3 + 16_000  # the crop, the mesh and some key points
    assert sent[0] > 4 * sent[-1]


def test_nan_is_refused_and_the_next_frame_is_drawn(files: dict[str, Path], footage: Any) -> None:
    runtime = gpu(files)
    animator = Animator(AnimationModel(runtime), load_portrait("mona-lisa"))
    animator.animate(*footage[0])
    run, name = runtime.run, "moved_points"
    runtime.run = lambda graph, given: (out := run(graph, given)) | {name: out[name] * np.float32(np.nan)}
    with pytest.raises(MotionError, match="not numbers"):
        animator.animate(*footage[1])
    runtime.run = run
    assert np.isfinite(animator.animate(*footage[2]).deformation).all()


@pytest.mark.parametrize("name", ["built-in", RANDOM])
def test_frames_of_both_models_agree_with_torch(cache: Path, name: str) -> None:
    entry = open_model(name, "tiny")
    made = {**onnx_files(entry), "frame": frame_file(entry)}
    reference = read_reference(reference_file(entry, "frame"))
    assert reference.graph == "frame"
    seen = compare(gpu(made), reference)
    assert seen.frames == FRAMES
    assert seen.problems("fp32") == []
    moved = [case.expected_generate["moved_points"] for case in reference.cases]
    assert min(np.abs(a - b).max() for a, b in itertools.pairwise(moved)) > 1e-4


def test_the_frame_graph_is_valid_onnx_with_metadata(files: dict[str, Path]) -> None:
    model = onnx.load(files["frame"])
    onnx.checker.check_model(model, full_check=True)
    facts = {one.key: one.value for one in model.metadata_props}
    assert facts["model"] == "built-in"
    assert facts["graph"] == "frame"
    assert {one.name for one in model.graph.input} >= {"crop", "seconds", "relative", "neutral_points", "past_speed"}
    assert {one.name for one in model.graph.output} >= {"image", "deformation", "moved_points", "speed"}


def test_key_points_stay_float32(files: dict[str, Path]) -> None:
    halved = to_float16(onnx.load(files["frame"]), read_recipe("mobile").keep_float32, (MOTION,))
    kinds = {one.name: one.type.tensor_type.elem_type for one in halved.graph.value_info}
    motion = [node for node in halved.graph.node if node.name.startswith(f"{MOTION}.")]
    assert len(motion) > 100
    assert onnx.TensorProto.FLOAT16 not in {kinds.get(name) for node in motion for name in node.output}
    assert onnx.TensorProto.FLOAT16 in kinds.values()


def test_a_float16_frame_stays_within_the_limits(files: dict[str, Path], tmp_path: Path) -> None:
    """As the builder gives it to TensorRT; ONNX Runtime adds in float32 where a GPU may not."""
    halved = {}
    for name in ("keypoints", "encode", "frame"):
        halved[name] = tmp_path / f"{name}.onnx"
        model = products_as_sums(onnx.load(files[name]))
        onnx.save(to_float16(model, read_recipe("mobile").keep_float32, (MOTION,)), halved[name])
    seen = compare(gpu(halved), read_reference(reference_file(find_model("built-in"), "frame"), 3))
    assert seen.problems("fp16") == []
    assert seen.image > 0
