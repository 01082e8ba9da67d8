"""The methods that are compared: what each promises, and what its paper says of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from helpers.values import not_none
from safetensors.torch import save_file

from avatarify.errors import ModelError
from avatarify.networks.comparison.config import MONKEY_NET_PRESETS, X2FACE_PRESETS, MonkeyNetConfig, X2FaceConfig
from avatarify.networks.comparison.monkey_net import BlobDetector, Blobs, MonkeyNet
from avatarify.networks.comparison.x2face import X2Face
from avatarify.networks.grid import coordinate_grid
from avatarify.networks.kinds import KINDS
from avatarify.networks.motion_model import MotionModel
from avatarify.networks.registry import build_model, load_trained, metadata_of

TINY = MONKEY_NET_PRESETS["tiny"]
VARIANTS: list[tuple[str, dict[str, bool]]] = [(kind, {}) for kind in KINDS] + [
    ("fomm", {"jacobians": False, "occlusion": False})
]


@pytest.fixture
def images() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Source, driving and first driving pictures, smooth and different."""
    dice = torch.Generator().manual_seed(3)
    rough = torch.rand(6, 3, 8, 8, generator=dice)
    smooth = torch.nn.functional.interpolate(rough, size=(64, 64), mode="bicubic", align_corners=False)
    source, driving, first = smooth.clamp(0, 1).chunk(3)
    return source, driving, first


def made(kind: str, **parts: bool) -> MotionModel:
    torch.manual_seed(1)
    return build_model(kind, "tiny", **parts).eval()


@pytest.mark.parametrize(("kind", "parts"), VARIANTS)
def test_it_animates(
    images: tuple[torch.Tensor, torch.Tensor, torch.Tensor], kind: str, parts: dict[str, bool]
) -> None:
    source, driving, first = images
    method = made(kind, **parts)
    with torch.no_grad():
        drawn = method.animate(source, driving, first)
    assert (method.kind, method.size, drawn.image.shape) == (kind, 64, source.shape)
    assert 0 <= drawn.image.min() <= drawn.image.max() <= 1
    assert drawn.deformation.shape[:2] == (2, 2)
    assert drawn.deformed(source).shape == source.shape
    if not method.points:
        assert kind == "x2face"
        assert (drawn.source, drawn.driving, drawn.occlusion, drawn.mask, drawn.sparse) == (None,) * 5
        with pytest.raises(NotImplementedError):
            method.find(source)
        return
    assert not_none(drawn.source).points.shape == not_none(drawn.driving).points.shape == (2, 4, 2)
    assert not_none(drawn.mask).sum(1) == pytest.approx(torch.ones(2, 32, 32))
    assert not_none(drawn.sparse).shape == (2, 5, 32, 32, 2)
    assert (drawn.occlusion is None) == (kind == "monkey-net" or not parts.get("occlusion", True))
    assert torch.equal(method.find(source).points, not_none(drawn.source).points)


@pytest.mark.parametrize(("kind", "parts"), VARIANTS)
def test_every_weight_learns(
    images: tuple[torch.Tensor, torch.Tensor, torch.Tensor], kind: str, parts: dict[str, bool]
) -> None:
    """After one step, for heads that begin at zero hide what is before them in the first."""
    source, driving, _ = images
    method = made(kind, **parts).train()
    optimiser = torch.optim.Adam(method.parameters(), 1e-2)
    for _ in range(2):
        optimiser.zero_grad()
        (method.animate(source, driving).image - driving).square().mean().backward()
        optimiser.step()
    still = [name for name, weight in method.named_parameters() if weight.grad is None]
    assert still == []
    moved = [name for name, weight in method.named_parameters() if not_none(weight.grad).abs().sum() > 0]
    assert len(moved) == len(list(method.parameters()))


@pytest.mark.parametrize("kind", ["fomm", "monkey-net"])
def test_a_driver_that_does_not_move_leaves_the_key_points_where_they_are(
    images: tuple[torch.Tensor, torch.Tensor, torch.Tensor], kind: str
) -> None:
    source, driving, _ = images
    method = made(kind)
    with torch.no_grad():
        drawn, still = method.animate(source, driving, driving), method.animate(source, source)
    assert not_none(drawn.driving).points == pytest.approx(not_none(drawn.source).points, abs=1e-5)
    assert not_none(drawn.driving).jacobians == pytest.approx(not_none(drawn.source).jacobians, abs=1e-4)
    assert drawn.image == pytest.approx(still.image, abs=1e-4)


