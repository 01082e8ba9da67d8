"""A portrait's light: found in the whites of eyes that are drawn here, taken away, and given back."""

import pytest
import torch

from avatarify.networks.builtin.light import find_light, never_blue

WHITE = torch.tensor([0.66, 0.594, 0.555])  # of an eye in white light
SKIN = torch.tensor([0.7, 0.5, 0.4])


def drawn(tint: tuple[float, float, float], colors: bool = True) -> tuple[torch.Tensor, torch.Tensor]:
    """Two eyes: a white between the lids, a dark iris of 0.2 eye widths, skin around, all under one light."""
    v, u = torch.meshgrid(torch.linspace(-0.6, 0.6, 40), torch.linspace(-0.3, 1.3, 56), indexing="ij")
    across, along = u - 0.5, v
    lid = 0.3 * (4 * u * (1 - u)).clamp(min=0)
    shapes = torch.stack([v + lid, v - lid, across, along])[None].repeat(2, 1, 1, 1)
    inside, iris = (v.abs() < lid)[..., None], ((across**2 + along**2).sqrt() < 0.2)[..., None]
    picture = torch.where(inside, torch.where(iris, 0.1 * torch.ones(3), WHITE), SKIN)
    if not colors:
        picture = picture.mean(-1, keepdim=True).expand_as(picture)
    return (picture * torch.tensor(tint)).permute(2, 0, 1)[None].repeat(2, 1, 1, 1), shapes


@pytest.mark.parametrize("tint", [(1.0, 1.0, 1.0), (1.25, 1.05, 0.6), (0.8, 1.0, 1.2)])
def test_the_light_is_estimated_from_the_whites_of_the_eyes(tint: tuple[float, float, float]) -> None:
    cast = find_light(*drawn(tint)).cast.flatten()
    wanted = torch.tensor(tint)
    assert torch.allclose(cast / cast.mean(), wanted / wanted.mean(), atol=0.03)


def test_skin_and_iris_do_not_count() -> None:
    eyes, shapes = drawn((1.0, 1.0, 1.0))
    before = find_light(eyes, shapes).cast
    blue = torch.where(
        (shapes[:, 2:].norm(dim=1, keepdim=True) < 0.2), eyes * torch.tensor([1.0, 2, 6])[:, None, None], eyes
    )
    assert torch.allclose(find_light(blue, shapes).cast, before, atol=0.02)


def test_painted_patches_get_the_portraits_light() -> None:
    light = find_light(*drawn((1.25, 1.05, 0.6)))
    portrait = torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(0)) * 0.5
    assert float(light.colors) == 1
    assert torch.allclose(light.applied_to(light.removed_from(portrait)), portrait, atol=1e-5)


def test_a_black_and_white_portrait_gets_no_color() -> None:
    light = find_light(*drawn((1.0, 1.0, 1.0), colors=False))
    painted = light.applied_to(torch.tensor([0.8, 0.3, 0.3]).reshape(1, 3, 1, 1))
    assert float(painted.amax() - painted.amin()) < 1e-3
    assert float(painted.mean()) == pytest.approx(0.47, abs=0.04)


def test_shut_eyes_change_little() -> None:
    eyes, shapes = drawn((1.0, 1.0, 1.0))
    shapes[:, 0] = -1.0  # everything is above the upper lid
    light = find_light(eyes, shapes)
    assert all(torch.isfinite(part).all() for part in light)
    assert float((light.cast - 1).abs().max()) < 0.5


def test_no_mouth_is_bluer_than_red() -> None:
    mouth = torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(1))
    red, green, blue = never_blue(mouth).unbind(1)
    assert (green <= red).all()
    assert (blue <= red).all()
    teeth = torch.tensor([0.8, 0.74, 0.68]).reshape(1, 3, 1, 1)
    assert torch.equal(never_blue(teeth), teeth)
