from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from avatarify.frames import F32
from avatarify.synthetic import eyes
from avatarify.synthetic.rig import Pose, Rig, RiggedBody

SIDES = {"Right": 0, "Left": 1}


def opening(rig: Rig, vertices: Any, side: Any) -> Any:
    """Heights between the two margins of an eye, at the places of the upper one's inner columns."""
    lid = rig.eyes[SIDES[side]]
    ring = vertices[rig.slot[lid.rings[0]]]
    order = np.argsort(lid.place[lid.lower])
    below = np.interp(lid.place[lid.upper], lid.place[lid.lower][order], ring[lid.lower][order, 1])
    return (ring[lid.upper, 1] - below)[3:-3]


@pytest.mark.parametrize("side", SIDES)
def test_lids_meet_on_every_person(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32], side: str
) -> None:
    for body in bodies:
        shut = body.face(Pose(expression(**{f"eyeBlink{side}": 1})))
        rest = opening(rig, body.face(Pose(expression())), side)
        assert np.abs(opening(rig, shut, side)).max() < 0.06 * rest.max()


@pytest.mark.parametrize("side", SIDES)
def test_an_eye_shuts_alone(rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32], side: str) -> None:
    other = next(s for s in SIDES if s != side)
    for body in bodies:
        before = opening(rig, body.face(Pose(expression())), other)
        after = opening(rig, body.face(Pose(expression(**{f"eyeBlink{side}": 1}))), other)
        assert after == pytest.approx(before, abs=1e-4)


@pytest.mark.parametrize("extra", [{}, {"eyeSquint": 1}, {"eyeWide": 1}, {"browDown": 1, "cheekSquint": 1}])
def test_lids_close_steadily_and_never_cross(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32], extra: dict[str, int]
) -> None:
    for body in bodies:
        middles = []
        for closed in np.linspace(0, 1, 6):
            gaps = opening(rig, body.face(Pose(expression(eyeBlink=closed, **extra))), "Left")
            assert gaps.min() > -0.006
            middles.append(gaps.mean())
        assert np.all(np.diff(middles) < 0)


def test_the_upper_lid_follows_the_gaze(rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]) -> None:
    lid = rig.eyes[1]
    upper = rig.slot[lid.rings[0, lid.upper[3:-3]]]
    for body in bodies:
        up, ahead, down = (
            body.face(Pose(expression(**weights), gaze=(0, gaze)))[upper, 1].mean()
            for gaze, weights in ((20, {"eyeLookUp": 1}), (0, {}), (-20, {"eyeLookDown": 1}))
        )
        assert down < ahead - 0.01
        assert ahead + 0.01 < up


def test_no_skin_of_a_lid_lies_inside_the_eyeball(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]
) -> None:
    for body in bodies:
        for closed in (0, 0.5, 1):
            face = body.face(Pose(expression(eyeBlink=closed)))
            for lid, center, radius in zip(rig.eyes, body.eye_centers, body.eye_radius, strict=True):
                ring = face[rig.slot[lid.rings[0]]]
                assert np.linalg.norm(ring - center, axis=1).min() > 0.97 * radius


def test_pupils_turn_with_the_gaze() -> None:
    ball, centers = eyes.ball_points(), (np.zeros(3), np.ones(3))
    front = eyes.pupils(eyes.turned_balls(ball, centers, (1.0, 1.0), (0.0, 0.0)))[0]
    assert front == pytest.approx([0, 0, np.linalg.norm(front)], abs=1e-6)
    turned = eyes.pupils(eyes.turned_balls(ball, centers, (1.0, 1.0), (30.0, 0.0)))[0] / np.linalg.norm(front)
    assert turned == pytest.approx([0.5, 0, np.sqrt(0.75)], abs=1e-5)
    raised = eyes.pupils(eyes.turned_balls(ball, centers, (1.0, 1.0), (0.0, 20.0)))[1] - 1
    assert raised[1] > 0.3


def test_an_eye_is_white_with_a_colored_iris_and_a_black_pupil() -> None:
    texture, name = eyes.eye_texture(0.0, np.random.default_rng(4))
    assert texture.shape == (128, 128, 4)
    assert name
    assert texture[64, 64, :3].max() < 30
    assert texture[64, 100, :3].min() > 150


def test_dark_skins_have_brown_eyes() -> None:
    rng = np.random.default_rng(0)
    names = [eyes.eye_texture(1.0, rng)[1] for _ in range(60)]
    assert sum("brown" in name for name in names) > 45