def test_relative_motion_of_monkey_net_adds_shifts(images: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> None:
    source, driving, first = images
    method = made("monkey-net")
    with torch.no_grad():
        drawn = method.animate(source, driving, first)
        wanted = method.find(source).points + method.find(driving).points - method.find(first).points
    assert not_none(drawn.driving).points == pytest.approx(wanted, abs=1e-6)


def test_blobs_have_the_mean_and_the_covariance_of_the_heat_map() -> None:
    """A detector whose scores are the logarithm of a known Gaussian finds that Gaussian."""
    wanted = Blobs(torch.tensor([[[0.2, -0.1]]]), torch.tensor([[[[0.02, 0.006], [0.006, 0.01]]]]))
    config = TINY
    detector = BlobDetector(config)
    scores = wanted.bells(config.motion_side).log() * config.temperature
    for part in ("down", "predictor", "kp"):
        setattr(detector, part, torch.nn.Identity())
    found = detector(scores.expand(1, config.points, -1, -1))
    assert found.points[0, 0] == pytest.approx(wanted.points[0, 0], abs=1e-3)
    least = config.least_variance * torch.eye(2)
    assert found.covariances[0, 0] - least == pytest.approx(wanted.covariances[0, 0], abs=5e-4)


def test_bells_follow_the_formula_of_the_density() -> None:
    """By the density's formula, with torch's own inverse."""
    dice = torch.Generator().manual_seed(0)
    root = torch.randn(2, 3, 2, 2, generator=dice) * 0.3
    blobs = Blobs(torch.rand(2, 3, 2, generator=dice) - 0.5, root @ root.transpose(2, 3) + 0.01 * torch.eye(2))
    offset = coordinate_grid(16, blobs.points) - blobs.points[:, :, None, None]
    wanted = torch.exp(-0.5 * torch.einsum("bkhwi,bkij,bkhwj->bkhw", offset, blobs.covariances.inverse(), offset))
    assert blobs.bells(16) == pytest.approx(wanted, abs=1e-4)


def test_monkey_net_begins_with_shifts_alone(images: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> None:
    """Its remainder is zero at first: the deformation lies between the shifts of the key points and none."""
    source, driving, _ = images
    with torch.no_grad():
        drawn = made("monkey-net").animate(source, driving)
        mixed = torch.einsum("bkhwc,bkhw->bchw", drawn.sparse, drawn.mask)
        shift = not_none(drawn.sparse)[:, 1:] - not_none(drawn.sparse)[:, :1]
    assert drawn.deformation == pytest.approx(mixed, abs=1e-5)
    assert shift == pytest.approx(shift[:, :, :1, :1].expand_as(shift), abs=1e-5)


def test_monkey_nets_remainder_is_bounded(images: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> None:
    """However large its weights grow, it cannot move everything out of the image."""
    source, driving, _ = images
    method: Any = made("monkey-net")
    torch.nn.init.constant_(method.dense_motion_network.residual.bias, 1e3)
    with torch.no_grad():
        drawn = method.animate(source, driving)
        mixed = torch.einsum("bkhwc,bkhw->bchw", drawn.sparse, drawn.mask)
    assert drawn.deformation - mixed == pytest.approx(torch.full_like(mixed, 0.5), abs=1e-5)


def test_x2face_begins_with_the_source_itself(images: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> None:
    source, driving, _ = images
    with torch.no_grad():
        method: Any = made("x2face")
        assert method.animate(source, driving).image == pytest.approx(source, abs=1e-5)


def test_the_driving_network_sees_nothing_but_the_code(images: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> None:
    """With its code held still, another driving picture draws the same."""
    source, driving, other = images
    method: Any = made("x2face")
    torch.nn.init.normal_(method.driving_network.sampler.offset.weight)
    with torch.no_grad():
        assert not torch.allclose(method.animate(source, driving).image, method.animate(source, other).image)
        torch.nn.init.zeros_(method.driving_network.code.weight)
        assert torch.equal(method.animate(source, driving).image, method.animate(source, other).image)


@pytest.mark.parametrize(("network", "presets"), [(MonkeyNet, MONKEY_NET_PRESETS), (X2Face, X2FACE_PRESETS)])
def test_every_size_fits_together(
    network: Callable[[Any], MonkeyNet | X2Face], presets: dict[str, MonkeyNetConfig | X2FaceConfig]
) -> None:
    with torch.device("meta"):
        for config in presets.values():
            images = torch.empty(2, 3, config.size, config.size)
            assert network(config).animate(images, images).image.shape == images.shape


@pytest.mark.parametrize(("kind", "parts"), VARIANTS)
def test_weights_come_back(
    images: tuple[torch.Tensor, torch.Tensor, torch.Tensor], tmp_path: Path, kind: str, parts: dict[str, bool]
) -> None:
    method = made(kind, **parts)
    save_file(method.state_dict(), tmp_path / "model.safetensors", metadata_of(method, "tiny", "a test"))
    for path in (tmp_path, tmp_path / "model.safetensors"):
        loaded = load_trained(path)
        assert loaded.kind == kind
        assert not loaded.training
        with torch.no_grad():
            assert torch.equal(loaded.animate(*images[:2]).image, method.animate(*images[:2]).image)


def test_what_is_not_a_method_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    with pytest.raises(ModelError, match="cannot be read"):
        load_trained(tmp_path)
    file.write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be read"):
        load_trained(file)
    save_file({"a": torch.zeros(1)}, file)
    with pytest.raises(ModelError, match="not written by 'avatarify train'"):
        load_trained(file)
    save_file({"a": torch.zeros(1)}, file, {"kind": "x2face", "preset": "tiny"})
    with pytest.raises(ModelError, match="does not fit"):
        load_trained(file)
    state = made("x2face").state_dict()
    state = {name: tensor * torch.nan if tensor.is_floating_point() else tensor for name, tensor in state.items()}
    save_file(state, file, {"kind": "x2face", "preset": "tiny"})
    with pytest.raises(ModelError, match="not finite"):
        load_trained(file)
    for words in (("y2face", "tiny"), ("x2face", "huge")):
        with pytest.raises(ModelError, match="unknown"):
            build_model(*words)
