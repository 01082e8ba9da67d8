"""The built-in model's networks: exact fits, analytic motion, lids, and the graphs' contract."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from helpers.plain_closeups import place_patch

from avatarify.errors import ModelError
from avatarify.graphs.builtin import builtin_graphs, load_builtin
from avatarify.motion import layout
from avatarify.networks.builtin import closeups as builtin_closeups
from avatarify.networks.builtin import details as builtin_details
from avatarify.networks.builtin import model as builtin_model
from avatarify.networks.builtin import point_weights
from avatarify.networks.builtin.details import DetailDetector
from avatarify.networks.builtin.generator import BuiltinGenerator
from avatarify.networks.builtin.geometry import cell_centers, lid_heights
from avatarify.networks.builtin.keypoints import BuiltinKeypointDetector, jacobian_operator
from avatarify.networks.builtin.layers import sample
from avatarify.networks.builtin.lids import Lids
from avatarify.networks.builtin.local_motion import LocalMotion


@pytest.fixture(scope="module")
def reference() -> torch.Tensor:
    """A plausible face shape: random points with ordered eyes and lips."""
    points = torch.rand(81, 2, generator=torch.Generator().manual_seed(3)) * 1.2 - 0.6
    for x, eye in zip((-0.35, 0.15), layout.EYES, strict=True):
        points[eye[0]], points[eye[1]] = torch.tensor([x, -0.3]), torch.tensor([x + 0.2, -0.3])
        for share, up, low in zip((0.33, 0.67), eye[2], eye[3], strict=True):
            points[up] = torch.tensor([x + share * 0.2, -0.34])
            points[low] = torch.tensor([x + share * 0.2, -0.26])
        points[79 if x < 0 else 80] = torch.tensor([x + 0.11, -0.3])
    for ring, width, height in ((range(48, 60), 0.25, 0.1), (range(60, 68), 0.18, 0.04)):
        angle = torch.pi + torch.arange(len(ring)) * 2 * torch.pi / len(ring)  # from the left corner, over the top
        points[ring.start : ring.stop] = torch.stack([width * angle.cos(), 0.3 + height * angle.sin()], 1)
    return points


def keypoints(reference: torch.Tensor, linear: torch.Tensor, shift: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    points = reference @ linear.T + shift
    return points[None], linear.expand(1, 81, 2, 2)


def test_local_fits_recover_an_affine_map_exactly(reference: torch.Tensor) -> None:
    linear = torch.tensor([[0.8, 0.3], [-0.2, 1.1]])
    points = reference @ linear.T + torch.tensor([0.1, -0.2])
    found = torch.einsum("kjc,ji->kic", jacobian_operator(reference), points)
    assert torch.allclose(found, linear.expand(81, 2, 2), atol=1e-3)
    assert torch.allclose(BuiltinKeypointDetector(reference).fit_jacobians(points[None])[0], found, atol=1e-5)


def test_local_fit_against_numpy_least_squares(reference: torch.Tensor) -> None:
    """One key point's Jacobian equals the weighted least squares solution with the ridge as extra equations."""
    points = reference + 0.05 * torch.randn(81, 2, generator=torch.Generator().manual_seed(1))
    found = torch.einsum("kjc,ji->kic", jacobian_operator(reference, ridge=0.1), points)[30].numpy()
    r, p = reference.double().numpy(), points.double().numpy()

    def centered(weights: Any) -> Any:
        return r - weights @ r, p - weights @ p

    head = point_weights.head_weights().double().numpy()
    a, b = centered(head)
    prior = np.linalg.lstsq(a * head[:, None] ** 0.5, b * head[:, None] ** 0.5, rcond=None)[0].T
    weights = point_weights.neighbor_weights(reference)[30].double().numpy()
    a, b = centered(weights)
    a = np.concatenate([a * weights[:, None] ** 0.5, 0.1 * np.eye(2)])
    b = np.concatenate([b * weights[:, None] ** 0.5, 0.1 * prior.T])
    assert np.allclose(found, np.linalg.lstsq(a, b, rcond=None)[0].T, atol=1e-3)


def test_mirror_order_is_its_own_inverse() -> None:
    order = point_weights.mirror_order()
    assert torch.equal(order[order], torch.arange(81))
    assert order[36] == 45
    assert order[60] == 64
    assert order[8] == 8


