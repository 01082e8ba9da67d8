"""Coordinates, key points and warps against formulas of their own in numpy, float64."""

import numpy as np
import torch
from numpy.typing import NDArray

from avatarify.networks import grid
from avatarify.networks.grid import KeypointTensors

RNG = np.random.default_rng(5)


def tensor(array: NDArray[np.float64]) -> torch.Tensor:
    return torch.from_numpy(np.array(array, np.float64))


def random_keypoints(count: int = 6) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points in [-1, 1] with Jacobians far from singular."""
    points = RNG.uniform(-0.8, 0.8, (2, count, 2))
    return points, np.eye(2) + RNG.uniform(-0.4, 0.4, (2, count, 2, 2))


def keypoint_tensors(points: NDArray[np.float64], jacobians: NDArray[np.float64]) -> KeypointTensors:
    return grid.KeypointTensors(tensor(points), tensor(jacobians))


def positions(side: int) -> NDArray[np.float64]:
    """(side, side, 2) by the definition: position i of n is 2 i / (n - 1) - 1, x first."""
    return np.array([[(2 * x / (side - 1) - 1, 2 * y / (side - 1) - 1) for x in range(side)] for y in range(side)])


def test_coordinates_run_from_minus_one_to_one_with_x_first() -> None:
    made = grid.coordinate_grid(5, torch.zeros(1, dtype=torch.float64)).numpy()
    np.testing.assert_allclose(made, positions(5), atol=1e-15)
    assert made[0, -1].tolist() == [1, -1]


def test_inverse_and_product_against_linear_algebra() -> None:
    left, right = RNG.normal(size=(3, 7, 2, 2)), RNG.normal(size=(3, 7, 2, 2))
    np.testing.assert_allclose(grid.inverse(tensor(left)).numpy(), np.linalg.inv(left), rtol=1e-9)
    np.testing.assert_allclose(grid.product(tensor(left), tensor(right)).numpy(), left @ right, rtol=1e-9, atol=1e-12)


def test_gaussians_have_the_requested_variance() -> None:
    points = RNG.uniform(-1, 1, (1, 3, 2))
    distance = np.linalg.norm(positions(9)[None, None] - points[:, :, None, None], axis=-1)
    expected = np.exp(-(distance**2) / (2 * 0.01))
    np.testing.assert_allclose(grid.gaussians(tensor(points), 9, 0.01).numpy(), expected, atol=1e-12)


def test_soft_argmax_finds_a_single_peak() -> None:
    heatmaps = torch.zeros(1, 2, 8, 8, dtype=torch.float64)
    heatmaps[0, 0, 2, 6] = heatmaps[0, 1, 7, 0] = 1
    expected = [positions(8)[2, 6], positions(8)[7, 0]]
    np.testing.assert_allclose(grid.soft_argmax(heatmaps, 8)[0].numpy(), expected, atol=1e-12)


def test_soft_argmax_moves_with_its_heat_map() -> None:
    heatmaps = np.zeros((1, 1, 16, 16))
    heatmaps[0, 0, 3:8, 4:9] = RNG.uniform(size=(5, 5))
    heatmaps /= heatmaps.sum()
    moved = np.roll(heatmaps, (4, 2), axis=(2, 3))  # four down, two to the right, none over the border
    shift = grid.soft_argmax(tensor(moved), 16) - grid.soft_argmax(tensor(heatmaps), 16)
    np.testing.assert_allclose(shift[0, 0].numpy(), [2 * 2 / 15, 4 * 2 / 15], atol=1e-12)


def test_motions_of_affinely_related_keypoints_are_that_affine_map_everywhere() -> None:
    linear, offset = np.array([[1.1, 0.3], [-0.2, 0.8]]), np.array([0.1, -0.25])
    points, jacobians = random_keypoints()
    driving = keypoint_tensors(points @ linear.T + offset, linear @ jacobians)
    motions = grid.sparse_motions(keypoint_tensors(points, jacobians), driving, 7).numpy()
    expected = (positions(7) - offset) @ np.linalg.inv(linear).T
    np.testing.assert_allclose(motions[:, 1:], np.broadcast_to(expected, motions[:, 1:].shape), atol=1e-9)


def test_a_motion_is_the_first_order_expansion_at_its_keypoint() -> None:
    source, driving = random_keypoints(3), random_keypoints(3)
    motions = grid.sparse_motions(keypoint_tensors(*source), keypoint_tensors(*driving), 5).numpy()
    for batch in range(2):
        for k in range(3):
            local = source[1][batch, k] @ np.linalg.inv(driving[1][batch, k])
            expected = source[0][batch, k] + (positions(5) - driving[0][batch, k]) @ local.T
            np.testing.assert_allclose(motions[batch, k + 1], expected, atol=1e-9)


def test_the_background_stays() -> None:
    motions = grid.sparse_motions(keypoint_tensors(*random_keypoints()), keypoint_tensors(*random_keypoints()), 6)
    np.testing.assert_allclose(motions[:, 0].numpy(), np.broadcast_to(positions(6), (2, 6, 6, 2)), atol=1e-12)


def test_warping_at_pixel_centers_changes_nothing() -> None:
    image = tensor(RNG.uniform(size=(1, 3, 4, 6)))
    x, y = (2 * np.arange(6) + 1) / 6 - 1, (2 * np.arange(4) + 1) / 4 - 1
    flow = np.stack(np.meshgrid(x, y), axis=-1)[None]
    np.testing.assert_allclose(grid.warp(image, tensor(flow)).numpy(), image.numpy(), atol=1e-9)


def test_warp_is_bilinear_and_zero_outside() -> None:
    image, flow = RNG.uniform(size=(5, 5)), RNG.uniform(-1.4, 1.4, (1, 3, 4, 2))
    padded = np.pad(image, 4)
    expected = np.empty((3, 4))
    for row, column in np.ndindex(3, 4):
        x, y = ((flow[0, row, column] + 1) * 5 - 1) / 2 + 4
        left, top = int(np.floor(x)), int(np.floor(y))
        across = padded[top : top + 2, left] * (left + 1 - x) + padded[top : top + 2, left + 1] * (x - left)
        expected[row, column] = across[0] * (top + 1 - y) + across[1] * (y - top)
    np.testing.assert_allclose(grid.warp(tensor(image[None, None]), tensor(flow))[0, 0].numpy(), expected, atol=1e-9)


def test_resize_keeps_a_slope_between_the_outer_edges() -> None:
    centers = (np.arange(4) + 0.5) / 4
    bigger = grid.resize(tensor(np.broadcast_to(centers, (1, 1, 4, 4))), 8).numpy()[0, 0, 3]
    np.testing.assert_allclose(bigger, np.clip((np.arange(8) + 0.5) / 8, centers[0], centers[-1]), atol=1e-12)
