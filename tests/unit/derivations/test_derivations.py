"""The paper's derivations (its supplement, Eq. 6 and 11-14), numerically, on maps that know nothing of our networks.

A map of the plane here is a smooth random one, ``z + sum of sines``, whose derivative is taken by automatic
differentiation and whose inverse is found by Newton's method; or a thin-plate spline, inverted likewise.
"""

import itertools
import math
from typing import Any

import numpy as np
import pytest
import torch

from avatarify.frames import Keypoints
from avatarify.motion import first_order
from avatarify.networks.grid import KeypointTensors, coordinate_grid, sparse_motions
from avatarify.training.fomm.losses import equivariance
from avatarify.training.fomm.spline import Spline, random_spline

torch_f64 = torch.float64


class Smooth:
    """A random smooth map of (..., 2) float64, near enough to the identity to be invertible."""

    def __init__(self, seed: Any, amplitude: float = 0.06, waves: int = 6) -> None:
        dice = torch.Generator().manual_seed(seed)
        self._waves = 2.5 * torch.randn(waves, 2, generator=dice, dtype=torch_f64)
        self._phase = 6.3 * torch.rand(waves, generator=dice, dtype=torch_f64)
        self._push = amplitude * torch.randn(waves, 2, generator=dice, dtype=torch_f64)

    def __call__(self, z: Any) -> Any:
        return z + torch.sin(z @ self._waves.T + self._phase) @ self._push


def derivative(map_: Any, z: Any) -> Any:
    """Derivatives (N, 2, 2) at points (N, 2), columns by x and y."""
    at = z.clone().requires_grad_(True)
    out = map_(at)
    rows = [torch.autograd.grad(out[:, axis].sum(), at, retain_graph=True)[0] for axis in (0, 1)]
    return torch.stack(rows, dim=1)


def inverse_of(map_: Any) -> Any:
    """The inverse map, by Newton's method from where the identity would take it."""

    def back(wanted: Any) -> Any:
        z = wanted.clone()
        for _ in range(30):
            step = torch.linalg.solve(derivative(map_, z), (wanted - map_(z).detach())[..., None])[..., 0]
            z = (z + step).detach()
        assert (map_(z) - wanted).abs().max() < 1e-12
        return z

    return back


def keypoints(map_: Any, reference: Any) -> Any:
    """Exact key points of a picture with this map from the reference (Eq. 5), for one picture."""
    return KeypointTensors(map_(reference)[None].detach(), derivative(map_, reference)[None])


def reference_points(count: int = 5, seed: int = 3) -> Any:
    return torch.rand(count, 2, generator=torch.Generator().manual_seed(seed), dtype=torch_f64) * 0.8 - 0.4


def order_of(error: Any, distance: Any, reach: Any = (0.012, 0.06), rings: int = 5) -> Any:
    """Slope of log error against log distance: the power by which the worst error of a ring falls."""
    edges = np.geomspace(reach[0], reach[1], rings + 1)
    inside = [(distance >= a) & (distance < b) for a, b in itertools.pairwise(edges)]
    worst = [float(error[ring].max()) for ring in inside]
    return np.polyfit(np.log(np.sqrt(edges[:-1] * edges[1:])), np.log(worst), 1)[0]


@pytest.mark.parametrize("seed", range(4))
def test_eq_6_the_error_of_the_local_affine_map_falls_quadratically(seed: int) -> None:
    to_source, to_driving = Smooth(2 * seed), Smooth(2 * seed + 1)
    reference, side = reference_points(), 513
    source, driving = keypoints(to_source, reference), keypoints(to_driving, reference)
    local = sparse_motions(source, driving, side)[0, 1:]
    grid = coordinate_grid(side, reference).reshape(-1, 2)
    back, errors, distances = inverse_of(to_driving), [], []
    for k in range(len(reference)):
        distance = (grid - driving.points[0, k]).norm(dim=1)
        near = distance < 0.06
        exact = to_source(back(grid[near]))
        errors.append((local[k].reshape(-1, 2)[near] - exact).norm(dim=1).detach())
        distances.append(distance[near])
        assert order_of(errors[-1], distances[-1]) > 1.75  # more where the map happens to be hardly curved
    assert order_of(torch.cat(errors), torch.cat(distances)) == pytest.approx(2, abs=0.25)


