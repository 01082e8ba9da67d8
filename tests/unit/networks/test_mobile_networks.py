"""The built-in model's networks: exact fits, analytic motion, lids, and the graphs' contract."""

import numpy as np
import pytest
import torch

from avatarify.errors import ModelError
from avatarify.networks import mobile, mobile_layout
from avatarify.networks.mobile_generator import MobileGenerator
from avatarify.networks.mobile_keypoints import KeypointDetector, jacobian_operator
from avatarify.networks.mobile_motion import Lids, LocalMotion, cell_centres, lid_heights


@pytest.fixture(scope="module")
def reference():
    """A plausible face shape: random points with ordered eyes and lips."""
    points = torch.rand(81, 2, generator=torch.Generator().manual_seed(3)) * 1.2 - 0.6
    for x, eye in zip((-0.35, 0.15), mobile_layout.EYES, strict=True):
        points[eye[0]], points[eye[1]] = torch.tensor([x, -0.3]), torch.tensor([x + 0.2, -0.3])
        for share, up, low in zip((0.33, 0.67), eye[2], eye[3], strict=True):
            points[up] = torch.tensor([x + share * 0.2, -0.34])
            points[low] = torch.tensor([x + share * 0.2, -0.26])
    for ring, width, height in ((range(48, 60), 0.25, 0.1), (range(60, 68), 0.18, 0.04)):
        angle = torch.pi + torch.arange(len(ring)) * 2 * torch.pi / len(ring)  # from the left corner, over the top
        points[ring.start : ring.stop] = torch.stack([width * angle.cos(), 0.3 + height * angle.sin()], 1)
    return points


def keypoints(reference, linear, shift):
    points = reference @ linear.T + shift
    return points[None], linear.expand(1, 81, 2, 2)


def test_local_fits_recover_an_affine_map_exactly(reference):
    linear = torch.tensor([[0.8, 0.3], [-0.2, 1.1]])
    points = reference @ linear.T + torch.tensor([0.1, -0.2])
    found = torch.einsum("kjc,ji->kic", jacobian_operator(reference), points)
    assert torch.allclose(found, linear.expand(81, 2, 2), atol=1e-3)
    assert torch.allclose(KeypointDetector(reference).fit_jacobians(points[None])[0], found, atol=1e-5)


def test_local_fit_against_numpy_least_squares(reference):
    """One key point's Jacobian equals the weighted least squares solution with the ridge as extra equations."""
    points = reference + 0.05 * torch.randn(81, 2, generator=torch.Generator().manual_seed(1))
    found = torch.einsum("kjc,ji->kic", jacobian_operator(reference, ridge=0.1), points)[30].numpy()
    r, p = reference.double().numpy(), points.double().numpy()

    def centred(weights):
        return r - weights @ r, p - weights @ p

    head = mobile_layout.head_weights().double().numpy()
    a, b = centred(head)
    prior = np.linalg.lstsq(a * head[:, None] ** 0.5, b * head[:, None] ** 0.5, rcond=None)[0].T
    weights = mobile_layout.neighbour_weights(reference)[30].double().numpy()
    a, b = centred(weights)
    a = np.concatenate([a * weights[:, None] ** 0.5, 0.1 * np.eye(2)])
    b = np.concatenate([b * weights[:, None] ** 0.5, 0.1 * prior.T])
    assert np.allclose(found, np.linalg.lstsq(a, b, rcond=None)[0].T, atol=1e-3)


def test_mirror_order_is_its_own_inverse():
    order = mobile_layout.mirror_order()
    assert torch.equal(order[order], torch.arange(81))
    assert order[36] == 45
    assert order[60] == 64
    assert order[8] == 8


def test_affine_key_points_give_the_affine_motion_everywhere(reference):
    """Where both pictures are affine views of R, every blend of the local maps is the one composed map."""
    motion = LocalMotion(reference)
    rotation = torch.tensor([[0.9, -0.2], [0.2, 0.9]])  # a similarity, which the eyes' frames can express
    source = keypoints(reference, torch.eye(2) * 0.6, torch.tensor([0.05, 0.0]))
    driving = keypoints(reference, rotation * 0.6, torch.tensor([-0.1, 0.1]))
    local, head, _ = motion(source, driving, motion.distances(driving[0]))
    linear = torch.linalg.inv(rotation)
    wanted = (cell_centres(64) - torch.tensor([-0.1, 0.1])) @ linear.T + torch.tensor([0.05, 0.0])
    assert torch.allclose(local[0], wanted, atol=1e-3)
    assert torch.allclose(head[0], wanted, atol=1e-3)


def close_eyes(points):
    closed = points.clone()
    for _, _, upper, lower in mobile_layout.EYES:
        closed[:, list(upper)] = closed[:, list(lower)]
    return closed


def test_lids_do_nothing_when_nothing_moves(reference):
    points = reference[None] * 0.6
    still = cell_centres(128)[None]
    moved, zone = Lids(128)(still, points, points)
    assert (moved - still).abs().max() < 0.012  # the lashes' margin only
    assert zone.max() > 0.9


def test_closed_lids_take_skin_from_above_and_never_the_eyeball(reference):
    points = reference[None]
    moved, _ = Lids(256)(cell_centres(256)[None], points, close_eyes(points))
    left, right, upper, lower = mobile_layout.EYES[0]
    middle = ((points[0, left] + points[0, right]) / 2).tolist()
    column = int((middle[0] + 1) * 128)
    high = int((points[0, upper[0], 1] + 1) * 128)
    low = int((points[0, lower[0], 1] + 1) * 128)
    taken = moved[0, high - 10 : low, column, 1]
    above = taken < points[0, upper[0], 1] + 0.01
    below = taken > points[0, lower[0], 1] - 0.02
    assert (above | below).float().mean() > 0.93
    assert above.float().mean() > 0.5


def test_lid_heights_are_in_eye_widths(reference):
    up, low = lid_heights(reference[None])
    assert torch.allclose(up * 0.9, torch.full((1, 2), -0.2), atol=1e-4)
    assert torch.allclose(low * 0.9, torch.full((1, 2), 0.2), atol=1e-4)


def test_untrained_generator_keeps_a_still_portrait_still(reference):
    generator = MobileGenerator(reference, 256).eval()
    still = keypoints(reference, torch.eye(2) * 0.6, torch.zeros(2))
    with torch.no_grad():
        out = generator(generator.encode(torch.rand(1, 3, 256, 256), still[0]), still, still)
    assert (out["motion"] - cell_centres(64)).abs().max() < 1e-4
    assert (out["deformation"] - cell_centres(256)).abs().max() < 0.02
    assert out["deformation"].shape == (1, 256, 256, 2)


def test_weights_survive_the_file_and_damage_is_told(reference, tmp_path):
    torch.manual_seed(0)
    detector, generator = KeypointDetector(reference), MobileGenerator(reference)
    file = tmp_path / "model.safetensors"
    mobile.save_mobile(file, detector, generator)
    graphs = mobile.load_mobile(file, {})
    image = torch.randint(0, 255, (128, 128, 3), dtype=torch.uint8)
    with torch.no_grad():
        wanted = mobile.graphs_of(detector, generator)["keypoints"].module(image)
        found = graphs["keypoints"].module(image)
    assert all(torch.equal(a, b) for a, b in zip(wanted, found, strict=True))
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        mobile.load_mobile(file, {})
