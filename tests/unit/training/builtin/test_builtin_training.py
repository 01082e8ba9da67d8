"""Training the built-in model on data made here: it learns, stops in time, resumes, and refuses NaN."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from avatarify.errors import InputError, ModelError
from avatarify.networks.builtin.details import DetailDetector
from avatarify.networks.builtin.point_weights import mirror_order
from avatarify.paths import assets
from avatarify.training.builtin import details as builtin_details
from avatarify.training.builtin.closeups import CloseupTraining, Lesson
from avatarify.training.builtin.generator_losses import losses
from avatarify.training.builtin.keypoints import batch_of, mean_shape, tight_crops
from avatarify.training.builtin.pairs import Sampler, pairs, segmented
from avatarify.training.data import augment
from avatarify.training.data.rendered import Rendered, load_rendered
from avatarify.training.loop import Loop


@pytest.fixture(autouse=True)
def same_chances() -> None:
    """Draw the same random numbers in every run."""
    torch.manual_seed(0)


@pytest.fixture(scope="module")
def data() -> Rendered:
    """Six identities of four frames: noise, and key points that move over it as one piece."""
    rng = np.random.default_rng(0)
    shape = rng.uniform(-0.2, 0.2, (6, 1, 81, 2)) + rng.uniform(-0.1, 0.1, (6, 4, 1, 2))
    shape[..., [19, 24], 1] -= 0.4
    shape[..., 8, 1] += 0.4
    shape[..., 36, 0] -= 0.3
    shape[..., 45, 0] += 0.3
    cells = (np.arange(64) + 0.5) / 32 - 1
    still = np.broadcast_to(np.stack(np.meshgrid(cells, cells), -1), (6, 4, 64, 64, 2)).astype(np.float16)
    return Rendered(
        rgb=torch.from_numpy(rng.integers(0, 255, (6, 4, 64, 64, 3), dtype=np.uint8)),
        points=torch.from_numpy(shape).float(),
        flow=torch.from_numpy(still),
        part=torch.ones(6, 4, 128, 128, dtype=torch.uint8),
        visible=torch.ones(6, 4, 64, 64, dtype=torch.uint8),
    )


def test_tight_crops_frame_the_face_as_at_run_time(data: Rendered) -> None:
    """Without jitter: brows to chin take 0.6 of the side, the eyes are level."""
    points = data.points.flatten(0, 1)
    linear, shift, mirrored = tight_crops(points, jitter=0.0)
    framed = augment.points_in_crop(points, linear, shift, mirrored)
    brows = framed[:, [19, 24]].mean(1)
    assert torch.allclose((brows - framed[:, 8]).norm(dim=-1), torch.full((len(points),), 1.2), atol=1e-4)
    assert torch.allclose(framed[:, 36, 1], framed[:, 45, 1], atol=1e-4)
    assert not mirrored.any()


def test_mirrored_points_change_names() -> None:
    points = torch.rand(1, 81, 2)
    flip = torch.tensor([[[-1.0, 0.0], [0.0, 1.0]]])
    found = augment.points_in_crop(points, flip, torch.zeros(1, 2), torch.tensor([True]))
    assert torch.allclose(found[0, 36], points[0, 45] * torch.tensor([-1.0, 1.0]))
    assert torch.allclose(found[0, mirror_order()], points[0] * torch.tensor([-1.0, 1.0]))


def test_crop_takes_the_picture_from_where_the_points_say() -> None:
    image = torch.zeros(1, 1, 64, 64)
    image[0, 0, 16, 40] = 1  # at x = (40.5 / 32) - 1, y = (16.5 / 32) - 1
    linear, shift = torch.eye(2)[None] * 0.5, torch.tensor([[0.1, -0.3]])
    found = augment.crop(image, linear, shift, 128)[0, 0]
    row, column = divmod(int(found.argmax()), 128)
    point = torch.tensor([[[40.5 / 32 - 1, 16.5 / 32 - 1]]])
    wanted = augment.points_in_crop(point.expand(1, 81, 2), linear, shift, torch.tensor([False]))[0, 0]
    assert ((column + 0.5) / 64 - 1) == pytest.approx(float(wanted[0]), abs=0.03)
    assert ((row + 0.5) / 64 - 1) == pytest.approx(float(wanted[1]), abs=0.03)


def test_pairs_of_a_frame_with_itself_do_not_move(data: Rendered) -> None:
    batch = pairs(data, torch.tensor([0, 1]), torch.tensor([0, 2]), torch.tensor([True, True]))
    assert torch.equal(batch.source, batch.driving)
    assert torch.allclose(batch.source_points, batch.driving_points)
    cells = (torch.arange(64) + 0.5) / 32 - 1
    inside = batch.inside.bool()
    assert (batch.flow[..., 0] - cells).abs()[inside].max() < 0.05
    assert batch.visible[inside].min() == 1


def test_generator_losses_are_finite_and_have_gradients(data: Rendered) -> None:
    from avatarify.networks.builtin.generator import BuiltinGenerator
    from avatarify.networks.builtin.keypoints import jacobian_operator

    reference = mean_shape(data)
    net = BuiltinGenerator(reference)
    found = losses(net, jacobian_operator(reference), Sampler(data)(4))
    found["total"].backward()
    assert all(torch.isfinite(value) for value in found.values())
    assert all(p.grad is not None for p in net.parameters())


def test_detail_losses_are_finite_and_have_gradients(data: Rendered) -> None:
    net = DetailDetector(mean_shape(data))
    found = builtin_details.losses(net, *builtin_details.batch_of(net, data, 4))
    found["total"].backward()
    assert all(torch.isfinite(value) for value in found.values())
    assert all(p.grad is not None for p in net.parameters())


def test_closeup_losses_are_finite_and_have_gradients(data: Rendered) -> None:
    reference = mean_shape(data)
    net = CloseupTraining(reference)
    lesson = Lesson(net, DetailDetector(reference), data)
    for _ in range(2):  # the critics learn from the second batch on
        found = lesson()
        found["total"].backward()
    assert all(torch.isfinite(value) for value in found.values())
    assert all(p.grad is not None for p in net.parameters())


def test_a_segmenters_matte_is_inexact_but_near() -> None:
    torch.manual_seed(0)
    exact = torch.zeros(8, 1, 128, 128)
    exact[..., 40:, 30:100] = 1
    found = segmented(exact)
    assert 0.001 < (found - exact).abs().mean() < 0.05
    assert found[..., 60:, 50:80].min() > 0.99


def test_strange_surfaces_keep_shapes() -> None:
    """A step edge stays at its place, whatever texture it gets."""
    torch.manual_seed(1)
    images = torch.full((16, 3, 32, 32), 0.2)
    images[..., 16:] = 0.8
    changed = augment.strange(images, share=1.0)
    assert not torch.allclose(changed, images, atol=0.02)
    steps = (changed[..., 8, 5:-6] - changed[..., 8, 4:-7]).abs().amax(1)
    assert ((steps.argmax(1) + 5 - 16).abs() <= 2).all()


@pytest.mark.slow
def test_all_parts_are_trained_from_rendered_clips(tmp_path: Path) -> None:
    """The command's own way: render people, train each part a moment, load the weights."""
    from avatarify.graphs.builtin import load_builtin
    from avatarify.synthetic.dataset import RenderJob, render_dataset
    from avatarify.training.builtin import train as mobile

    render_dataset(RenderJob(tmp_path / "clips", identities=3, frames=2, seed=1, size=64, assets=None), workers=1)
    learned, tested = load_rendered(tmp_path / "clips")
    assert learned.identities + tested.identities == 3
    with pytest.raises(InputError, match="details first"):
        mobile.train(tmp_path / "clips", tmp_path / "run", 0.001, only="closeups")
    weights = mobile.train(tmp_path / "clips", tmp_path / "run", 0.001)
    assert weights is not None
    assert set(load_builtin(weights)) == {"keypoints", "encode", "generate"}

    bundled = assets() / "models" / "built-in" / "model.safetensors"
    mobile.train(tmp_path / "clips", tmp_path / "more", 0.001, only="keypoints", begin_from=bundled)
    begun = load_file(bundled)
    after = torch.load(tmp_path / "more" / "keypoints" / "checkpoint.pt", weights_only=True)["net"]
    torch.testing.assert_close(after["reference"], begun["keypoints.reference"].float())
    torch.testing.assert_close(after["kp.weight"], begun["keypoints.kp.weight"].float(), atol=0.02, rtol=0)
    with pytest.raises(InputError, match="Cannot start from"):
        mobile.train(tmp_path / "clips", tmp_path / "other", 0.001, begin_from=tmp_path / "clips" / "dataset.json")
    assert not (tmp_path / "other").exists()