def test_eq_6_without_jacobians_the_error_falls_only_linearly() -> None:
    """What Monkey-Net does, shifting each neighborhood as one piece: the Jacobians are what makes it first order."""
    to_source, to_driving = Smooth(0), Smooth(1)
    reference, side = reference_points(), 513
    eye = torch.eye(2, dtype=torch_f64).expand(1, len(reference), 2, 2)
    source, driving = (KeypointTensors(keypoints(m, reference).points, eye) for m in (to_source, to_driving))
    local = sparse_motions(source, driving, side)[0, 1:]
    grid = coordinate_grid(side, reference).reshape(-1, 2)
    distance = (grid - driving.points[0, 0]).norm(dim=1)
    near = distance < 0.06
    exact = to_source(inverse_of(to_driving)(grid[near]))
    error = (local[0].reshape(-1, 2)[near] - exact).norm(dim=1).detach()
    assert order_of(error, distance[near]) == pytest.approx(1, abs=0.25)


def spline_of(affine: Any, bend: Any, seed: int = 5) -> Any:
    spline = random_spline(1, 5, affine, bend, torch.Generator().manual_seed(seed))
    return Spline(*(part.double() for part in spline))


def as_map(spline: Any) -> Any:
    return lambda z: spline.points(z[None])[0]


@pytest.mark.parametrize(("affine", "bend"), [(0.05, 0.0), (0.0, 0.005), (0.05, 0.005), (0.2, 0.03)])
def test_eq_11_and_12_hold_for_maps_that_are_truly_composed(affine: float, bend: float) -> None:
    """The bent picture's map from R is ``T^-1 after T_X``; its points and derivatives lose nothing."""
    spline, reference, to_picture = spline_of(affine, bend), reference_points(), Smooth(8)
    unbend = inverse_of(as_map(spline))
    step = 1e-5

    def to_bent(p: Any) -> Any:
        return unbend(to_picture(p).detach())

    axes = step * torch.eye(2, dtype=torch_f64)
    columns = [(to_bent(reference + axis) - to_bent(reference - axis)) / (2 * step) for axis in axes]
    bent = KeypointTensors(to_bent(reference)[None], torch.stack(columns, dim=-1)[None])
    value, jacobian = equivariance(keypoints(to_picture, reference), bent, spline)
    assert value < 1e-11
    assert jacobian < 1e-8  # of the finite differences


def moments(cloud: Any, weights: Any, shape: Any) -> Any:
    """Find a patch as a detector does, by what it looks like: its center, and the best affine map from its shape."""
    center = weights @ cloud
    offset = shape - weights @ shape
    spread = (weights[:, None] * offset).T @ offset
    linear = ((weights[:, None] * (cloud - center)).T @ offset) @ torch.linalg.inv(spread)
    return KeypointTensors(center[None, None], linear[None, None])


def patch_loss(spline: Any, radius: Any) -> Any:
    """Both terms for a patch of points around a place, seen in a picture and in the bent picture."""
    dice = torch.Generator().manual_seed(4)
    shape = torch.randn(400, 2, generator=dice, dtype=torch_f64).clamp(-2, 2)
    weights = torch.full((400,), 1 / 400, dtype=torch_f64)
    seen = torch.tensor([0.21, -0.13], dtype=torch_f64) + radius * shape
    bent = inverse_of(as_map(spline))(seen)
    return [float(x) for x in equivariance(moments(seen, weights, shape), moments(bent, weights, shape), spline)]


def test_a_patch_detector_is_exactly_equivariant_under_affine_maps() -> None:
    for radius in (0.01, 0.1, 0.5):
        assert max(patch_loss(spline_of(0.1, 0.0), radius)) < 1e-10


def test_a_patch_detector_is_equivariant_to_first_order_under_splines() -> None:
    """What is left falls with the square of the patch for the points, and at least linearly for the Jacobians."""
    spline, radii = spline_of(0.05, 0.02), np.array([0.02, 0.04, 0.08])
    losses = np.array([patch_loss(spline, radius) for radius in radii])
    value, jacobian = (np.polyfit(np.log(radii), np.log(losses[:, i]), 1)[0] for i in (0, 1))
    assert value == pytest.approx(2, abs=0.3)
    assert jacobian > 0.7
    assert losses[0, 0] > 1e-9  # there is something that falls