def test_affine_key_points_give_the_affine_motion_everywhere(reference: torch.Tensor) -> None:
    """Where both pictures are affine views of R, every blend of the local maps is the one composed map."""
    motion = LocalMotion(reference)
    rotation = torch.tensor([[0.9, -0.2], [0.2, 0.9]])  # a similarity, which the eyes' frames can express
    source = keypoints(reference, torch.eye(2) * 0.6, torch.tensor([0.05, 0.0]))
    driving = keypoints(reference, rotation * 0.6, torch.tensor([-0.1, 0.1]))
    local, head, _ = motion(source, driving, motion.distances(driving[0]))
    linear = torch.linalg.inv(rotation)
    wanted = (cell_centers(64) - torch.tensor([-0.1, 0.1])) @ linear.T + torch.tensor([0.05, 0.0])
    assert torch.allclose(local[0], wanted, atol=1e-3)
    assert torch.allclose(head[0], wanted, atol=1e-3)


def close_eyes(points: torch.Tensor) -> torch.Tensor:
    closed = points.clone()
    for _, _, upper, lower in layout.EYES:
        closed[:, list(upper)] = closed[:, list(lower)]
    return closed


def test_lids_do_nothing_when_nothing_moves(reference: torch.Tensor) -> None:
    points = reference[None] * 0.6
    still = cell_centers(128)[None]
    moved, zone = Lids(128)(still, points, points)
    assert (moved - still).abs().max() < 0.012  # the lashes' margin only
    assert zone.max() > 0.9


def test_closed_lids_take_skin_from_above_and_never_the_eyeball(reference: torch.Tensor) -> None:
    points = reference[None]
    moved, _ = Lids(256)(cell_centers(256)[None], points, close_eyes(points))
    left, right, upper, lower = layout.EYES[0]
    middle = ((points[0, left] + points[0, right]) / 2).tolist()
    column = int((middle[0] + 1) * 128)
    high = int((points[0, upper[0], 1] + 1) * 128)
    low = int((points[0, lower[0], 1] + 1) * 128)
    taken = moved[0, high - 10 : low, column, 1]
    above = taken < points[0, upper[0], 1] + 0.01
    below = taken > points[0, lower[0], 1] - 0.02
    assert (above | below).float().mean() > 0.93
    assert above.float().mean() > 0.5


def test_lid_heights_are_in_eye_widths(reference: torch.Tensor) -> None:
    up, low = lid_heights(reference[None])
    assert torch.allclose(up * 0.9, torch.full((1, 2), -0.2), atol=1e-4)
    assert torch.allclose(low * 0.9, torch.full((1, 2), 0.2), atol=1e-4)


def test_untrained_generator_keeps_a_still_portrait_still(reference: torch.Tensor) -> None:
    generator = BuiltinGenerator(reference, 256).eval()
    still = keypoints(reference, torch.eye(2) * 0.6, torch.zeros(2))
    with torch.no_grad():
        encoded = generator.encode(torch.rand(1, 3, 256, 256), torch.ones(1, 1, 256, 256), still[0])
        out = generator(encoded, still, still)
    assert (out["motion"] - cell_centers(64)).abs().max() < 1e-4
    assert (out["deformation"] - cell_centers(256)).abs().max() < 0.02
    assert out["deformation"].shape == (1, 256, 256, 2)


