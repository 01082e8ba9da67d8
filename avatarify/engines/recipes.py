"""Recipes for building the engines of a kind of model, from ``engines/recipes/*.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from avatarify import paths
from avatarify.boundary import reason_of
from avatarify.engines.target import TARGETS
from avatarify.errors import EngineError


@dataclass(frozen=True)
class Recipe:
    """One recipe.

    Attributes:
        kind: Of the models it is for.
        graphs: By target, the graphs that are built.
        keep_float32: ONNX operations that stay float32 at fp16; those on key points do in any case.
        precision: By target, the default: ``fp32``, ``fp16``, or ``auto`` (OpenVINO).
        compute_capabilities: Of the GPUs that a plan of TensorRT-RTX supports.
        halve: What OpenVINO computes with 16 bits at fp16: the ``decoder`` (what follows the last warp), or the
            ``convolutions``.
    """

    kind: str
    graphs: dict[str, tuple[str, ...]]
    keep_float32: tuple[str, ...]
    precision: dict[str, str]
    compute_capabilities: tuple[str, ...]
    halve: str


def read_recipe(kind: str, folder: Path | None = None) -> Recipe:
    """Read the recipe of a kind of model.

    Args:
        kind: Of the model (see ``zoo.manifest.Kind``).
        folder: Where the recipes are; None for the app's own.

    Raises:
        EngineError: The recipe is missing or damaged.
    """
    file = (folder or paths.recipes()) / f"{kind}.toml"
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return Recipe(
            kind=content["kind"],
            graphs={target: tuple(content[target]["graphs"]) for target in TARGETS},
            keep_float32=tuple(content["fp16"]["keep"]),
            precision={target: content[target]["precision"] for target in TARGETS},
            compute_capabilities=tuple(content["tensorrt-rtx"]["compute_capabilities"]),
            halve=content["openvino"]["halve"],
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise EngineError(
            "The recipe {file} cannot be read: {reason}.", "Reinstall Avatarify.", file=file, reason=reason_of(error)
        ) from error
