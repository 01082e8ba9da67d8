"""The model: its public layout, its parts' mathematics, and the same numbers as the published implementation."""

import numpy as np
import pytest
import torch
from helpers.checkpoints import PUBLIC, SMALL, Sizes, layout, states

from avatarify.errors import ModelError
from avatarify.networks.blocks import Downsample
from avatarify.networks.fomm.config import FULL, TINY, FommConfig, preset
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.grid import KeypointTensors, coordinate_grid

# What the authors' implementation gives for picture(1.2, 0.7) driving picture(1, 1.3) with states(SMALL), rounded.
POINTS = [[0.036171, -0.187166], [-0.144989, 0.157105], [-0.145337, 0.0793], [-0.045233, 0.063623]]
JACOBIANS = [
    [0.533626, -0.369654, 0.480902, 1.529113],
    [1.878263, -0.007505, 0.208667, 1.784226],
    [0.820756, 0.002152, 0.516787, 0.270865],
    [0.624568, -0.218294, 0.217491, 0.900008],
]
DEFORMATION = [
    [-0.605523, -0.996112],
    [0.203836, -1.159342],
    [0.913443, -1.068972],
    [-0.754514, 0.045395],
    [0.100507, -0.114938],
    [0.768098, -0.087215],
    [-0.835818, 1.04278],
    [-0.013787, 0.910719],
    [0.731432, 0.768271],
]
GREEN = [
    [0.590977, 0.644123, 0.643894, 0.545946],
    [0.588978, 0.692881, 0.569717, 0.788517],
    [0.581794, 0.651536, 0.575811, 0.777868],
    [0.584079, 0.533278, 0.616224, 0.647582],
]


def picture(a: float, b: float) -> torch.Tensor:
    """A smooth picture (1, 3, 64, 64) in [0, 1]."""
    y, x = np.mgrid[0:64, 0:64]
    channels = [0.5 + 0.5 * np.sin(a * x / 7 + c) * np.cos(b * y / 5 - c) for c in range(3)]
    return torch.from_numpy(np.stack(channels).astype(np.float32))[None]


@pytest.fixture(scope="module")
def model() -> Fomm:
    made = Fomm(TINY).eval().requires_grad_(False)
    made.load_state_dict({f"{part}.{name}": t for part, all_ in states(SMALL).items() for name, t in all_.items()})
    return made


@pytest.mark.parametrize(("config", "sizes"), [(FULL, PUBLIC), (TINY, SMALL)])
@pytest.mark.parametrize("part", ["kp_detector", "generator"])
def test_names_and_shapes_are_those_of_the_public_checkpoints(config: FommConfig, sizes: Sizes, part: str) -> None:
    with torch.device("meta"):
        state = getattr(Fomm(config), part).state_dict()
    assert {name: tuple(tensor.shape) for name, tensor in state.items()} == layout(sizes)[part]


@pytest.mark.parametrize(
    ("part", "tensors", "parameters"), [("kp_detector", 75, 14_215_368), ("generator", 196, 45_575_391)]
)
def test_counts_are_those_of_the_public_checkpoints(part: str, tensors: int, parameters: int) -> None:
    with torch.device("meta"):
        network = getattr(Fomm(FULL), part)
    assert len(network.state_dict()) == tensors
    assert sum(parameter.numel() for parameter in network.parameters()) == parameters


def test_results_equal_those_of_the_published_implementation(model: Fomm) -> None:
    source, driving = picture(1, 1.3), picture(1.2, 0.7)
    here, there = model.kp_detector(source), model.kp_detector(driving)
    np.testing.assert_allclose(there.points[0], POINTS, atol=2e-6)
    np.testing.assert_allclose(there.jacobians[0].flatten(1), JACOBIANS, atol=2e-5)
    dense = model.generator.dense_motion_network
    motion = dense(dense.down(source), here, there)
    flow = motion.deformation[0, :, 3::13, 3::13].flatten(1).T
    np.testing.assert_allclose(flow, DEFORMATION, atol=1e-5)
    image = model.generator.decode(model.generator.encode(source), motion.deformation, motion.occlusion)
    np.testing.assert_allclose(image[0, 1, 5::18, 5::18], GREEN, atol=2e-5)


