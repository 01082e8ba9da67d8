"""Computes the weights that an ONNX file contains from those of a checkpoint, as the export with torch does.

``graphs.inference`` and torch's exporter fold batch norms into convolutions and rewrite some of them. Each such weight
has a recipe, a word and names: ``fused_weight generator.first.conv generator.first.norm``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Weights = Mapping[str, Array]
_EPSILON = np.float32(1e-5)  # of torch's batch norms
_QUARTERS = ((0, 0), (0, 1), (1, 0), (1, 1))  # of a pixel: row, column


def derive(recipe: str, weights: Weights) -> Array:
    """Return what a recipe makes of a model's weights, float32.

    Raises:
        KeyError: The recipe or a name in it is unknown.
    """
    word, *names = recipe.split()
    return np.asarray(_RECIPES[word](weights, *names), np.float32)


def recipes(weights: Weights) -> Iterator[str]:
    """Return all recipes that a model's weights allow, to find the one by which a given array was made."""
    yield from (f"copy {name}" for name, value in weights.items() if value.ndim)
    for conv in (name.removesuffix(".weight") for name, value in weights.items() if value.ndim == 4):
        if f"{conv}.bias" in weights:
            yield from (f"quarters_weight {conv}", f"quarters_bias {conv}")
        if norm := _norm_after(conv, weights):
            yield from (f"{word} {conv} {norm}" for word in ("fused_weight", "fused_bias"))
            if weights[f"{conv}.weight"].shape[-1] == 3:
                yield f"up_weight {conv} {norm}"


def _norm_after(conv: str, weights: Weights) -> str | None:
    """Return the name of the batch norm that a convolution's result goes through."""
    places = {"conv": "norm", "conv1": "norm2"}
    block, _, place = conv.rpartition(".")
    norm = f"{block}.{places.get(place, '')}"
    return norm if f"{norm}.running_var" in weights else None


def _copy(weights: Weights, name: str) -> Array:
    return weights[name]


def _scale(weights: Weights, norm: str) -> Array:
    return np.asarray(weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + _EPSILON))


def _fused_weight(weights: Weights, conv: str, norm: str) -> Array:
    """Return (out, in, k, k): a convolution that scales as the batch norm after it."""
    return np.asarray(weights[f"{conv}.weight"] * _scale(weights, norm)[:, None, None, None])


def _fused_bias(weights: Weights, conv: str, norm: str) -> Array:
    centered = weights[f"{conv}.bias"] - weights[f"{norm}.running_mean"]
    return np.asarray(centered * _scale(weights, norm) + weights[f"{norm}.bias"])


def _up_weight(weights: Weights, conv: str, norm: str) -> Array:
    """Return (in, out, 4, 4): of the transposed convolution that ``graphs.inference.UpStep`` makes."""
    kernel = _fused_weight(weights, conv, norm)
    summed = np.zeros((*kernel.shape[:2], 4, 4), np.float32)
    for y, x in _QUARTERS:
        summed[..., y : y + 3, x : x + 3] += kernel
    return summed[..., ::-1, ::-1].transpose(1, 0, 2, 3)


def _quarters_weight(weights: Weights, conv: str) -> Array:
    """Return (4 out, in, k + 1, k + 1): of the convolution that ``graphs.inference.Quarters`` makes."""
    kernel = weights[f"{conv}.weight"]
    out, channels, side, _ = kernel.shape
    shifted = np.zeros((out, 4, channels, side + 1, side + 1), np.float32)
    for number, (y, x) in enumerate(_QUARTERS):
        shifted[:, number, :, y : y + side, x : x + side] = kernel
    return shifted.reshape(4 * out, channels, side + 1, side + 1)


def _quarters_bias(weights: Weights, conv: str) -> Array:
    return np.repeat(weights[f"{conv}.bias"], 4)


_RECIPES: dict[str, Callable[..., Array]] = {
    "copy": _copy,
    "fused_weight": _fused_weight,
    "fused_bias": _fused_bias,
    "up_weight": _up_weight,
    "quarters_weight": _quarters_weight,
    "quarters_bias": _quarters_bias,
}
