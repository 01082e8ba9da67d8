"""Thin-plate splines against scipy, and their Jacobians against automatic differentiation."""

from typing import Any

import numpy as np
import pytest
import torch
from helpers.values import not_none
from scipy.interpolate import RBFInterpolator

from avatarify.networks.grid import coordinate_grid
from avatarify.training.fomm.spline import Spline, random_spline


def positions(batch: Any, count: int = 40, seed: int = 0) -> Any:
    return torch.rand(batch, count, 2, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * 2.4 - 1.2


def drawn(batch: int = 3, side: int = 5, affine: float = 0.05, spline: float = 0.005) -> Any:
    parts = random_spline(batch, side, affine, spline, torch.Generator().manual_seed(1))
    return Spline(*(part.double() for part in parts))


def test_it_is_the_interpolant_that_scipy_finds() -> None:
    """A spline whose weights fulfil the side conditions is the thin-plate interpolant through its control values."""
    spline = drawn(1, spline=0.1)
    control = coordinate_grid(5, spline.weights).reshape(25, 2)
    plane = torch.cat([torch.ones(25, 1), control], 1)
    weights = spline.weights[0] - plane @ torch.linalg.lstsq(plane, spline.weights[0]).solution
    spline = Spline(spline.affine, weights[None])
    known = spline.points(control[None])[0]
    z = positions(1)
    wanted = RBFInterpolator(control.numpy(), known.numpy(), kernel="thin_plate_spline")(z[0].numpy())
    assert np.abs(spline.points(z)[0].numpy() - wanted).max() < 1e-9


def test_it_is_the_written_out_formula() -> None:
    spline, z = drawn(), positions(3)
    control = coordinate_grid(5, spline.weights).reshape(25, 2)
    for b in range(3):
        for m in (0, 7, 39):
            value = spline.affine[b, :, :2] @ z[b, m] + spline.affine[b, :, 2]
            for n in range(25):
                r = torch.linalg.vector_norm(z[b, m] - control[n])
                value = value + spline.weights[b, n] * r**2 * torch.log(r)
            assert torch.allclose(spline.points(z)[b, m], value, atol=1e-12)


def test_jacobians_are_the_derivatives() -> None:
    spline, z = drawn(spline=0.05), positions(3).requires_grad_(True)
    mapped = spline.points(z)
    rows = [torch.autograd.grad(mapped[..., axis].sum(), z, retain_graph=True)[0] for axis in (0, 1)]
    assert torch.allclose(spline.jacobians(z), torch.stack(rows, dim=-2), atol=1e-10)


def test_the_control_points_themselves_are_finite() -> None:
    spline = drawn()
    control = coordinate_grid(5, spline.weights).reshape(1, 25, 2).requires_grad_(True)
    spline.points(control).sum().backward()
    assert not_none(control.grad).isfinite().all()
    assert spline.jacobians(control).isfinite().all()


def test_sizes_of_the_random_numbers() -> None:
    spline = random_spline(4000, 5, 0.05, 0.005, torch.Generator().manual_seed(0))
    assert (spline.affine - torch.eye(2, 3)).std() == pytest.approx(0.05, rel=0.02)
    assert spline.weights.shape == (4000, 25, 2)
    assert spline.weights.std() == pytest.approx(0.005, rel=0.02)


def test_without_randomness_a_picture_stays() -> None:
    spline = random_spline(2, 5, 0.0, 0.0)
    images = torch.rand(2, 3, 65, 65)
    grid = coordinate_grid(65, images).expand(2, -1, -1, -1)
    unbent = torch.nn.functional.grid_sample(images, grid, padding_mode="reflection", align_corners=False)
    assert torch.allclose(spline.pictures(images), unbent, atol=1e-6)


def test_a_bent_picture_shows_what_lies_at_the_mapped_place() -> None:
    """A bright spot at T(z) of the picture is seen at z of the bent one."""
    spline = drawn(1, spline=0.02)
    spline = Spline(*(part.float() for part in spline))
    grid = coordinate_grid(129, spline.affine)
    seen_at = torch.tensor([[[0.3, -0.2]]])
    there = spline.points(seen_at)[0, 0]
    image = torch.exp(-(grid - there).square().sum(-1) / 0.01)[None, None]
    bent = spline.pictures(image)[0, 0]
    found = (bent[..., None] * grid).sum((0, 1)) / bent.sum()
    assert torch.allclose(found, seen_at[0, 0], atol=0.02)
