import numpy as np
import pytest

from avatarify.synthetic.turn import rigid_fit, rotation, rotation_vector, turn_partly

NOSE, CROWN = np.array([0.0, 0, 1]), np.array([0.0, 1, 0])


def test_each_angle_turns_the_way_it_says() -> None:
    assert (rotation(90, 0, 0) @ NOSE) == pytest.approx([1, 0, 0], abs=1e-6)
    assert (rotation(0, 90, 0) @ NOSE) == pytest.approx([0, 1, 0], abs=1e-6)
    assert (rotation(0, 0, 90) @ CROWN) == pytest.approx([1, 0, 0], abs=1e-6)


def test_a_rotation_vector_is_the_angle_about_the_axis() -> None:
    assert rotation_vector(rotation(30, 0, 0)) == pytest.approx([0, np.radians(30), 0], abs=1e-6)
    assert rotation_vector(rotation(0, 0, 0)) == pytest.approx([0, 0, 0])


def test_the_full_fraction_is_the_rotation_and_two_halves_make_it() -> None:
    turn, pivot = rotation(25, -10, 15), np.array([1.0, 2, 3])
    points = np.random.default_rng(0).normal(size=(20, 3))
    vector, ones = rotation_vector(turn), np.ones(20)
    whole = turn_partly(points, vector, ones, pivot)
    assert whole == pytest.approx((points - pivot) @ turn.T + pivot, abs=1e-5)
    half = turn_partly(turn_partly(points, vector, ones / 2, pivot), vector, ones / 2, pivot)
    assert half == pytest.approx(whole, abs=1e-5)
    assert turn_partly(points, vector, 0 * ones, pivot) == pytest.approx(points, abs=1e-6)


def test_a_rigid_movement_is_found_again() -> None:
    turn, shift = rotation(-20, 8, 5), np.array([0.3, -1, 2])
    points = np.random.default_rng(1).normal(size=(30, 3))
    found_turn, found_shift = rigid_fit(points, points @ turn.T + shift)
    assert found_turn == pytest.approx(turn, abs=1e-5)
    assert found_shift == pytest.approx(shift, abs=1e-5)
