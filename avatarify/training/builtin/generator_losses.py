"""The losses of the built-in model's dense motion and generator."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from avatarify.networks.builtin.generator import BuiltinGenerator
from avatarify.networks.builtin.layers import double
from avatarify.training.builtin.pairs import Batch
from avatarify.training.loop import Losses

_EXPRESSIVE = [2, 3, 5, 6]  # regions of eyes and lips
_EYES, _INNER_LIPS = slice(2, 4), 6
_FACTORS = {
    "flow": 5.0,
    "occlusion": 0.2,
    "picture": 2.0,
    "edges": 1.0,
    "coarse": 1.0,
    "warped": 1.0,
    "painted": 0.7,
    "outline": 0.2,
    "trust": 0.2,
    "stale": 0.15,
    "bending": 0.5,
}


@dataclass(frozen=True)
class _Weights:
    """How much each pixel counts.

    Attributes:
        hidden: (B, 64, 64) 1 where the source does not show the person.
        lips: (B, 64, 64) 0 to 1 on inner lips that the source does not show.
        motion: (B, 64, 64) for the flow.
        image: (B, 1, 128, 128) for images.
    """

    hidden: Tensor
    lips: Tensor
    motion: Tensor
    image: Tensor

    @classmethod
    def of(cls, maps: Tensor, batch: Batch) -> _Weights:
        """Let eyes, lips, and hidden inner lips count more; ``maps`` (B, R, 64, 64) are the regions of the pose."""
        hidden = batch.person * (1 - batch.visible) * batch.inside
        lips = maps[:, _INNER_LIPS] * hidden
        weight = 1 + 4 * maps[:, _EXPRESSIVE].amax(1) + 10 * lips
        eyes = F.max_pool2d(maps[:, _EYES].amax(1, keepdim=True), 7, 1, 3)[:, 0]  # no flow is learned around them
        seen = batch.visible * weight + 0.1 * (1 - batch.visible)
        motion = batch.inside * batch.person * seen * (1 - eyes).clamp(min=0)
        image = double((weight * batch.inside * (0.15 + 0.85 * batch.person))[:, None])
        return cls(hidden, lips, motion, image)


def losses(net: BuiltinGenerator, operator: Tensor, batch: Batch) -> Losses:
    """Return the losses of a batch: flow, visibility, and L1 of the image, its edges, its warped and its drawn part.

    Only pixels of the person count.

    Args:
        net: The network.
        operator: (81, 81, 2) operator of ``jacobian_operator``.
        batch: Pairs of frames.

    Returns:
        Scalars; ``total`` is minimized, the others are for the report.
    """
    out = _predict(net, operator, batch)
    weights = _Weights.of(out["maps"], batch)
    drawn = _on_gray(out["image"], out["matte"])
    image = out["visible"] * out["warped"][:, :3] + (1 - out["visible"]) * drawn
    truth = _on_gray(batch.driving, batch.driving_matte)
    terms = {
        "flow": _flow_loss(out["motion"], batch, weights),
        **_image_losses(image, truth, weights.image),
        **_part_losses(out, truth, batch, weights),
        **_matte_losses(out, batch, weights),
        "bending": _bending(out["motion"], 1 - batch.person),
    }
    total = sum((factor * terms[name] for name, factor in _FACTORS.items()), torch.zeros(()))
    kept = {name: terms[name] for name in ("flow", "occlusion", "outline")}
    return {"total": total, **kept, **_measures(out, image, truth, batch, weights)}


def _predict(net: BuiltinGenerator, operator: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Run the network on key points with some noise, as a detector finds them; the portrait is encoded untrained."""

    def keypoints(points: Tensor) -> tuple[Tensor, Tensor]:
        noisy = points + torch.randn_like(points) * 0.003 + torch.randn(len(points), 1, 2) * 0.003
        return noisy, torch.einsum("kjc,bji->bkic", operator, noisy)

    source, driving = keypoints(batch.source_points), keypoints(batch.driving_points)
    with torch.no_grad():
        encoded = net.encode(batch.source, batch.source_matte, source[0])
    out: dict[str, Tensor] = net(encoded, source, driving)
    return out


