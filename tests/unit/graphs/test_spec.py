"""The contract and the real graphs of both kinds of models: same names, dtypes, and shapes, in torch and in ONNX."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest
import torch

from avatarify.errors import EngineError
from avatarify.graphs.check import Signature, TensorType, check_graphs
from avatarify.graphs.frame import FrameGraph, frame_graph
from avatarify.graphs.graph import Graph
from avatarify.graphs.spec import (
    FRAME,
    GENERATE,
    GRAPHS,
    SYMBOLS,
    EncodeOutputs,
    GenerateInputs,
    GenerateOutputs,
    KeypointsInputs,
)
from avatarify.graphs.tensors import FEATURES
from avatarify.zoo.load import load_networks
from avatarify.zoo.random_model import RANDOM, open_model


@pytest.fixture(scope="module", params=["built-in", RANDOM])
def graphs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Graph]:
    """All four graphs of a model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CACHE", str(tmp_path_factory.mktemp("cache")))
        loaded = load_networks(open_model(request.param, "tiny"))
    return {**loaded, FRAME.name: frame_graph(loaded)}


def test_real_graphs_follow_the_contract(graphs: dict[str, Graph]) -> None:
    """Including the types of outputs, which torch knows only after a run."""
    sizes = check_graphs({name: run(graph) for name, graph in graphs.items()})
    assert sizes.portrait_crop == graphs["encode"].inputs["portrait"].shape[0]
    assert sizes.points == len(graphs["generate"].inputs["source_points"])


def run(graph: Graph) -> Signature:
    with torch.inference_mode():
        results = graph.module(*graph.inputs.values())
    kinds = [TensorType(str(value.dtype).removeprefix("torch."), tuple(value.shape)) for value in results]
    return replace(graph.signature(), outputs=dict(zip(graph.outputs, kinds, strict=True)))


def test_modules_take_their_inputs_in_the_order_of_their_names(graphs: dict[str, Graph]) -> None:
    for graph in graphs.values():
        if not isinstance(graph.module, FrameGraph):  # it takes any number and looks them up by name
            assert tuple(inspect.signature(graph.module.forward).parameters) == tuple(graph.inputs)


def test_every_tensor_is_described() -> None:
    for graph in GRAPHS.values():
        for group in (graph.inputs, graph.outputs):
            assert {field.name for field in fields(group)} - {FEATURES} == set(group.specs)
            for spec in group.specs.values():
                assert spec.meaning.endswith(".")
                assert spec.range
                assert {side for side in spec.shape if isinstance(side, str)} <= set(SYMBOLS)


def test_arrays_and_back() -> None:
    group: GenerateInputs[int] = GenerateInputs({"even": 1, "light": 2}, 3, 4, 5, 6)
    arrays = group.arrays()
    assert list(arrays) == ["even", "light", *GenerateInputs.specs]
    assert GenerateInputs.from_arrays(arrays) == group
    assert group.tensors() == (1, 2, 3, 4, 5, 6)


def test_optional_tensors_may_be_none() -> None:
    group: KeypointsInputs[int] = KeypointsInputs(image=1, mesh=None, mesh_share=None)
    assert group.arrays() == {"image": 1}
    assert KeypointsInputs.from_arrays({"image": 1}) == group
    assert EncodeOutputs.from_arrays({"even": 1}).features == {"even": 1}


def test_a_missing_tensor_is_an_error_of_the_engine() -> None:
    with pytest.raises(EngineError, match=r"lacks the tensor 'visible'.*build-engines"):
        GenerateOutputs.from_arrays({"image": np.zeros(1), "deformation": np.zeros(1)})


@pytest.mark.parametrize("wrong", [lambda: KeypointsInputs(picture=1), lambda: GENERATE.inputs(depth=1)])  # type: ignore[call-arg]
def test_a_wrong_name_is_a_type_error(wrong: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match="unexpected keyword"):
        wrong()


def test_the_contract_imports_no_torch() -> None:
    code = "import sys, avatarify.graphs.check, avatarify.runtimes.base; print('torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
