"""Operations per sample, and the fraction of the device's peak that is reached."""

from __future__ import annotations

import copy

import torch
from torch import nn

from avatarify.networks.registry import build_model
from avatarify.training.fomm.config import PaperConfig
from avatarify.training.fomm.spline import random_spline
from avatarify.training.fomm.step import GeneratorStep, Precision

# Dense half-precision tensor operations per second, from the data sheets; names as torch reports them.
_PEAKS = {
    "H100 PCIe": 756e12,
    "H100 NVL": 835e12,
    "H100": 989e12,
    "H200": 989e12,
    "A100": 312e12,
    "L40": 181e12,
    "L4": 121e12,
    "RTX 4090": 165e12,
    "RTX 3090": 71e12,
}


def peak_of(device_name: str, dtype: torch.dtype) -> float | None:
    """Return the half-precision peak of a device as its data sheet gives it, operations per second; None if unknown."""
    if dtype == torch.float32:
        return None
    return next((peak for name, peak in _PEAKS.items() if name in device_name), None)


def operations_per_sample(config: PaperConfig, features: nn.Module) -> float:
    """Count the floating-point operations of one pair, forward and backward, without computing anything.

    Only convolutions and matrix products count, as multiplications plus additions; discriminators do not count.
    """
    from torch.utils.flop_counter import FlopCounterMode

    with torch.device("meta"):
        model = build_model(config.method, config.sizes, jacobians=config.jacobians, occlusion=config.occlusion)
        empty = GeneratorStep(model, copy.deepcopy(features).to("meta"), config, _FULL)
        images = torch.empty(1, 3, model.size, model.size)
    spline = random_spline(1, config.spline_side, config.sigma_affine, config.sigma_spline)
    counter = FlopCounterMode(display=False)
    with counter:
        losses, _ = empty(images, images, type(spline)(*(part.to("meta") for part in spline)))
        torch.stack(list(losses.values())).sum().backward()
    return float(counter.get_total_flops())


_FULL = Precision("cpu", torch.float32)
