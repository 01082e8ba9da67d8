"""Graphs that do not follow the contract are refused when a model is opened, by name and before the first frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pytest
from helpers.signatures import ON_CPU, ON_GPU, signatures

from avatarify.errors import EngineError
from avatarify.graphs.check import ModelSizes, Signature, TensorType, check_graphs

Kind = TypeVar("Kind", TensorType, TensorType | None)


def renamed(tensors: Mapping[str, Kind], old: str, new: str) -> dict[str, Kind]:
    return {new if name == old else name: value for name, value in tensors.items()}


def with_input(graph: str, name: str, kind: TensorType, names: tuple[str, ...] = ON_CPU) -> dict[str, Signature]:
    graphs = signatures(names)
    graphs[graph] = replace(graphs[graph], inputs={**graphs[graph].inputs, name: kind})
    return graphs


@pytest.mark.parametrize("names", [ON_CPU, ON_GPU])
def test_sizes_come_from_the_graphs(names: tuple[str, ...]) -> None:
    assert check_graphs(signatures(names)) == ModelSizes(keypoint_crop=64, portrait_crop=128, points=10)


def test_optional_tensors_may_be_missing() -> None:
    graphs = signatures()
    inputs = {name: kind for name, kind in graphs["keypoints"].inputs.items() if name == "image"}
    graphs["keypoints"] = replace(graphs["keypoints"], inputs=inputs)
    assert check_graphs(graphs).keypoint_crop == 64


def test_outputs_of_unknown_type_are_accepted_by_name() -> None:
    graphs = {name: replace(one, outputs=dict.fromkeys(one.outputs)) for name, one in signatures().items()}
    assert check_graphs(graphs).points == 10


@pytest.mark.parametrize("graph", ON_CPU)
def test_a_missing_graph_is_refused(graph: str) -> None:
    graphs = signatures()
    del graphs[graph]
    with pytest.raises(EngineError, match=f"no graph '{graph}'"):
        check_graphs(graphs)


def test_an_unknown_graph_is_refused() -> None:
    with pytest.raises(EngineError, match="unknown graph 'paint'"):
        check_graphs({**signatures(), "paint": Signature({}, {})})


def test_a_misnamed_input_is_refused_with_advice() -> None:
    graphs = signatures()
    inputs = renamed(graphs["keypoints"].inputs, "image", "picture")
    graphs["keypoints"] = replace(graphs["keypoints"], inputs=inputs)
    with pytest.raises(EngineError, match=r"graph keypoints has no tensor 'image'.*build-engines --force"):
        check_graphs(graphs)


@pytest.mark.parametrize(("graph", "names"), [("generate", ON_CPU), ("frame", ON_GPU)])
def test_a_misnamed_output_is_refused(graph: str, names: tuple[str, ...]) -> None:
    graphs = signatures(names)
    graphs[graph] = replace(graphs[graph], outputs=renamed(graphs[graph].outputs, "deformation", "flow"))
    with pytest.raises(EngineError, match=f"graph {graph} has no tensor 'deformation'"):
        check_graphs(graphs)


def test_an_input_beyond_the_contract_is_refused() -> None:
    with pytest.raises(EngineError, match="graph keypoints has an unknown tensor 'depth'"):
        check_graphs(with_input("keypoints", "depth", TensorType("float32", (64, 64))))


@pytest.mark.parametrize(("graph", "names"), [("generate", ON_CPU), ("frame", ON_GPU)])
def test_a_feature_must_come_from_encode(graph: str, names: tuple[str, ...]) -> None:
    with pytest.raises(EngineError, match=f"graph {graph} has an unknown tensor 'depth'"):
        check_graphs(with_input(graph, "depth", TensorType("float32", (4,)), names))
    with pytest.raises(EngineError, match=r"'features' .* is float32 \(4,\), but must be float32 \(8, 16, 16\)"):
        check_graphs(with_input(graph, "features", TensorType("float32", (4,)), names))


def test_a_wrong_dtype_is_refused() -> None:
    with pytest.raises(
        EngineError, match=r"'portrait' of the graph encode is float32 \(128, 128, 3\), but must be uint8"
    ):
        check_graphs(with_input("encode", "portrait", TensorType("float32", (128, 128, 3))))


def test_one_size_must_be_the_same_in_all_graphs() -> None:
    graphs = with_input("generate", "source_points", TensorType("float32", (11, 2)))
    with pytest.raises(EngineError, match=r"'source_points' .* is float32 \(11, 2\), but must be float32 \(10, 2\)"):
        check_graphs(graphs)
