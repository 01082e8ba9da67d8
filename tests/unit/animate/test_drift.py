import numpy as np
import pytest
from helpers.fakes import make_face

from avatarify.animate.drift import SECONDS, Drift
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import Keypoints
from avatarify.motion import first_order


def moved(face: Face, shift: float, scale: float = 1.0) -> Face:
    return Face((face.landmarks * scale + shift).astype(np.float32), {}, 0.0, 0.0, 0.0)


def test_a_face_that_stays_leaves_the_square_where_it_was() -> None:
    face = make_face()
    drift = Drift(face.portrait_box(), face)
    for at in (0.0, 1.0, 2.0):
        assert tuple_of(drift.follow(face, at)) == pytest.approx(tuple_of(face.portrait_box()), abs=1e-4)


def tuple_of(box: CropBox) -> tuple[float, float, float]:
    return box.x, box.y, box.size


def test_the_square_moves_as_far_as_its_time_constant_says() -> None:
    face = make_face()
    drift = Drift(face.portrait_box(), face)
    drift.follow(face, 0.0)
    box = drift.follow(moved(face, 100.0), SECONDS)
    assert box.x - face.portrait_box().x == pytest.approx(100 * (1 - np.exp(-1)), rel=1e-4)


def test_a_user_who_moves_is_followed_completely() -> None:
    face = make_face()
    drift = Drift(face.portrait_box(), face)
    away = moved(face, 40.0, scale=2.0)
    for second in range(60):
        box = drift.follow(away, float(second))
    assert tuple_of(box) == pytest.approx(tuple_of(away.portrait_box()), rel=1e-3)


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0, 1.5])
def test_strength_scales_the_way_from_the_neutral_frame(strength: float) -> None:
    rng = np.random.default_rng(3)
    neutral, driving = (
        Keypoints(rng.normal(size=(5, 2)).astype(np.float32), rng.normal(size=(5, 2, 2)).astype(np.float32))
        for _ in range(2)
    )
    made = first_order.stronger(neutral, driving, strength)
    expected = (1 - strength) * neutral.points + strength * driving.points
    np.testing.assert_allclose(made.points, expected, atol=1e-5)
    expected = (1 - strength) * neutral.jacobians + strength * driving.jacobians
    np.testing.assert_allclose(made.jacobians, expected, atol=1e-5)
