"""Robot arms and bodies: rays against brute force, films that follow from their dice, and the common format."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from helpers.values import not_none

from avatarify.errors import InputError
from avatarify.synthetic import rays
from avatarify.synthetic.figures import FIGURES, FigureJob, draw_figures, write_film
from avatarify.synthetic.limbs import bend, smooth_path
from avatarify.synthetic.patterns import KINDS, material
from avatarify.synthetic.rays import Camera, Scene
from avatarify.synthetic.surfaces import Capsule, Cuboid, Material, Plane, RaySurface
from avatarify.training.data.open_clips import open_clips

GRAY = Material(np.full((4, 4, 3), 0.5, np.float32))


def vector(*numbers: object) -> Any:
    return np.array(numbers, np.float32)


def job(out: Any, figure: str = "arm", **changes: Any) -> Any:
    return FigureJob(out, figure, **{"identities": 2, "frames": 4, "seed": 3, "size": 64, **changes})


def marched(surface_distance: Any, origin: Any, direction: Any) -> Any:
    """Walk along a ray by the distance to the surface until it is met; infinity if it never is."""
    along = 0.0
    for _ in range(400):
        step = surface_distance(origin + along * direction)
        if step < 1e-4:
            return along
        along += step
        if along > 20:
            break
    return np.inf


def capsule_distance(capsule: Any, point: Any) -> Any:
    axis = capsule.end - capsule.start
    share = np.clip((point - capsule.start) @ axis / (axis @ axis), 0, 1)
    return np.linalg.norm(point - capsule.start - share * axis) - capsule.radius


def box_distance(box: Any, point: Any) -> Any:
    cos, sin = np.cos(box.turn), np.sin(box.turn)
    inner = (point - box.center) @ np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]])
    return np.linalg.norm(np.maximum(np.abs(inner) - box.half, 0)) + min(0, (np.abs(inner) - box.half).max())


@pytest.mark.parametrize(
    ("surface", "distance"),
    [
        (Capsule(vector(-0.3, 0.1, 0), vector(0.4, 0.3, 0.2), 0.2, GRAY), capsule_distance),
        (Cuboid(vector(0.1, 0.2, 0), vector(0.3, 0.2, 0.1), 0.7, GRAY), box_distance),
    ],
)
def test_rays_meet_a_surface_where_walking_along_them_does(
    surface: Cuboid | Capsule, distance: Callable[..., Any]
) -> None:
    dice = np.random.default_rng(0)
    origin = vector(0.2, 0.5, 3)
    directions = vector(0, -0.1, -1) + dice.uniform(-0.25, 0.25, (200, 3)).astype(np.float32)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    found = surface.meet(origin, directions)
    wanted = np.array([marched(lambda point: distance(surface, point), origin, d) for d in directions])
    hit = np.isfinite(wanted)
    assert 15 < hit.sum() < 190
    # A ray that only just touches may be counted either way.
    assert ((found < 100) == hit).mean() > 0.98
    both = hit & (found < 100)
    assert np.abs(found[both] - wanted[both]).max() < 5e-3
    normal, _ = surface.look(origin + directions[both] * found[both, None])
    assert np.linalg.norm(normal, axis=1) == pytest.approx(1, abs=1e-3)
    assert ((normal * directions[both]).sum(1) < 0.05).all()


def test_a_camera_sees_points_where_its_rays_go() -> None:
    camera = Camera(vector(0.5, 1, 3), vector(0, 0.4, 0), 40)
    directions = camera.rays(32)
    places, depth = camera.project(camera.eye + 2 * directions.reshape(-1, 3))
    line = (np.arange(32) + 0.5) / 16 - 1
    assert places.reshape(32, 32, 2)[..., 0] == pytest.approx(np.tile(line, (32, 1)), abs=1e-4)
    assert places.reshape(32, 32, 2)[..., 1] == pytest.approx(np.tile(line[:, None], (1, 32)), abs=1e-4)
    assert (depth > 0).all()


def test_things_throw_shadows() -> None:
    light = vector(0, 1, 0)
    ground = Plane(vector(0, 0, 0), light, GRAY)
    camera = Camera(vector(0, 2, 2), vector(0, 0, 0), 60)
    ball = Capsule(vector(0, 1.2, 0.6), vector(0, 1.2, 0.6), 0.25, GRAY)
    scenes: list[list[RaySurface]] = [[ground], [ground, ball]]
    empty, shaded = (rays.picture(Scene(parts, light), camera, 64) for parts in scenes)
    spot, _ = camera.project(vector(0, 0, 0.6)[None])
    column, row = np.rint((spot[0] + 1) * 32).astype(int)
    assert shaded[row, column].max() < empty[row, column].min() - 30
    assert (shaded[:6] == empty[:6]).all()


def test_a_limb_keeps_its_lengths() -> None:
    middle, tip = bend(vector(0, 0, 0), vector(0.5, 0.2, 0.1), 0.4, 0.3, vector(0, 1, 0))
    assert tip == pytest.approx([0.5, 0.2, 0.1], abs=1e-5)
    assert [np.linalg.norm(middle), np.linalg.norm(tip - middle)] == pytest.approx([0.4, 0.3], abs=1e-5)
    middle, tip = bend(vector(0, 0, 0), vector(3, 0, 0), 0.4, 0.3, vector(0, 1, 0))
    assert np.linalg.norm(tip) == pytest.approx(0.7, abs=2e-3)


def test_a_path_goes_through_its_points() -> None:
    points = vector([0, 0], [1, 2], [3, 1])
    assert smooth_path(points, vector(0, 1, 2)) == pytest.approx(points)
    assert smooth_path(points, vector(0.5))[0] == pytest.approx([0.5, 1])


@pytest.mark.parametrize("kind", KINDS)
def test_patterns_repeat_without_a_seam(kind: str) -> None:
    texture = material(np.random.default_rng(1), vector(0.8, 0.2, 0.1), kind).texture
    assert texture.shape == (64, 64, 3)
    assert 0 <= texture.min() <= texture.max() <= 1
    if kind in ("plain", "clouds"):
        inner = np.abs(np.diff(texture, axis=1)).max()
        assert np.abs(texture[:, 0] - texture[:, -1]).max() <= 2 * inner


@pytest.mark.parametrize("figure", FIGURES)
def test_a_data_set_is_what_trainers_read_and_a_second_call_resumes(tmp_path: Path, figure: str) -> None:
    report = draw_figures(job(tmp_path, figure), 1)
    assert (report["rendered"], report["clips"], report["frames"]) == (2, 2, 8)
    clips = open_clips(tmp_path)
    assert (clips.kind, clips.size, len(clips.identities), clips.frames) == (figure, 64, 2, 8)
    one, other = clips
    pictures = [clips.picture(one, number).astype(int) for number in range(4)]
    assert np.abs(pictures[0] - pictures[3]).mean() > 1
    assert np.abs(pictures[0] - clips.picture(other, 0)).mean() > 10
    joints = np.array(one.attributes["joints"])
    assert joints.shape == (4, len(clips.about["joints"]), 2)
    assert np.abs(joints[0] - joints[3]).max() > 0.02
    (one.folder / "clip.json").unlink()
    before = (one.folder / "0002.jpg").read_bytes()
    assert draw_figures(job(tmp_path, figure, identities=3), 1)["rendered"] == 2
    assert (one.folder / "0002.jpg").read_bytes() == before


def test_joints_are_where_they_are_seen(tmp_path: Path) -> None:
    """The arm's wrist, in a picture with and one without the arm: the difference is there."""
    make, names = FIGURES["arm"]
    film = make(np.random.default_rng(5))
    scene, joints = next(film.frames(1))
    bare = Scene([part for part in scene.surfaces if isinstance(part, Plane | Cuboid)], scene.light, scene.strength)
    whole, less = (rays.picture(one, film.camera, 96).astype(int) for one in (scene, bare))
    x, y = np.rint((film.camera.project(joints)[0][names.index("wrist")] + 1) * 48).astype(int)
    changed = np.abs(whole - less).sum(-1) > 20
    assert changed[y - 2 : y + 3, x - 2 : x + 3].any()
    assert changed.mean() < 0.4


def test_films_depend_on_seed_and_number_alone(tmp_path: Path) -> None:
    for folder, numbers in ((tmp_path / "a", (0, 1)), (tmp_path / "b", (1,))):
        (folder / "clips").mkdir(parents=True)
        for number in numbers:
            write_film(job(folder, "body"), number)
    name = "clips/s3-000001"
    for file in ("0000.jpg", "0003.jpg", "clip.json"):
        assert (tmp_path / "a" / name / file).read_bytes() == (tmp_path / "b" / name / file).read_bytes()
    assert not_none(cv2.imread(str(tmp_path / "a" / name / "0000.jpg"))).shape == (64, 64, 3)


def test_another_data_set_is_not_mixed_in(tmp_path: Path) -> None:
    draw_figures(job(tmp_path, identities=1, frames=2), 1)
    for other in (job(tmp_path, "body"), job(tmp_path, size=32)):
        with pytest.raises(InputError, match="another kind or size"):
            draw_figures(other, 1)
    (tmp_path / "dataset.json").write_text("nothing")
    with pytest.raises(InputError, match="cannot be used"):
        draw_figures(job(tmp_path), 1)
    assert json.loads((tmp_path / "clips" / "s3-000000" / "clip.json").read_text())["frames"] == 2
