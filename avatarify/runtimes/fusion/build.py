"""From a flat graph in float16 to one with kernels of our own, ready to be recorded."""

from __future__ import annotations

import copy

import torch
from torch import Tensor
from torch.fx import GraphModule, Node

from avatarify.runtimes.fusion.compiler import compile_kernels
from avatarify.runtimes.fusion.convolutions import prepare
from avatarify.runtimes.fusion.partition import fuse, kernels_of, pick
from avatarify.runtimes.fusion.tiles import place_tiles
from avatarify.runtimes.fusion.views import VIEWS
from avatarify.runtimes.half_precision import convolve

_KERNEL, _CONVOLUTION, _OTHER = 2.5, 7.0, 4.0  # microseconds on a fast GPU; only their proportions count
_FEATURES = 8  # channels from which on a picture is one of features


def fused(flat: GraphModule, inputs: list[Tensor]) -> GraphModule:
    """Join the small operations of a module into kernels and compile these.

    Args:
        flat: From ``half_precision.narrow``, on the GPU; it is left alone.
        inputs: An example of each input, where and as it will lie.

    Raises:
        ImportError: cuda-python, which a CUDA build of torch brings along, is missing.
        RuntimeError: the compiler or the driver refuses.
    """
    found = fuse(prepare(copy.deepcopy(flat)), inputs, convolve)
    with torch.inference_mode():
        found(*inputs)  # shows how everything is laid out
    compile_kernels(kernels_of(found))
    return place_tiles(found, inputs)


def placed(value: Tensor) -> Tensor:
    """An input's place on the GPU; features are laid out as they are read, channels last."""
    is_features = value.ndim == 4 and value.shape[1] >= _FEATURES
    return value.cuda().contiguous(memory_format=torch.channels_last if is_features else torch.contiguous_format)


def microseconds(node: Node) -> float:
    """What a node takes, roughly where it was not measured; 0 for what starts nothing."""
    if "microseconds" in node.meta:
        return float(node.meta["microseconds"])
    if node.op == "call_module":
        return _KERNEL
    if node.op != "call_function" or node.target is pick or node.target in VIEWS:
        return 0.0
    return _CONVOLUTION if node.target is convolve else _OTHER
