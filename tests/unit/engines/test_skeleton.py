"""Models written into bundled graphs, beside torch's own export of the same weights."""

from pathlib import Path
from typing import Any

import bundle_skeletons
import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from avatarify.engines.derive import derive, recipes
from avatarify.engines.export import export_model
from avatarify.engines.fill import fill_skeletons
from avatarify.engines.skeleton import skeleton_folder, skeletons
from avatarify.engines.target import Watch
from avatarify.locks import Cancelled
from avatarify.networks.fomm.config import PRESETS
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.random_model import RANDOM, open_model
from avatarify.zoo.registry import find_model


@pytest.fixture
def model(graphs_cache: Path, monkeypatch: pytest.MonkeyPatch) -> ModelEntry:
    monkeypatch.setenv("AVATARIFY_CACHE", str(graphs_cache))
    return open_model(RANDOM, "tiny")


def fill(model: ModelEntry, folder: Path, watch: Watch | None = None) -> Path:
    found = skeleton_folder(model)
    assert found is not None
    fill_skeletons(model, found, folder, "reference.npz", watch or Watch())
    return folder


@pytest.mark.parametrize("preset", PRESETS)
def test_the_bundled_skeletons_are_current(preset: str) -> None:
    assert not bundle_skeletons.stale(preset), "run: python tools/bundle_skeletons.py"


@pytest.mark.parametrize("preset", PRESETS)
def test_every_weight_of_a_skeleton_has_a_recipe_and_no_numbers(preset: str) -> None:
    for file in (skeletons() / preset).glob("*.onnx"):
        model = onnx.load(file)
        with_recipe = [tensor for tensor in model.graph.initializer if tensor.doc_string]
        assert not any(tensor.raw_data for tensor in with_recipe)
        weighted = {name for node in model.graph.node if "Conv" in node.op_type for name in node.input[1:]}
        assert weighted <= {tensor.name for tensor in with_recipe}, file


def test_a_filled_skeleton_is_what_torch_exports(model: ModelEntry, tmp_path: Path) -> None:
    fill(model, tmp_path / "filled")
    export_model(model, tmp_path / "exported", "reference.npz", Watch())
    for graph in ("keypoints", "encode", "generate"):
        ours, torchs = (onnx.load(tmp_path / kind / f"{graph}.onnx") for kind in ("filled", "exported"))
        assert ours.graph.node == torchs.graph.node
        assert (ours.graph.input, ours.graph.output) == (torchs.graph.input, torchs.graph.output)
        assert about(ours) == about(torchs)
        theirs = {tensor.name: numpy_helper.to_array(tensor) for tensor in torchs.graph.initializer}
        found = {tensor.name: numpy_helper.to_array(tensor) for tensor in ours.graph.initializer}
        assert found.keys() == theirs.keys()
        for name, numbers in theirs.items():
            np.testing.assert_allclose(found[name], numbers, rtol=1e-5, atol=1e-6, err_msg=name)
    onnx.checker.check_model(tmp_path / "filled" / "generate.onnx", full_check=True)


def about(model: Any) -> dict[str, str]:
    return {one.key: one.value for one in model.metadata_props}


def test_references_are_the_same_with_and_without_torch(
    model: ModelEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(model, tmp_path / "with")
    monkeypatch.setattr("avatarify.engines.fill.version", lambda name: None)
    fill(model, tmp_path / "without")
    ours, torchs = (np.load(tmp_path / kind / "reference.npz") for kind in ("without", "with"))
    assert set(ours.files) == set(torchs.files)
    for name in torchs.files:
        if torchs[name].dtype == np.float32:
            np.testing.assert_allclose(ours[name], torchs[name], atol=2e-3, err_msg=name)
        elif torchs[name].dtype == np.uint8:
            assert np.abs(ours[name].astype(int) - torchs[name]).max() <= 2, name


def test_an_array_that_no_recipe_makes_is_not_taken_for_a_weight() -> None:
    weights = {"a.weight": np.full((2, 3, 3, 3), 0.5, np.float32), "a.bias": np.ones(2, np.float32)}
    other = {name: value + 1 for name, value in weights.items()}
    with pytest.raises(ValueError, match="no recipe"):
        bundle_skeletons.emptied(holding(weights["a.weight"] * 2), weights, holding(other["a.weight"] * 2), other)


def test_two_tensors_alike_are_not_guessed() -> None:
    weights = {name: np.ones(3, np.float32) for name in ("a.bias", "b.bias")}
    with pytest.raises(ValueError, match=r"copy a\.bias"):
        bundle_skeletons.emptied(holding(weights["a.bias"]), weights, holding(np.zeros(3, np.float32)), weights)


def holding(numbers: np.ndarray[Any, Any]) -> Any:
    graph = onnx.helper.make_graph([], "g", [], [], [numpy_helper.from_array(np.asarray(numbers, np.float32), "w")])
    return onnx.helper.make_model(graph)


def test_every_recipe_that_is_offered_can_be_computed() -> None:
    weights = {"b.conv.weight": np.ones((4, 2, 3, 3), np.float32), "b.conv.bias": np.ones(4, np.float32)}
    weights |= {f"b.norm.{kind}": np.ones(4, np.float32) for kind in ("weight", "bias", "running_mean", "running_var")}
    made = {recipe.split()[0]: derive(recipe, weights).shape for recipe in recipes(weights)}
    assert made["up_weight"] == (2, 4, 4, 4)
    assert made["quarters_weight"] == (16, 2, 4, 4)
    assert made.keys() == {"copy", "fused_weight", "fused_bias", "up_weight", "quarters_weight", "quarters_bias"}


def test_a_stop_leaves_nothing_behind(model: ModelEntry, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        fill(model, tmp_path / "filled", Watch(cancelled=lambda: True))
    assert not (tmp_path / "filled").exists()


def test_the_built_in_model_has_no_skeleton() -> None:
    assert skeleton_folder(find_model("built-in")) is None