def test_equal_keypoints_move_nothing(model: Fomm) -> None:
    keypoints = model.kp_detector(picture(1, 1))
    dense = model.generator.dense_motion_network
    still = dense(dense.down(picture(1, 1)), keypoints, keypoints).deformation
    expected = coordinate_grid(TINY.motion_side, still).permute(2, 0, 1)[None]
    torch.testing.assert_close(still, expected, atol=1e-5, rtol=0)


def test_masks_sum_to_one(model: Fomm) -> None:
    dense = model.generator.dense_motion_network
    here, there = model.kp_detector(picture(1, 1.3)), model.kp_detector(picture(1.2, 0.7))
    motion = dense(dense.down(picture(1, 1.3)), here, there)
    torch.testing.assert_close(motion.mask.sum(dim=1), torch.ones(1, 32, 32))
    assert motion.mask.shape == (1, TINY.points + 1, 32, 32)
    assert motion.mask.std() > 0.01
    assert 0 < motion.occlusion.min() < motion.occlusion.max() < 1


def test_fully_occluded_features_do_not_show(model: Fomm) -> None:
    features = model.generator.encode(torch.cat([picture(1, 1), picture(2, 3)]))
    flow = coordinate_grid(TINY.motion_side, features).permute(2, 0, 1).expand(2, -1, -1, -1)
    hidden = model.generator.decode(features, flow, torch.zeros(2, 1, 32, 32))
    shown = model.generator.decode(features, flow, torch.ones(2, 1, 32, 32))
    torch.testing.assert_close(hidden[0], hidden[1], atol=0, rtol=0)
    assert (shown[0] - shown[1]).abs().max() > 0.05


def test_a_batch_agrees_with_its_images_alone(model: Fomm) -> None:
    pictures = [picture(1, 1.3), picture(1.2, 0.7)]
    together = model.kp_detector(torch.cat(pictures))
    for i, alone in enumerate(map(model.kp_detector, pictures)):
        torch.testing.assert_close(together.points[i], alone.points[0], atol=1e-5, rtol=0)
    dense = model.generator.dense_motion_network
    swapped = KeypointTensors(together.points.flip(0), together.jacobians.flip(0))
    motion = dense(dense.down(torch.cat(pictures)), together, swapped)
    first = dense(
        dense.down(pictures[0]),
        KeypointTensors(together.points[:1], together.jacobians[:1]),
        KeypointTensors(together.points[1:], together.jacobians[1:]),
    )
    torch.testing.assert_close(motion.deformation[:1], first.deformation, atol=1e-5, rtol=0)


def test_an_untrained_detector_has_identity_jacobians() -> None:
    found = Fomm(TINY).eval().kp_detector(picture(1, 1))
    torch.testing.assert_close(found.jacobians[0], torch.eye(2).repeat(TINY.points, 1, 1))


@pytest.mark.parametrize(("factor", "side"), [(2, 5), (4, 13)])
def test_downsampling_blurs_with_a_gaussian_and_takes_every_nth_pixel(factor: int, side: int) -> None:
    image = np.random.default_rng(1).uniform(size=(16, 16))
    sigma, radius = (factor - 1) / 2, side // 2
    offsets = np.arange(side) - radius
    kernel = np.exp(-(offsets[:, None] ** 2 + offsets[None] ** 2) / (2 * sigma**2))
    kernel /= kernel.sum()
    padded = np.pad(image, radius)
    expected = [
        [(padded[y : y + side, x : x + side] * kernel).sum() for x in range(0, 16, factor)]
        for y in range(0, 16, factor)
    ]
    made = Downsample(1, factor)(torch.from_numpy(image[None, None].astype(np.float32)))
    np.testing.assert_allclose(made[0, 0], expected, atol=1e-6)


def test_gradients_reach_every_parameter() -> None:
    model = Fomm(TINY)
    source, driving = picture(1, 1.3), picture(1.2, 0.7)
    here, there = model.kp_detector(source), model.kp_detector(driving)
    dense = model.generator.dense_motion_network
    motion = dense(dense.down(source), here, there)
    model.generator.decode(model.generator.encode(source), motion.deformation, motion.occlusion).sum().backward()
    assert [name for name, value in model.named_parameters() if value.grad is None] == []


def test_unknown_sizes_are_refused() -> None:
    with pytest.raises(ModelError, match=r"'huge'.*full, mini, tiny"):
        preset("huge")
