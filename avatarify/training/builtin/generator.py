"""Train the dense motion and generator of the built-in model on pairs of rendered frames with exact flow."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from avatarify.networks.builtin.generator import BuiltinGenerator
from avatarify.networks.builtin.keypoints import jacobian_operator
from avatarify.training.builtin.generator_losses import losses
from avatarify.training.builtin.pairs import Sampler
from avatarify.training.data.rendered import Rendered
from avatarify.training.loop import Loop, Weights


def train(
    data: Rendered, reference: Tensor, out: Path, minutes: float, first: Weights | None = None
) -> BuiltinGenerator:
    """Train for ``minutes`` in total; a second call resumes. Arguments as in ``keypoints.train``."""
    net = BuiltinGenerator(reference)
    operator = jacobian_operator(reference)
    for module in (net.dense_motion, net.painter):
        # Only the convolutions are safe in bfloat16; coordinates need the full float32 mantissa.
        module.forward = torch.autocast("cpu", torch.bfloat16)(module.forward)  # type: ignore[method-assign]
    sampler = Sampler(data)
    Loop(net, out, minutes, rate=1.5e-3, first=first).run(lambda: losses(net, operator, sampler()))
    return net
