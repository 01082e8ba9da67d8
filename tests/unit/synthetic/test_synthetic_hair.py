import numpy as np
import pytest

from avatarify.synthetic.grown import grow_beard, grown_styles
from avatarify.synthetic.hair import HairTextures
from avatarify.synthetic.surface import Part

EYES = range(36, 48)


@pytest.fixture(scope="module")
def styles(rig):
    return grown_styles(rig.mesh)


def test_grown_hair_leaves_the_eyes_free_on_everybody(rig, bodies, styles):
    for body in bodies:
        eyes = body.rest[rig.slot[np.array([rig.points[k] for k in EYES])]].mean(1)
        for name, style in styles.items():
            hair = style.place(body.shape)
            before = hair[hair[:, 2] > eyes[:, 2].min() - 0.05]
            covers = (before[:, None, 1] < eyes[None, :, 1] + 0.03) & (
                np.abs(before[:, None, 0] - eyes[None, :, 0]) < 0.03
            )
            assert not covers.any(), name


def test_hair_lies_on_the_head_and_long_hair_reaches_the_shoulders(rig, styles):
    crown = rig.mesh.vertices[rig.points[71][0], 1]
    for name, style in styles.items():
        places = style.place(rig.mesh.vertices)
        assert crown < places[:, 1].max() < crown + 0.4, name
        assert (places[:, 1].min() < 6.3) == ("long" in name), name


def test_only_the_knitted_cap_is_cloth(styles):
    assert {name for name, style in styles.items() if style.surface.part == Part.CLOTH} == {"beanie"}


def test_a_beard_grows_around_the_mouth_and_not_on_the_lips(rig):
    beard = grow_beard(rig.mesh, rig.lips)
    places = rig.mesh.vertices[beard.pairs].mean(1)
    lips = rig.mesh.vertices[rig.lips[2:8].ravel()]
    assert np.linalg.norm(places[:, None] - lips[None], axis=2).min() > 0.005
    assert places[:, 1].min() < 6.3
    assert (places[:, 1] > 6.72).any()
    assert places[:, 1].max() < 6.95
    assert 0 < beard.length.min() < beard.length.max() <= 1


def test_textures_have_the_colour_that_is_asked_for(styles):
    textures = HairTextures(None)
    for name, style in styles.items():
        picture = textures.paint(name, style.surface, np.array([150.0, 80, 20]), np.random.default_rng(0))
        red, green, blue = picture[picture[..., 3] > 128][:, :3].mean(0)
        assert red > green > blue
        assert red == pytest.approx(156, abs=40)