def test_keypoint_batches_are_pictures_and_points(data: Rendered) -> None:
    images, points = batch_of(data, 6)
    assert images.shape == (6, 3, 128, 128)
    assert 0 <= images.min() <= images.max() <= 1
    assert points.shape == (6, 81, 2)


class TestLoop:
    def make(self, folder: Any, minutes: Any) -> Any:
        torch.manual_seed(0)
        net = nn.Linear(3, 1)
        loop = Loop(net, folder, minutes, rate=0.05)
        loop.report = lambda line: None
        x = torch.randn(64, 3)
        wanted = x @ torch.tensor([[1.0], [-2.0], [0.5]])
        return net, loop, lambda: {"total": ((net(x) - wanted) ** 2).mean()}

    def test_learns_and_stops_when_the_time_is_up(self, tmp_path: Path) -> None:
        _, loop, loss = self.make(tmp_path, minutes=0.02)
        before = float(loss()["total"].detach())
        loop.run(loss)
        assert float(loss()["total"].detach()) < before / 5
        assert loop.spent >= 0.02 * 60

    def test_resumes_where_it_was(self, tmp_path: Path) -> None:
        net, loop, loss = self.make(tmp_path, minutes=0.01)
        loop.run(loss)
        again, resumed, _ = self.make(tmp_path, minutes=0.01)
        assert resumed.step == loop.step > 0
        assert torch.equal(again.weight, net.weight)
        resumed.run(loss)
        assert resumed.step == loop.step

    def test_refuses_nan_and_keeps_the_checkpoint(self, tmp_path: Path) -> None:
        _, loop, loss = self.make(tmp_path, minutes=1)
        loop.save()
        kept = (tmp_path / "checkpoint.pt").read_bytes()
        with pytest.raises(ModelError, match="nan"):
            loop.run(lambda: {"total": loss()["total"] * float("nan")})
        assert (tmp_path / "checkpoint.pt").read_bytes() == kept