def numbers(keypoints_: Any) -> Any:
    return Keypoints(*(part[0].numpy().astype(np.float32) for part in keypoints_))


def tensors(keypoints_: Any) -> Any:
    parts = (keypoints_.points, keypoints_.jacobians)
    return KeypointTensors(*(torch.from_numpy(part)[None].double() for part in parts))


@pytest.mark.parametrize("scale", [1.0, 1.4])
def test_eq_13_and_14_as_printed(scale: float) -> None:
    """T_S1<-St(z) = p_S1 + J (z - p_S1 + p_D1 - p_Dt), J = J_D1 J_Dt^-1, for every z."""
    reference, side = reference_points(), 33
    portrait, neutral, now = (numbers(keypoints(Smooth(seed), reference)) for seed in (10, 11, 12))
    moved = first_order.relative(portrait, neutral, now, scale)
    found = sparse_motions(tensors(portrait), tensors(moved), side)[0, 1:].numpy()
    z = coordinate_grid(side, torch.zeros((), dtype=torch_f64)).numpy()
    for k in range(len(reference)):
        jacobian = neutral.jacobians[k].astype(np.float64) @ np.linalg.inv(now.jacobians[k].astype(np.float64))
        shifted = z - portrait.points[k] + scale * (neutral.points[k] - now.points[k])
        assert np.abs(found[k] - (portrait.points[k] + shifted @ jacobian.T)).max() < 1e-5


def test_relative_transfer_is_the_composed_map_to_first_order() -> None:
    """A portrait that is the neutral face, shifted, moves as the face does: shift back, undo the move, shift."""
    to_neutral, to_now, shift = Smooth(20), Smooth(21), torch.tensor([0.15, -0.1], dtype=torch_f64)
    reference, side = reference_points(), 513
    neutral, now = keypoints(to_neutral, reference), keypoints(to_now, reference)
    portrait = KeypointTensors(neutral.points + shift, neutral.jacobians)
    moved = first_order.relative(numbers(portrait), numbers(neutral), numbers(now))
    local = sparse_motions(tensors(numbers(portrait)), tensors(moved), side)[0, 1:]
    grid = coordinate_grid(side, reference).reshape(-1, 2)
    undo = inverse_of(to_now)
    for k in range(len(reference)):
        distance = (grid - torch.from_numpy(moved.points[k]).double()).norm(dim=1)
        near = distance < 0.06
        exact = to_neutral(undo(grid[near] - shift)) + shift
        error = (local[k].reshape(-1, 2)[near] - exact).norm(dim=1).detach()
        assert order_of(error, distance[near]) == pytest.approx(2, abs=0.3)


def test_relative_transfer_is_the_composed_map_exactly_where_maps_are_affine() -> None:
    dice = np.random.default_rng(1)
    linears = np.eye(2) + 0.2 * dice.standard_normal((2, 2, 2))
    shifts = 0.2 * dice.standard_normal((2, 2))
    offset, reference = np.array([0.2, 0.1]), reference_points().numpy()
    at = [reference @ linear.T + shift for linear, shift in zip(linears, shifts, strict=True)]
    neutral, now = (
        Keypoints(p.astype(np.float32), np.broadcast_to(a, (len(p), 2, 2)).astype(np.float32))
        for p, a in zip(at, linears, strict=True)
    )
    portrait = Keypoints((neutral.points + offset).astype(np.float32), neutral.jacobians)
    moved = first_order.relative(portrait, neutral, now)
    found = sparse_motions(tensors(portrait), tensors(moved), 17)[0, 1:].numpy()
    z = coordinate_grid(17, torch.zeros((), dtype=torch_f64)).numpy()
    back = (z - offset - shifts[1]) @ np.linalg.inv(linears[1]).T
    wanted = back @ linears[0].T + shifts[0] + offset
    assert np.abs(found - wanted).max() < 1e-5
    assert math.isfinite(float(np.abs(found).max()))
