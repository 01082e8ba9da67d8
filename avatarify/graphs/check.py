"""Checks the graphs that a runtime has opened against the contract, before the first frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avatarify.errors import EngineError
from avatarify.graphs.spec import ENCODE, FRAME, GENERATE, GRAPHS, KEYPOINTS
from avatarify.graphs.tensors import BUILD_AGAIN, Tensors, TensorSpec


@dataclass(frozen=True)
class TensorType:
    """Dtype (numpy's name) and shape of a tensor in a loaded graph."""

    dtype: str
    shape: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.dtype} {self.shape}"


@dataclass(frozen=True)
class Signature:
    """Inputs and outputs of a loaded graph, by name.

    Attributes:
        inputs: Those that the graph really has.
        outputs: None where the type is known only after a run, as with torch.
    """

    inputs: Mapping[str, TensorType]
    outputs: Mapping[str, TensorType | None]


@dataclass(frozen=True)
class ModelSizes:
    """Sizes that all graphs of a model agree on.

    Attributes:
        keypoint_crop: Side M of the key-point detector's crop, pixels.
        portrait_crop: Side S of the portrait's crop, pixels.
        points: Number K of key points.
    """

    keypoint_crop: int
    portrait_crop: int
    points: int


def check_graphs(graphs: Mapping[str, Signature]) -> ModelSizes:
    """Check that the graphs of a model are complete and follow the contract.

    Args:
        graphs: By name.

    Raises:
        EngineError: A graph is missing or unknown, or one of its tensors is missing, unknown, or of another type.
    """
    _check_names(graphs)
    symbols: dict[str, int] = {}
    for name, signature in graphs.items():
        spec = GRAPHS[name]
        _check_tensors(name, spec.inputs, signature.inputs, symbols)
        _check_tensors(name, spec.outputs, signature.outputs, symbols)
    for name in {GENERATE.name, FRAME.name} & graphs.keys():
        _check_features(name, graphs[name], graphs[ENCODE.name])
    return ModelSizes(symbols["M"], symbols["S"], symbols["K"])


def _check_names(graphs: Mapping[str, Signature]) -> None:
    if unknown := graphs.keys() - GRAPHS.keys():
        raise EngineError("The model has an unknown graph '{graph}'.", BUILD_AGAIN, graph=min(unknown))
    drawing = FRAME.name if FRAME.name in graphs else GENERATE.name
    for name in (KEYPOINTS.name, ENCODE.name, drawing):
        if name not in graphs:
            raise EngineError("The model has no graph '{graph}'.", BUILD_AGAIN, graph=name)


def _check_tensors(
    graph: str, group: type[Tensors[Any]], found: Mapping[str, TensorType | None], symbols: dict[str, int]
) -> None:
    for name, spec in group.specs.items():
        if name in found:
            _check_type(graph, name, spec, found[name], symbols)
        elif not spec.optional:
            raise EngineError("The graph {graph} has no tensor '{name}'.", BUILD_AGAIN, graph=graph, name=name)
    unknown = sorted(found.keys() - group.specs.keys())
    if unknown and not group.has_features:
        text = "The graph {graph} has an unknown tensor '{name}'."
        raise EngineError(text, BUILD_AGAIN, graph=graph, name=unknown[0])


def _check_type(graph: str, name: str, spec: TensorSpec, found: TensorType | None, symbols: dict[str, int]) -> None:
    """Compare dtype and shape; the first tensor with a symbol sets its value for all others."""
    if found is None:
        return
    if len(found.shape) == len(spec.shape):
        for symbol, side in zip(spec.shape, found.shape, strict=True):
            if isinstance(symbol, str):
                symbols.setdefault(symbol, side)
    wanted = TensorType(
        spec.dtype, tuple(symbols.get(side, -1) if isinstance(side, str) else side for side in spec.shape)
    )
    if found != wanted:
        _refuse(graph, name, found, wanted)


def _check_features(graph: str, drawing: Signature, encode: Signature) -> None:
    """What a drawing graph takes beyond the contract must come from ``encode``, with the same type."""
    for name in drawing.inputs.keys() - GRAPHS[graph].inputs.specs.keys():
        if name not in encode.outputs:
            text = "The graph {graph} has an unknown tensor '{name}'."
            raise EngineError(text, BUILD_AGAIN, graph=graph, name=name)
        given, taken = encode.outputs[name], drawing.inputs[name]
        if given is not None and given != taken:
            _refuse(graph, name, taken, given)


def _refuse(graph: str, name: str, found: TensorType, wanted: TensorType) -> None:
    raise EngineError(
        "The tensor '{name}' of the graph {graph} is {found}, but must be {wanted}.",
        BUILD_AGAIN,
        name=name,
        graph=graph,
        found=found,
        wanted=wanted,
    )
