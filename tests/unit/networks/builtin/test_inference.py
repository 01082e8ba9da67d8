"""What is executed computes what is trained: the same motion, maps, lids, and pictures, in other operations."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from helpers.plain_closeups import laid_over
from safetensors.torch import load_file
from torch import Tensor

from avatarify.motion import layout
from avatarify.networks.builtin import geometry
from avatarify.networks.builtin.generator import face_zone, resize_flow
from avatarify.networks.builtin.inference.generator import Drawer, Drawing, PortraitEncoder
from avatarify.networks.builtin.inference.lids import BoxedLids, EyeFrames, lid_curve
from avatarify.networks.builtin.inference.motion import DenseMotion, SourceMotion
from avatarify.networks.builtin.model import BuiltinModel
from avatarify.zoo.registry import find_model

Keypoints = tuple[Tensor, Tensor]


@pytest.fixture(scope="module")
def model() -> BuiltinModel:
    tensors = load_file(find_model("built-in").weights)
    made = BuiltinModel(tensors["keypoints.reference"])
    made.load_state_dict(tensors)
    return made.eval().requires_grad_(False)


def keypoints(model: BuiltinModel, points: Tensor) -> Keypoints:
    return points, model.keypoints.fit_jacobians(points[None])[0]


def poses(model: BuiltinModel) -> dict[str, Keypoints]:
    """The mean face, smaller as in a portrait's crop: still, turned and speaking, blinking to one side, and near."""
    still = model.keypoints.reference * 0.42 + torch.tensor([0.02, 0.05])
    noise = torch.randn(still.shape, generator=torch.Generator().manual_seed(5)) * 0.01
    turned = (still + noise) @ torch.tensor([[0.96, 0.28], [-0.28, 0.96]]) + torch.tensor([0.12, -0.06])
    open_mouth = turned.clone()
    open_mouth[list(layout.LOWER_LIP)] += torch.tensor([0.0, 0.07])
    shut = still.clone()
    for _, _, upper, lower in layout.EYES:
        shut[list(upper)] = shut[list(lower)]
    found = {"still": still, "speaking": open_mouth, "shut": shut + 0.05 * shut[:, 1:], "near": still * 1.5}
    return {name: keypoints(model, points) for name, points in found.items()}


@pytest.fixture(scope="module", params=["still", "speaking", "shut", "near"])
def pose(request: pytest.FixtureRequest, model: BuiltinModel) -> tuple[Keypoints, Keypoints]:
    """Key points of the portrait, and of the pose to draw."""
    return poses(model)["still"], poses(model)[request.param]


def portrait() -> tuple[Tensor, Tensor]:
    """A smooth picture (1, 3, 256, 256) and a round matte (1, 1, 256, 256), both in [0, 1]."""
    noise = torch.rand(1, 3, 24, 24, generator=torch.Generator().manual_seed(2))
    cells = geometry.cell_centers(256)
    matte = torch.sigmoid((0.7 - cells.norm(dim=-1)) * 20)[None, None]
    return F.interpolate(noise, (256, 256), mode="bicubic", align_corners=False).clamp(0, 1), matte


def test_motion_maps_and_zone_are_those_of_training(model: BuiltinModel, pose: tuple[Keypoints, Keypoints]) -> None:
    local, (source, driving) = model.generator.local, pose
    distances = local.distances(driving[0][None])
    wanted = local((source[0][None], source[1][None]), (driving[0][None], driving[1][None]), distances)
    made = DenseMotion(local)
    found = made(SourceMotion(local)(source[0]), driving[0], (source[1], driving[1]))
    for flow, moves in zip(wanted, found.moves.split(2), strict=True):
        torch.testing.assert_close(flow.flatten(1, 2)[0].T - local.grid.T, moves, atol=2e-5, rtol=0)
    maps = model.generator.regions(driving[0][None], distances)
    torch.testing.assert_close(found.maps, maps[0].flatten(1), atol=1e-4, rtol=0)
    torch.testing.assert_close(made.maps_of(driving[0]), found.maps)
    torch.testing.assert_close(found.zone[0], face_zone(driving[0][None], local.grid)[0, :, 0], atol=1e-4, rtol=0)


def test_lids_are_those_of_training_at_both_sizes(model: BuiltinModel, pose: tuple[Keypoints, Keypoints]) -> None:
    source, driving = (one[0] for one in pose)
    motion = model.generator.local.grid.reshape(1, 64, 64, 2) * 0.9 + 0.05
    wanted, zone = model.generator.lids(resize_flow(motion, 256), source[None], driving[None])
    wanted, frames = wanted.permute(0, 3, 1, 2), EyeFrames()
    found = BoxedLids()(motion.permute(0, 3, 1, 2), frames(source)[0], *frames(driving))
    torch.testing.assert_close(found[0], wanted, atol=2e-5, rtol=0)
    torch.testing.assert_close(found[1], F.avg_pool2d(wanted, 2), atol=2e-5, rtol=0)
    torch.testing.assert_close(found[2], F.avg_pool2d(zone, 2), atol=1e-3, rtol=0)


def test_the_curve_of_a_lid_is_that_of_training() -> None:
    along = torch.linspace(-0.2, 1.2, 2001)
    torch.testing.assert_close(lid_curve(along), geometry.lid_curve(along), atol=5e-6, rtol=0)
    assert torch.equal(lid_curve(along) > 0, geometry.lid_curve(along) > 0)


def drawn(model: BuiltinModel, source: Keypoints, driving: Keypoints) -> Drawing:
    encoded = PortraitEncoder(model.generator, model.closeups)(*portrait(), source[0])
    made: Drawing = Drawer(model.generator, model.closeups)(encoded, source, driving)
    return made


def test_pictures_are_those_of_training(model: BuiltinModel, pose: tuple[Keypoints, Keypoints]) -> None:
    source, driving = ((points[None], jacobians[None]) for points, jacobians in pose)
    picture, matte = portrait()
    out = model.generator(model.generator.encode(picture, matte, source[0]), source, driving)
    light = model.closeups.light(picture, source[0])
    lit = light.removed_from(picture), light
    points = source[0], driving[0]
    image, visible = laid_over(model.closeups, lit, out["deformation"], points, (out["image"], out["visible"]))
    found = drawn(model, *pose)
    assert (found.image - image).abs().max() < 1 / 255
    torch.testing.assert_close(found.visible, visible, atol=2e-3, rtol=0)
    torch.testing.assert_close(found.matte, out["matte"], atol=2e-3, rtol=0)
    torch.testing.assert_close(found.deformation, out["deformation"].permute(0, 3, 1, 2), atol=5e-5, rtol=0)


def test_eyes_too_large_for_their_boxes_and_outside_of_the_picture_leave_no_edge(model: BuiltinModel) -> None:
    """Rows and columns of the motion differ from their neighbors no more than the lids themselves do."""
    source = poses(model)["still"]
    for points in (source[0] * 4, source[0] + 0.9, source[0] - 1.6):
        found = drawn(model, source, keypoints(model, points)).deformation
        assert torch.isfinite(found).all()
        assert found[..., 1:].sub(found[..., :-1]).abs().max() < 0.3
