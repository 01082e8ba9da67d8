import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatarify.errors import InputError
from avatarify.synthetic.grown import grow_beard, grown_styles
from avatarify.synthetic.hair import HairTextures
from avatarify.synthetic.proxies import Proxy, load_hair
from avatarify.synthetic.rig import Rig, RiggedBody
from avatarify.synthetic.studio import hangs_before_eyes
from avatarify.synthetic.surface import Part

EYES = range(36, 48)


@pytest.fixture(scope="module")
def styles(rig: Rig) -> dict[str, Proxy]:
    return grown_styles(rig.mesh)


def test_hair_leaves_the_eyes_free_on_every_person(
    rig: Rig, bodies: list[RiggedBody], styles: dict[str, Proxy]
) -> None:
    for body in bodies:
        eyes = body.rest[rig.slot[np.array([rig.points[k] for k in EYES])]].mean(1)
        for name, style in styles.items():
            hair = style.place(body.shape)
            before = hair[hair[:, 2] > eyes[:, 2].min() - 0.05]
            covers = (before[:, None, 1] < eyes[None, :, 1] + 0.03) & (
                np.abs(before[:, None, 0] - eyes[None, :, 0]) < 0.03
            )
            assert not covers.any(), name


def test_hair_lies_on_the_head_and_long_hair_reaches_the_shoulders(rig: Rig, styles: dict[str, Proxy]) -> None:
    crown = rig.mesh.vertices[rig.points[71][0], 1]
    for name, style in styles.items():
        places = style.place(rig.mesh.vertices)
        assert crown < places[:, 1].max() < crown + 0.4, name
        assert (places[:, 1].min() < 6.3) == ("long" in name), name


def test_only_the_knitted_cap_is_cloth(styles: dict[str, Proxy]) -> None:
    assert {name for name, style in styles.items() if style.surface.part == Part.CLOTH} == {"beanie"}


def test_a_beard_grows_around_the_mouth_and_not_on_the_lips(rig: Rig) -> None:
    beard = grow_beard(rig.mesh, rig.lips)
    places = rig.mesh.vertices[beard.pairs].mean(1)
    lips = rig.mesh.vertices[rig.lips[2:8].ravel()]
    assert np.linalg.norm(places[:, None] - lips[None], axis=2).min() > 0.005
    assert places[:, 1].min() < 6.3
    assert (places[:, 1] > 6.72).any()
    assert places[:, 1].max() < 6.95
    assert 0 < beard.length.min() < beard.length.max() <= 1


def test_textures_have_the_requested_color(styles: dict[str, Proxy]) -> None:
    textures = HairTextures(None)
    for name, style in styles.items():
        picture = textures.paint(name, style.surface, np.array([150.0, 80, 20]), np.random.default_rng(0))
        red, green, blue = picture[picture[..., 3] > 128][:, :3].mean(0)
        assert red > green > blue
        assert red == pytest.approx(156, abs=40)


def assets_with_a_curtain(folder: Any, rig: Rig, height: Any) -> None:
    """An assets folder whose only style is a square of hair in front of the face, down to ``height``."""
    corners = np.array([(-0.22, 8.0, 1.7), (0.22, 8.0, 1.7), (0.22, height, 1.7), (-0.22, height, 1.7)], np.float32)
    nose = rig.points[30][0]
    fit = np.zeros((4, 9), np.float32)
    fit[:, 0], fit[:, 3] = nose, 1
    fit[:, 6:] = corners - rig.mesh.vertices[nose]
    triangles = np.array([(0, 1, 2), (0, 2, 3)])
    uv = np.array([(0, 1), (1, 1), (1, 0), (0, 0)], np.float32)
    arrays: dict[str, Any] = {"map": fit, "f": triangles, "t": triangles, "vt": uv}
    np.savez(folder / "model.npz", **{f"hair_curtain/{name}": array for name, array in arrays.items()})
    (folder / "model.json").write_text(json.dumps({"scale": {"hair_curtain": [[0, 5399, 11998, 1.0]]}}))


def test_hair_of_an_assets_folder_is_fitted_to_the_person(tmp_path: Path, rig: Rig, bodies: list[RiggedBody]) -> None:
    assets_with_a_curtain(tmp_path, rig, 7.5)
    style = load_hair(tmp_path)["curtain"]
    wide = [np.ptp(style.place(body.shape)[:, 0]) for body in bodies]
    heads = [abs(body.shape[5399, 0] - body.shape[11998, 0]) for body in bodies]
    assert np.array(wide) / np.array(heads) == pytest.approx(0.44)


@pytest.mark.parametrize(("height", "hangs"), [(7.5, False), (7.2, True)])
def test_hair_that_would_cover_the_eyes_is_not_used(tmp_path: Path, rig: Rig, height: float, hangs: bool) -> None:
    assets_with_a_curtain(tmp_path, rig, height)
    assert hangs_before_eyes(load_hair(tmp_path)["curtain"], rig) == hangs


def test_damaged_assets_are_reported(tmp_path: Path) -> None:
    (tmp_path / "model.npz").write_bytes(b"no table")
    with pytest.raises(InputError, match="cannot be used"):
        load_hair(tmp_path)
