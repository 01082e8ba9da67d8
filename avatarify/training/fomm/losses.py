"""The paper's losses as pure functions."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from avatarify.networks.fomm.discriminator import DiscriminatorOutput
from avatarify.networks.grid import KeypointTensors, inverse, product
from avatarify.training.fomm.spline import Spline


def equivariance(driving: KeypointTensors, bent: KeypointTensors, spline: Spline) -> tuple[Tensor, Tensor]:
    """Compare the key points of an image with those of the same image warped by a spline (Eq. 11 and 12).

    Args:
        driving: Key points of the image.
        bent: Key points of the warped image.
        spline: Maps positions in the warped image to positions in the original.

    Returns:
        Mean absolute error of the points, and of the product of Jacobians against the identity.
    """
    value = (driving.points - spline.points(bent.points)).abs().mean()
    chained = product(spline.jacobians(bent.points), bent.jacobians)
    identity = torch.eye(2, device=chained.device, dtype=chained.dtype)
    return value, (identity - product(inverse(driving.jacobians), chained)).abs().mean()


def feature_distance(found: Sequence[Tensor], wanted: Sequence[Tensor], weights: Sequence[float]) -> Tensor:
    """Return the weighted L1 distance, summed over layers; no gradient flows into the target."""
    terms = (w * (a - b.detach()).abs().mean() for a, b, w in zip(found, wanted, weights, strict=True))
    total: Tensor = torch.stack(list(terms)).sum()
    return total


def generator_gan(drawn: Sequence[DiscriminatorOutput]) -> Tensor:
    """Least-squares GAN loss of the generator: scores of generated images should be 1; summed over scales."""
    return torch.stack([(1 - verdict.scores).square().mean() for verdict in drawn]).sum()


def discriminator_gan(real: Sequence[DiscriminatorOutput], drawn: Sequence[DiscriminatorOutput]) -> Tensor:
    """Least-squares GAN loss of the discriminator: 1 for real, 0 for generated images; summed over scales."""
    terms = [(1 - r.scores).square().mean() + d.scores.square().mean() for r, d in zip(real, drawn, strict=True)]
    return torch.stack(terms).sum()


def feature_matching(
    drawn: Sequence[DiscriminatorOutput], real: Sequence[DiscriminatorOutput], weight: float
) -> Tensor:
    """Mean absolute difference of all the discriminators' features, summed over layers and scales, times the weight."""
    return torch.stack(
        [feature_distance(d.features, r.features, [weight] * len(d.features)) for d, r in zip(drawn, real, strict=True)]
    ).sum()
