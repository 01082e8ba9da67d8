"""Rewrites a trained full model for faster inference with the same results: computes before upsampling, not after."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from avatarify.graphs.graph import Graph
from avatarify.networks.blocks import UpBlock
from avatarify.networks.fomm.generator import Generator

# Wider layers work on few pixels: what they save in multiplications they lose to larger weights, 16 for 9.
_WIDEST = 256


class UpStep(nn.Module):
    """An ``UpBlock`` as one transposed convolution: 16 multiplications per source pixel instead of 36.

    Each of the four pixels that nearest-neighbor upsampling makes of one sees only 2 x 2 different source pixels under
    a 3 x 3 kernel, so weights on the same one are summed; (B, in, H, W) -> (B, out, 2 H, 2 W).
    """

    def __init__(self, block: UpBlock) -> None:
        super().__init__()
        conv = fuse_conv_bn_eval(block.conv, block.norm)
        out, channels, *_ = conv.weight.shape
        summed = F.conv2d(conv.weight.flatten(0, 1)[:, None], conv.weight.new_ones(1, 1, 2, 2), padding=1)
        self.step = nn.ConvTranspose2d(channels, out, 4, stride=2, padding=1)
        _set(self.step, summed.reshape(out, channels, 4, 4).flip(2, 3).transpose(0, 1), conv.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, 2 H, 2 W) for x (B, in, H, W)."""
        return F.relu(self.step(x))


class Quarters(nn.Module):
    """A convolution to few channels as one with stride 2 to four times as many, which fills wide registers.

    Args:
        conv: Of odd kernel, stride 1 and padding that keeps the size, which must be even.
    """

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        out, channels, side, _ = conv.weight.shape
        shifted = conv.weight.new_zeros(out, 2, 2, channels, side + 1, side + 1)
        for y, x in ((0, 0), (0, 1), (1, 0), (1, 1)):
            shifted[:, y, x, :, y : y + side, x : x + side] = conv.weight
        self.step = nn.Conv2d(channels, 4 * out, side + 1, stride=2, padding=side // 2)
        _set(self.step, shifted.flatten(0, 2), None if conv.bias is None else conv.bias.repeat_interleave(4))

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, H, W) for x (B, in, H, W)."""
        return F.pixel_shuffle(self.step(x), 2)


def for_inference(graph: Graph) -> Graph:
    """Return a graph with the same results, up to rounding; the given one and its weights are not changed."""
    module = copy.deepcopy(graph.module)
    _shorten(module)
    return replace(graph, module=module.eval().requires_grad_(False))


def _shorten(module: nn.Module) -> None:
    if isinstance(module, Generator):
        module.add_module("final", Quarters(module.final))
    for name, child in list(module.named_children()):
        if isinstance(child, UpBlock) and child.conv.in_channels <= _WIDEST:
            module.add_module(name, UpStep(child))
        else:
            _shorten(child)


def _set(step: nn.Conv2d | nn.ConvTranspose2d, weight: Tensor, bias: Tensor | None) -> None:
    with torch.no_grad():
        step.weight.copy_(weight)
        cast(Tensor, step.bias).copy_(torch.zeros(step.out_channels) if bias is None else bias)
