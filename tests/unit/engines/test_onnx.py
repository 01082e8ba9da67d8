"""The ONNX files: valid, readable, made once, and made again if they are damaged."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from helpers.extras import needs_onnxruntime

from avatarify.engines.cache import onnx_files, onnx_folder, onnx_sums, reference_file
from avatarify.engines.check_export import check_export
from avatarify.engines.compare import compare
from avatarify.engines.fusion_barrier import with_barriers
from avatarify.engines.matmul_sums import products_as_sums
from avatarify.engines.recipes import read_recipe
from avatarify.engines.reference.file import read_reference
from avatarify.engines.split_decoder import split_decoder
from avatarify.engines.target import Watch
from avatarify.engines.to_float16 import to_float16
from avatarify.errors import EngineError
from avatarify.graphs.inference import for_inference
from avatarify.graphs.onnx_export import export
from avatarify.locks import Cancelled
from avatarify.runtimes.onnxruntime_runtime import OnnxRuntime
from avatarify.runtimes.openvino_runtime import OpenVinoRuntime
from avatarify.zoo.load import load_networks
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.random_model import RANDOM, open_model

Made = tuple[ModelEntry, dict[str, Path], Path]  # a model, its ONNX files, and its reference


@pytest.fixture(scope="module", params=["built-in", RANDOM])
def made(cache: Path, request: pytest.FixtureRequest) -> Made:
    """Files of the bundled model and of a small full model."""
    entry = open_model(request.param, "tiny")
    return entry, onnx_files(entry), reference_file(entry)


def models(files: dict[str, Path]) -> dict[str, onnx.ModelProto]:
    return {name: onnx.load(file) for name, file in files.items()}


def test_each_graph_is_valid_onnx_with_named_inputs_and_outputs(made: Made) -> None:
    entry, files, _ = made
    for name, model in models(files).items():
        onnx.checker.check_model(model, full_check=True)
        assert all(len(port.name) > 3 and "::" not in port.name for port in (*model.graph.input, *model.graph.output))
        facts = {prop.key: prop.value for prop in model.metadata_props}
        assert (facts["model"], facts["graph"]) == (entry.manifest.name, name)
        assert facts["weights_sha256"] == entry.manifest.sha256
        assert {"avatarify", "torch", "onnx"} <= facts.keys()


def test_no_node_is_left_over_from_tracing(made: Made) -> None:
    for model in models(made[1]).values():
        kinds = {node.op_type for node in model.graph.node}
        assert not kinds & {"Identity", "Shape", "ConstantOfShape"}
        outputs = {port.name for port in model.graph.output}
        constants = [node for node in model.graph.node if node.op_type == "Constant"]
        assert all(set(node.output) <= outputs for node in constants)  # what a model always gives, such as zeros
        assert all(node.name and "/" not in node.name for node in model.graph.node)
        assert not any(weights.name.startswith("onnx::") for weights in model.graph.initializer)


def test_pixels_become_floats_first(made: Made) -> None:
    for model in models(made[1]).values():
        pixels = [one.name for one in model.graph.input if one.type.tensor_type.elem_type == onnx.TensorProto.UINT8]
        users = [node.op_type for node in model.graph.node if set(pixels) & set(node.input)]
        assert users == ["Cast"] * len(pixels)


@needs_onnxruntime
@pytest.mark.parametrize("change", [products_as_sums, with_barriers])
def test_changes_for_tensorrt_change_no_result(made: Made, change: Callable[..., Any], tmp_path: Path) -> None:
    _, files, reference = made
    changed = {}
    for name, model in models(files).items():
        changed[name] = tmp_path / f"{name}.onnx"
        onnx.save(change(model), changed[name])
    before, seen = (compare(OnnxRuntime(of), read_reference(reference, 3)) for of in (files, changed))
    assert abs(seen.keypoints - before.keypoints) < 1e-5
    assert abs(seen.image - before.image) < 0.01
    assert abs(seen.motion - before.motion) < 1e-5


@needs_onnxruntime
def test_float16_with_the_recipes_exceptions_stays_within_the_limits(made: Made, tmp_path: Path) -> None:
    entry, files, reference = made
    halved = {}
    for name, model in models(files).items():
        halved[name] = tmp_path / f"{name}.onnx"
        recipe = read_recipe(entry.manifest.kind)
        onnx.save(to_float16(products_as_sums(model), recipe.keep_float32), halved[name])
    assert halved["keypoints"].stat().st_size < 0.75 * files["keypoints"].stat().st_size
    seen = compare(OnnxRuntime(halved), read_reference(reference, 3))
    assert seen.problems("fp16") == []
    assert seen.image > 0  # it is not the float32 graph


def test_a_split_graph_gives_the_same_result(made: Made, tmp_path: Path) -> None:
    entry, files, reference = made
    if entry.manifest.kind != "fomm":
        pytest.skip("only the full model's decoder is split off")
    parts = dict(files)
    del parts["generate"]
    for number, model in enumerate(split_decoder(files["generate"])):
        onnx.checker.check_model(model, full_check=True)
        parts[f"generate.{number}"] = tmp_path / f"{number}.onnx"
        onnx.save(model, parts[f"generate.{number}"])
    runtime = OpenVinoRuntime(parts)
    seen = compare(runtime, read_reference(reference))
    assert seen.problems("fp32") == []
    drawn = read_reference(reference, 1)
    encoded = runtime.run("encode", drawn.encode) | drawn.source
    assert set(runtime.run("generate", encoded | drawn.cases[0].generate)) == {"image", "deformation", "visible"}


def test_a_graph_without_a_warp_cannot_be_split(made: Made) -> None:
    if made[0].manifest.kind == "fomm":
        with pytest.raises(EngineError, match="no warp"):
            split_decoder(made[1]["encode"])


def test_wrong_pads_are_caught(made: Made, tmp_path: Path) -> None:
    entry, files, reference = made
    if entry.manifest.kind != "fomm":
        pytest.skip("only the full model pads")
    model = onnx.load(files["generate"])
    (pad,) = [node for node in model.graph.node if node.op_type == "Pad"]
    (pads,) = [one for one in model.graph.initializer if one.name == pad.input[1]]
    assert onnx.numpy_helper.to_array(pads).tolist() == [0, 1, 0, 0, 0, 0, 0, 0]  # one motion before the others
    pads.CopyFrom(onnx.numpy_helper.from_array(np.array([0, 0, 0, 0, 0, 1, 0, 0]), pads.name))
    onnx.save(model, tmp_path / "wrong.onnx")
    with pytest.raises(EngineError, match=r"do not compute what torch does: .*motion difference"):
        check_export(files | {"generate": tmp_path / "wrong.onnx"}, reference, RANDOM)


def test_files_do_not_depend_on_onnxruntime(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, files, _ = made
    if entry.manifest.kind != "fomm":
        pytest.skip("the small model is enough, and faster")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # it cannot be imported any more
    for name, graph in load_networks(entry).items():
        export(for_inference(graph), tmp_path / f"{name}.onnx")
        here, without = onnx.load(files[name]).graph, onnx.load(tmp_path / f"{name}.onnx").graph
        assert [node.op_type for node in without.node] == [node.op_type for node in here.node]
        made_of = {one.name: onnx.numpy_helper.to_array(one) for one in here.initializer}
        for one in without.initializer:  # written into the bundled graph, whose sums are rounded in another order
            np.testing.assert_allclose(onnx.numpy_helper.to_array(one), made_of[one.name], atol=1e-6, rtol=1e-5)


def test_files_are_made_once(made: Made) -> None:
    entry, files, _ = made
    before = {file: file.stat().st_mtime_ns for file in files.values()}
    assert {file: file.stat().st_mtime_ns for file in onnx_files(entry).values()} == before
    assert set(onnx_sums(entry)) == set(files)
    assert not list(onnx_folder(entry).parent.glob(".*.part"))


def test_a_damaged_file_is_made_again(cache: Path) -> None:
    entry = open_model(RANDOM, "tiny")
    files = onnx_files(entry)
    good = files["encode"].read_bytes()
    files["encode"].write_bytes(good[:-7])
    left = onnx_folder(entry).with_name(f".{onnx_folder(entry).name}.1-killed.part")
    left.mkdir()
    onnx_files(entry)
    assert onnx.load(files["encode"]).graph.node
    assert not left.exists()


def test_stopping_leaves_nothing(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(own_folders / "stopped"))
    steps: list[Any] = []
    entry = open_model(RANDOM, "tiny")
    with pytest.raises(Cancelled):
        onnx_files(entry, Watch(lambda step, fraction: steps.append(step), lambda: len(steps) >= 2))
    assert not onnx_folder(entry).exists()
    assert not list(onnx_folder(entry).parent.glob(".*.part"))
    with pytest.raises(EngineError, match="build-engines"):
        onnx_sums(entry)