def _on_gray(image: Tensor, matte: Tensor) -> Tensor:
    return image * matte + 0.5 * (1 - matte)


def _flow_loss(motion: Tensor, batch: Batch, weights: _Weights) -> Tensor:
    """Return the mean L1 error of the flow; large errors count a fifth of what they would."""
    error = (motion - batch.flow).abs().sum(-1)
    error = torch.where(error < 0.3, error, 0.3 + 0.2 * (error - 0.3))
    return (error * weights.motion).sum() / weights.motion.sum()


def _image_losses(image: Tensor, truth: Tensor, weight: Tensor) -> Losses:
    """Return the L1 errors of the blended image (B, 3, 128, 128), of its edges, and of its 4x4 means."""
    cuts = (weight[..., 1:], weight[..., 1:, :])
    edges = [((a - b).abs() * w).mean() for a, b, w in zip(_edges(image), _edges(truth), cuts, strict=True)]
    return {
        "picture": ((image - truth).abs() * weight).mean(),
        "edges": edges[0] + edges[1],
        "coarse": (F.avg_pool2d(image * weight, 4) - F.avg_pool2d(truth * weight, 4)).abs().mean(),
    }


def _part_losses(out: dict[str, Tensor], truth: Tensor, batch: Batch, weights: _Weights) -> Losses:
    """Return the L1 errors of the warped part where it is visible, and of the drawn part, most where it is needed."""
    warped = (out["warped"][:, :3] - truth).abs() * weights.image
    painted = (out["image"] - batch.driving).abs() * weights.image
    return {
        "warped": (warped * double((batch.visible * batch.person)[:, None])).mean(),
        "painted": (painted * double((batch.person + 4 * weights.hidden)[:, None])).mean(),
    }


def _matte_losses(out: dict[str, Tensor], batch: Batch, weights: _Weights) -> Losses:
    """Return the errors of the occlusion map and the matte, and those of choosing the warped or the drawn part."""
    shown = F.binary_cross_entropy_with_logits(out["occlusion"][:, 0], batch.visible, reduction="none")
    outline = F.binary_cross_entropy(out["matte"], batch.driving_matte, reduction="none")
    seen = (1 - batch.person * (1 - batch.visible)) * batch.inside
    lips = double(weights.lips[:, None])
    return {
        "occlusion": (shown * batch.inside * batch.person).mean(),
        "outline": (outline * double(batch.inside[:, None])).mean(),
        "trust": ((1 - out["visible"]) * double(seen[:, None])).mean(),
        "stale": (out["visible"] * lips).sum() / (lips.sum() + 50),
    }


@torch.no_grad()
def _measures(out: dict[str, Tensor], image: Tensor, truth: Tensor, batch: Batch, weights: _Weights) -> Losses:
    """Return what is reported but not minimized: L1 of the local flow, of the image, and of a still image."""
    local = (out["local"] - batch.flow).abs().sum(-1) * weights.motion
    person = double((batch.inside * batch.person)[:, None])
    return {
        "flow_local": local.sum() / weights.motion.sum(),
        "l1": ((image - truth).abs() * person).mean(),
        "l1_still": ((batch.source - batch.driving).abs() * person).mean(),
    }


def _edges(x: Tensor) -> tuple[Tensor, Tensor]:
    return x[..., 1:] - x[..., :-1], x[..., 1:, :] - x[..., :-1, :]


def _bending(motion: Tensor, where: Tensor) -> Tensor:
    """Return the second differences of a motion (B, 64, 64, 2) where no other loss constrains it, to keep it smooth."""
    down = (motion[:, 2:] - 2 * motion[:, 1:-1] + motion[:, :-2]).abs().sum(-1) * where[:, 1:-1]
    across = (motion[:, :, 2:] - 2 * motion[:, :, 1:-1] + motion[:, :, :-2]).abs().sum(-1) * where[:, :, 1:-1]
    return down.mean() + across.mean()
