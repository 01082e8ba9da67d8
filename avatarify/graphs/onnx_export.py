"""Exports graphs from torch to ONNX: one file per graph, checked and simplified, with its origin as metadata."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.errors import EngineError
from avatarify.files import scratch_folder
from avatarify.graphs.fold_constants import fold_constants

if TYPE_CHECKING:
    from avatarify.graphs.graph import Graph

OPSET = 17
_ROUNDS = "ONNXSLIM_MAX_ITER"
_UNNAMED = "onnx::"  # prefix of weights that torch has folded a batch norm into


def export(graph: Graph, path: Path, about: Mapping[str, str] | None = None) -> None:
    """Write a graph as ONNX (opset 17, fixed shapes, named inputs, outputs, and weights).

    Inputs that the graph does not use are not in the file.

    Args:
        graph: What to write.
        path: Where to write.
        about: Written into the file's metadata.

    Raises:
        EngineError: torch cannot export it, or the result is not valid ONNX.
    """
    import onnx

    with scratch_folder(path) as folder:
        raw = folder / "raw.onnx"
        _trace(graph, raw, path.stem)
        model = _slimmed(fold_constants(_cast_first(onnx.load(raw))))
    _name_weights(model)
    _describe(model, about or {})
    try:
        onnx.checker.check_model(model, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
        text = "The graph {graph} is not valid ONNX: {reason}"
        raise EngineError(text, "Report this.", graph=path.stem, reason=error) from error
    onnx.save(model, path)


def _trace(graph: Graph, file: Path, name: str) -> None:
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecation of the tracing exporter, constants from fixed shapes
        try:
            torch.onnx.export(
                graph.module,
                tuple(graph.inputs.values()),
                str(file),
                input_names=list(graph.inputs),
                output_names=list(graph.outputs),
                opset_version=OPSET,
                dynamo=False,
            )
        except (RuntimeError, torch.onnx.errors.OnnxExporterError) as error:
            text = "The graph {graph} cannot be exported to ONNX: {reason}"
            raise EngineError(text, "Report this.", graph=name, reason=error) from error


def _cast_first(model: Any) -> Any:
    """Cast uint8 inputs to float first: TensorRT accepts uint8 inputs, but does not compute with them."""
    import onnx

    types = onnx.TensorProto
    for given in [one for one in model.graph.input if one.type.tensor_type.elem_type == types.UINT8]:
        name = f"{given.name}_float"
        for node in model.graph.node:
            node.input[:] = [name if used == given.name else used for used in node.input]
        cast = onnx.helper.make_node("Cast", [given.name], [name], f"{given.name}.cast", to=types.FLOAT)
        model.graph.node.insert(0, cast)
    del model.graph.value_info[:]  # intermediate tensors are float now, not uint8
    return _without_idle_casts(onnx.shape_inference.infer_shapes(model))


def _without_idle_casts(model: Any) -> Any:
    """Remove casts to the type that a tensor already has."""
    kinds = {one.name: one.type.tensor_type.elem_type for one in (*model.graph.value_info, *model.graph.input)}
    idle = [n for n in model.graph.node if n.op_type == "Cast" and kinds.get(n.input[0]) == n.attribute[0].i]
    kept = {one.name for one in model.graph.output}
    for cast in idle:
        if cast.output[0] not in kept:
            for node in model.graph.node:
                node.input[:] = [cast.input[0] if used == cast.output[0] else used for used in node.input]
            model.graph.node.remove(cast)
    return model


def _slimmed(model: Any) -> Any:
    """Simplify: repeated constants and identities from tracing are a third of all nodes.

    Constants are folded before, not by onnxslim: it uses ONNX Runtime, and its result is wrong without it.
    """
    import onnxslim

    level, rounds = logging.getLogger("onnxslim").level, os.environ.get(_ROUNDS)
    logging.getLogger("onnxslim").setLevel(logging.ERROR)
    os.environ[_ROUNDS] = "2"  # eight more would remove another tenth, in four times the time
    try:
        return onnxslim.slim(model, skip_optimizations=["constant_folding"])
    finally:
        logging.getLogger("onnxslim").setLevel(level)
        if rounds is None:
            del os.environ[_ROUNDS]
        else:
            os.environ[_ROUNDS] = rounds


def _name_weights(model: Any) -> None:
    """Name folded weights after the node that uses them, and nodes without the exporter's slashes."""
    new: dict[str, str] = {}
    for node in model.graph.node:
        node.name = node.name.strip("/").replace("/", ".")
        for place, given in enumerate(node.input):
            if given.startswith(_UNNAMED) and given not in new:
                new[given] = f"{node.name}.{('input', 'weight', 'bias')[min(place, 2)]}"
    for weights in model.graph.initializer:
        weights.name = new.get(weights.name, weights.name)
    for node in model.graph.node:
        node.input[:] = [new.get(given, given) for given in node.input]


def _describe(model: Any, about: Mapping[str, str]) -> None:
    import onnx
    import torch

    from avatarify import __version__

    model.producer_name, model.producer_version = "avatarify", __version__
    model.graph.name = about.get("graph", "avatarify")
    facts = {**about, "avatarify": __version__, "torch": torch.__version__, "onnx": onnx.__version__}
    onnx.helper.set_model_props(model, facts)
