"""Signatures of graphs as a model without anything special would have them, made from the contract."""

from __future__ import annotations

from typing import Any

from avatarify.graphs.check import Signature, TensorType
from avatarify.graphs.spec import ENCODE, FRAME, GENERATE, GRAPHS, KEYPOINTS
from avatarify.graphs.tensors import Tensors

SIZES = {"M": 64, "S": 128, "K": 10, "h": 32, "w": 32, "v": 64, "m": 16}
ON_CPU = (KEYPOINTS.name, ENCODE.name, GENERATE.name)
ON_GPU = (KEYPOINTS.name, ENCODE.name, FRAME.name)
_FEATURE = {"features": TensorType("float32", (8, 16, 16))}


def signatures(names: tuple[str, ...] = ON_CPU) -> dict[str, Signature]:
    """Return signatures of the named graphs, each with all optional tensors and one feature."""
    return {name: Signature(_types(GRAPHS[name].inputs), dict(_types(GRAPHS[name].outputs))) for name in names}


def _types(group: type[Tensors[Any]]) -> dict[str, TensorType]:
    named = {
        name: TensorType(spec.dtype, tuple(SIZES[side] if isinstance(side, str) else side for side in spec.shape))
        for name, spec in group.specs.items()
    }
    return {**named, **(_FEATURE if group.has_features else {})}