def test_weights_survive_the_file_and_damage_is_reported(reference: torch.Tensor, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = builtin_model.BuiltinModel(reference)
    file = tmp_path / "model.safetensors"
    builtin_model.save_builtin(file, model)
    found, wanted = load_builtin(file)["keypoints"], builtin_graphs(model)["keypoints"]
    inputs = {**wanted.inputs, "image": torch.randint(0, 255, (256, 256, 3), dtype=torch.uint8)}
    with torch.no_grad():
        results = [graph.module(*inputs.values()) for graph in (found, wanted)]
    assert all(torch.allclose(a, b, atol=2e-3) for a, b in zip(*results, strict=True))  # float16 in the file
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        load_builtin(file)


def test_the_mesh_replaces_only_the_points_it_has(reference: torch.Tensor) -> None:
    torch.manual_seed(0)
    graph = builtin_graphs(builtin_model.BuiltinModel(reference))["keypoints"]
    mesh = torch.rand(478, 2) - 0.5

    def points(face: Any, features: Any) -> Any:
        return graph.module(graph.inputs["image"], mesh, torch.tensor([face, features]))[0]

    learned, refined, mixed = points(0.0, 0.0), points(0.0, 1.0), points(1.0, 1.0)
    assert torch.allclose(refined[62], mesh[13])  # the upper lip's middle
    assert torch.allclose(refined[79], mesh[468])  # the right pupil
    assert torch.equal(refined[:36], learned[:36])
    assert torch.allclose(mixed[8], mesh[152])  # the chin
    assert torch.equal(mixed[71], learned[71])  # a mesh has no crown


class TestDetails:
    def test_patches_lie_where_the_points_are(self, reference: torch.Tensor) -> None:
        """A bright dot at a pupil appears in the patch where ``to_patch`` says."""
        points = reference[None] * 0.6
        axes, centers = DetailDetector(reference).frames(points)
        x, y = (((points[0, 79] + 1) * 128).long()).tolist()
        image = torch.zeros(1, 3, 256, 256)
        image[..., y - 1 : y + 2, x - 1 : x + 2] = 1
        patch = builtin_details.cut_patches(image, axes, centers)[0, 0, 0]
        row, column = divmod(int(patch.argmax()), builtin_details.PATCH_SIZE)
        place = builtin_details.to_patch(points[:, [79]], axes[:, 0], centers[:, 0])[0, 0]
        size = builtin_details.PATCH_SIZE
        assert ((column + 0.5) * 2 / size - 1) == pytest.approx(float(place[0]), abs=0.1)
        assert ((row + 0.5) * 2 / size - 1) == pytest.approx(float(place[1]), abs=0.1)

    def test_the_left_eye_is_mirrored_to_a_right_eye(self, reference: torch.Tensor) -> None:
        axes, _ = DetailDetector(reference).frames(reference[None])
        assert torch.linalg.det(axes[0, 0]) > 0
        assert torch.linalg.det(axes[0, 1]) < 0

    def test_to_patch_and_to_crop_are_inverse(self, reference: torch.Tensor) -> None:
        points = reference[None]
        axes, centers = DetailDetector(reference).frames(points)
        there = builtin_details.to_patch(points, axes[:, 1], centers[:, 1])
        assert torch.allclose(builtin_details.to_crop(there, axes[:, 1], centers[:, 1]), points, atol=1e-5)


def look_aside(points: torch.Tensor, by: float) -> torch.Tensor:
    turned = points.clone()
    turned[:, list(layout.PUPILS), 0] += by
    return turned


def test_irises_move_as_one_piece_and_skin_stays(reference: torch.Tensor) -> None:
    """Where the driving pupil is, the source's pupil is taken; outside the lids nothing changes."""
    source = reference[None].clone()
    for number, (left, right, _, _) in enumerate(layout.EYES):
        source[:, layout.PUPILS[number]] = (source[:, left] + source[:, right]) / 2
    driving = look_aside(source, 0.03)
    grid = cell_centers(256)[None]
    moved, _ = Lids(256)(grid, source, driving)
    still, _ = Lids(256)(grid, source, source)
    x, y = ((driving[0, 79] + 1) * 128).long().tolist()
    assert (moved - still)[0, y, x].tolist() == pytest.approx([-0.03, 0], abs=0.004)
    brow = int((source[0, 37, 1] + 1) * 128) - 8
    assert (moved - still)[0, :brow].abs().max() == 0


class TestCloseups:
    def test_a_patch_is_placed_where_it_was_cut(self, reference: torch.Tensor) -> None:
        """Cutting a smooth picture into the mouth's patch and laying it gives the picture back inside."""
        painter = builtin_closeups.MouthPainter(reference)
        points = reference[None] * 0.5
        canvas = cell_centers(256)
        picture = torch.stack([canvas[..., 0], canvas[..., 1], canvas.sum(-1)])[None] / 4 + 0.5
        patch = sample(picture, painter.positions(points))
        ones = torch.ones(1, 1, *builtin_closeups.MOUTH_PATCH)
        corner = torch.ones(2)
        laid = place_patch(canvas, patch, ones, *painter.frames(points), -corner, corner)
        inside = laid[:, 3:] > 0.999
        assert inside.float().mean() > 0.01
        assert ((laid[:, :3] - picture).abs() * inside).max() < 0.01

    def test_lid_maps_are_zero_on_the_lids(self, reference: torch.Tensor) -> None:
        """Along the middle of the eye the map of the upper lid changes sign where the lid is."""
        painter = builtin_closeups.EyePainter()
        upper = painter.shapes(reference[None])[0, 0]
        rows = (torch.arange(40) + 0.5) / 40 * (0.58 + 0.62) - 0.62
        column = int((0.5 + 0.35) / 1.7 * 56)
        height = lid_heights(reference[None])[0][0, 0]
        below = rows > height * (4 * 0.5 * 0.5) ** 0.8
        assert torch.equal(upper[:, column] > 0, below)
