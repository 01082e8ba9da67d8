"""Losses against formulas written down from the paper."""

from typing import Any

import pytest
import torch

from avatarify.networks.fomm.config import TINY
from avatarify.networks.fomm.discriminator import Discriminator, DiscriminatorOutput
from avatarify.networks.grid import KeypointTensors
from avatarify.training.fomm import losses
from avatarify.training.fomm.spline import Spline, random_spline


def ideal(driving: Any, spline: Any) -> Any:
    """Key points that an equivariant detector finds in the bent picture, for an affine map (Eq. 9 and 10)."""
    linear, shift = spline.affine[..., :2], spline.affine[..., 2]
    inverse = torch.linalg.inv(linear)
    points = (driving.points - shift[:, None]) @ inverse.transpose(1, 2)
    return KeypointTensors(points, inverse[:, None] @ driving.jacobians)


def some_points(batch: int = 3, count: int = 10) -> Any:
    dice = torch.Generator().manual_seed(0)
    points = torch.rand(batch, count, 2, generator=dice, dtype=torch.float64) - 0.5
    return KeypointTensors(
        points, torch.eye(2) + 0.2 * torch.randn(batch, count, 2, 2, generator=dice, dtype=torch.float64)
    )


def affine_spline(batch: int = 3) -> Any:
    spline = random_spline(batch, 5, 0.05, 0.0, torch.Generator().manual_seed(2))
    return Spline(*(part.double() for part in spline))


def test_an_equivariant_detector_loses_nothing() -> None:
    driving, spline = some_points(), affine_spline()
    value, jacobian = losses.equivariance(driving, ideal(driving, spline), spline)
    assert value < 1e-12
    assert jacobian < 1e-12


def test_equivariance_measures_distance_and_distortion() -> None:
    """A bent picture's points off by 0.1 in x; Jacobians twice too large."""
    driving, still = some_points(), Spline(*(part.double() for part in random_spline(3, 5, 0.0, 0.0)))
    off = KeypointTensors(driving.points + torch.tensor([0.1, 0.0]), 2 * driving.jacobians)
    value, jacobian = losses.equivariance(driving, off, still)
    assert value == pytest.approx(0.05)  # the mean over x and y
    assert jacobian == pytest.approx(0.5)  # |1 - 2| twice in four entries


def test_a_bent_detector_loses() -> None:
    """One that finds the same points whatever the picture does is caught."""
    driving, spline = some_points(), affine_spline()
    value, jacobian = losses.equivariance(driving, driving, spline)
    assert value > 0.01
    assert jacobian > 0.01


def test_feature_distance_is_the_weighted_sum_of_means() -> None:
    found = [torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0]])]
    wanted = [torch.tensor([[0.0, 4.0]]), torch.tensor([[5.0]], requires_grad=True)]
    assert losses.feature_distance(found, wanted, [10.0, 2.0]) == pytest.approx(10 * 1.5 + 2 * 2)
    assert not losses.feature_distance(found, wanted, [1.0, 1.0]).requires_grad


def test_least_squares_gan() -> None:
    real = [DiscriminatorOutput([], torch.tensor([0.5, 1.0]).view(2, 1, 1, 1))]
    drawn = [DiscriminatorOutput([], torch.tensor([0.0, 0.4]).view(2, 1, 1, 1))]
    assert losses.generator_gan(drawn) == pytest.approx((1.0 + 0.36) / 2)
    assert losses.discriminator_gan(real, drawn) == pytest.approx((0.25 + 0.0) / 2 + (0.0 + 0.16) / 2)
    assert losses.discriminator_gan(real * 2, drawn * 2) == pytest.approx(2 * (0.125 + 0.08))


def test_feature_matching_sums_layers_and_scales() -> None:
    drawn = [DiscriminatorOutput([torch.zeros(1, 2), torch.ones(1, 4)], torch.zeros(1))] * 2
    real = [DiscriminatorOutput([torch.ones(1, 2), torch.ones(1, 4) * 4], torch.zeros(1))] * 2
    assert losses.feature_matching(drawn, real, 10.0) == pytest.approx(2 * 10 * (1 + 3))


def test_the_discriminator_has_the_public_widths() -> None:
    judge: Any = Discriminator(TINY.size, TINY.points, (1,))
    verdict = judge(torch.rand(2, 3, 64, 64), torch.zeros(2, 4, 2))[0]
    assert [layer.shape[1] for layer in verdict.features] == [64, 128, 256, 512]
    assert verdict.features[0].shape[-1] == (64 - 3) // 2
    assert verdict.scores.shape == (2, 1, 2, 2)
    assert judge.judges[0].blocks[0].conv.in_channels == 3 + TINY.points


def test_the_discriminator_sees_where_the_points_are() -> None:
    judge = Discriminator(TINY.size, TINY.points, (1,))
    images, points = torch.rand(1, 3, 64, 64), torch.zeros(1, 4, 2)
    assert not torch.allclose(judge(images, points)[0].scores, judge(images, points + 0.5)[0].scores)


def test_scales_too_small_to_judge_are_left_out() -> None:
    assert Discriminator(TINY.size, TINY.points, (1, 2, 4)).scales == (1,)
