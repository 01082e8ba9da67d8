from typing import Any

import numpy as np
import pytest

from avatarify.synthetic import motion
from avatarify.synthetic.hair import choose_style, hair_color
from avatarify.synthetic.mesh import Target
from avatarify.synthetic.rig import Pose, Rig
from avatarify.synthetic.sensor import Sensor, draw_sensor, film
from avatarify.synthetic.shape import mix_person
from avatarify.synthetic.stage import draw_background, draw_framing, draw_light


def rng(seed: int = 0) -> Any:
    return np.random.default_rng(seed)


def test_everyone_is_someone_else_and_stays_so(rig: Rig, shapes: dict[str, Target]) -> None:
    first, again, other = (mix_person(rig.mesh, shapes, rng(seed)) for seed in (3, 3, 4))
    assert np.array_equal(first.vertices, again.vertices)
    assert np.abs(first.vertices - other.vertices).max() > 0.02


def test_both_sides_of_a_face_get_the_same_features(rig: Rig, shapes: dict[str, Target]) -> None:
    eyes = [mix_person(rig.mesh, shapes, rng(seed)).vertices[rig.mesh.members("helper-l-eye")] for seed in range(3)]
    assert all(np.isfinite(places).all() for places in eyes)
    person = mix_person(rig.mesh, shapes, rng(1))
    joints = [rig.mesh.joint(name, person.vertices) for name in ("l-eye", "r-eye")]
    assert joints[0] == pytest.approx(joints[1] * [-1, 1, 1], abs=0.06)


@pytest.fixture(scope="module")
def poses(rig: Rig) -> list[Pose]:
    return motion.draw_poses(rng(5), rig.names, 600)


def test_movements_stay_in_their_ranges(poses: list[Pose]) -> None:
    heads = np.array([pose.head for pose in poses])
    assert np.all(np.abs(heads).max(0) <= (motion.MAX_YAW, motion.MAX_PITCH, motion.MAX_ROLL))
    assert np.abs(heads[:, 0]).max() > 30
    gazes = np.array([pose.gaze for pose in poses])
    assert np.all(np.abs(gazes).max(0) <= (30, 20))
    weights = np.array([pose.expression for pose in poses])
    assert weights.min() >= 0
    assert weights.max() <= 1


def test_small_movements_are_more_frequent_than_large_ones(poses: list[Pose]) -> None:
    heads = np.array([pose.head for pose in poses])
    turned = np.abs(heads[1::2] - heads[::2])[:, 0]
    assert np.median(turned) < 10
    assert (turned > 20).mean() > 0.1


def test_even_frames_are_mostly_calm(rig: Rig, poses: list[Pose]) -> None:
    weights = np.array([pose.expression for pose in poses])
    jaw, blink, smile = (weights[:, rig.names.index(n)] for n in ("jawOpen", "eyeBlinkLeft", "mouthSmileLeft"))
    striking = (jaw > 0.2) | (blink > 0.8) | (smile > 0.3)
    assert 0.15 < striking[::2].mean() < 0.35
    assert striking[1::2].mean() > 0.5


def test_every_kind_of_mouth_and_lid_occurs(rig: Rig, poses: list[Pose]) -> None:
    weights = np.array([pose.expression for pose in poses])

    def at(name: Any) -> Any:
        return weights[:, rig.names.index(name)]

    for name in (
        "jawOpen",
        "mouthFunnel",
        "mouthPucker",
        "mouthRollLower",
        "mouthSmileLeft",
        "eyeWideLeft",
        "eyeSquintLeft",
    ):
        assert at(name).max() > 0.7, name
    assert ((at("eyeBlinkLeft") > 0.8) & (at("eyeBlinkRight") < 0.2)).any()
    assert ((at("eyeBlinkRight") > 0.8) & (at("eyeBlinkLeft") < 0.2)).any()


def test_framings_go_from_tight_to_head_and_shoulders() -> None:
    shares = [draw_framing(rng(seed)).share for seed in range(200)]
    assert 0.25 <= min(shares) < 0.28
    assert 0.47 < max(shares) <= 0.5


def test_lights_are_unit_vectors_and_darker_skins_are_exposed_longer() -> None:
    dark, light = (np.mean([draw_light(rng(seed), tone)[0].exposure for seed in range(60)]) for tone in (30, 78))
    assert dark > 1.3 * light
    drawn, name = draw_light(rng(1), 60)
    assert np.linalg.norm(drawn.directions, axis=1) == pytest.approx([1, 1, 1])
    assert name


def test_backgrounds_have_the_requested_size() -> None:
    own = np.full((40, 60, 3), (10, 200, 30), np.uint8)
    kinds = set()
    for seed in range(40):
        picture, kind = draw_background(rng(seed), 64, [own])
        kinds.add(kind)
        assert picture.shape == (64, 64, 3)
        assert picture.dtype == np.uint8
    assert kinds == {"room", "gradient", "clutter", "picture"}


def test_half_of_the_cameras_are_bad() -> None:
    sensors = [draw_sensor(rng(seed)) for seed in range(300)]
    assert 0.4 < np.mean([sensor.quality > 0 for sensor in sensors]) < 0.6


def test_a_perfect_camera_changes_nothing_and_a_bad_one_not_too_much() -> None:
    picture = np.kron(rng(0).integers(0, 255, (8, 8, 3)), np.ones((8, 8, 1))).astype(np.uint8)
    assert np.array_equal(film(picture, Sensor(), rng()), picture)
    bad = film(picture, Sensor(0.6, 1.5, 3.0, 50, 0.3), rng())
    assert bad.shape == picture.shape
    assert 1 < np.abs(bad.astype(int) - picture).mean() < 40
    red = np.zeros((64, 64, 3), np.uint8)
    red[..., 0] = 200
    assert film(red, Sensor(quality=80), rng())[..., 0].mean() > 190  # channels keep their order


def test_hair_suits_the_person(rig: Rig, shapes: dict[str, Target]) -> None:
    people = [mix_person(rig.mesh, shapes, rng(seed)) for seed in range(60)]
    styles = {"short01": 0, "long01": 0, "cropped": 0}
    women = {choose_style(p, styles, rng(k)) for k, p in enumerate(people) if p.male < 0.5}
    men = {choose_style(p, styles, rng(k)) for k, p in enumerate(people) if p.male > 0.5}
    assert "long01" in women
    assert "short01" in men
    assert "long01" not in men
    colors = [hair_color(p, 1.0, rng(k))[1] for k, p in enumerate(people)]
    assert np.mean([c in ("black", "dark brown", "gray") for c in colors]) > 0.85
