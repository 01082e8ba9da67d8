"""Following a face: smooth at rest, quick in motion, certain about its presence."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import make_face
from helpers.values import not_none

from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.face.follow import HOLD_S, FaceFollower, ValueFilter
from avatarify.motion.one_euro import OneEuro

STEP_S = 1 / 30


def face_at(x: float = 100.0, y: float = 100.0, size: float = 100.0, angle: float = 0.0) -> Face:
    """Return a face whose key-point box is known."""
    return replace(make_face(), followed=CropBox(x, y, size, angle))


def follow(faces: Sequence[Face | None], hold_s: float = HOLD_S, confirm: int = 1) -> list[Face | None]:
    follower = FaceFollower(hold_s, confirm)
    return [follower.follow(face, index * STEP_S) for index, face in enumerate(faces)]


def boxes(faces: list[Face]) -> list[CropBox]:
    return [not_none(face).keypoint_box() for face in follow(faces)]


def test_the_first_box_is_not_smoothed() -> None:
    assert boxes([face_at(31, 44, 80, 0.2)])[0] == CropBox(31, 44, 80, 0.2)


def test_noise_at_rest_is_reduced() -> None:
    noise = np.random.default_rng(0).normal(0, 1.0, (200, 3))
    found = boxes([face_at(100 + dx, 100 + dy, 100 * math.exp(ds / 100)) for dx, dy, ds in noise])
    settled = np.array([[box.x, box.y, box.size] for box in found[50:]])
    assert settled.std(axis=0).max() < 0.6 * noise[50:].std(axis=0).min()
    np.testing.assert_allclose(settled.mean(axis=0), [100, 100, 100], atol=0.6)


def test_a_moving_face_stays_near_the_center_of_its_box() -> None:
    speed = 1.0  # box sides a second: a quick lean
    found = boxes([face_at(100 + 100 * speed * index * STEP_S) for index in range(45)])
    lag = [abs(box.x - (100 + 100 * speed * index * STEP_S)) for index, box in enumerate(found)]
    assert max(lag) < 9  # of a side of 100
    assert lag[-1] < 4


def test_a_jump_resets_the_smoothing() -> None:
    jumps = [face_at(100), face_at(100), face_at(160), face_at(160, size=160), face_at(160, size=160, angle=0.6)]
    assert boxes(jumps)[2:] == [face.followed for face in jumps[2:]]


def test_size_and_tilt_are_smoothed_too() -> None:
    found = boxes([face_at(size=100 * 1.005**index, angle=0.01 * index) for index in range(60)])
    assert found[-1].size == pytest.approx(100 * 1.005**59, rel=0.03)
    assert found[-1].angle == pytest.approx(0.59, abs=0.05)


def test_tilt_takes_the_shorter_direction() -> None:
    found = boxes([face_at(angle=3.1), face_at(angle=-3.1), face_at(angle=-3.1)])
    for box in found:
        assert abs(math.remainder(box.angle - math.pi, math.tau)) < 0.05


def test_a_short_miss_is_bridged_and_a_long_one_is_not() -> None:
    seen = face_at()
    found = follow([seen] * 5 + [None] * 20, hold_s=0.4)
    there = [face is not None for face in found]
    last = max(index for index, value in enumerate(there) if value)
    assert all(there[: last + 1])
    assert (last - 5) * STEP_S == pytest.approx(0.4, abs=STEP_S)


def test_a_single_detection_does_not_count() -> None:
    seen = face_at()
    found = follow([seen, None, seen, None, seen, seen, None], confirm=2)
    assert [face is not None for face in found] == [False, False, False, False, False, True, True]


def test_a_face_that_returns_is_not_smoothed_with_its_old_place() -> None:
    found = follow([face_at(100)] * 3 + [None] * 20 + [face_at(120)], hold_s=0.4)
    assert not_none(found[-1]).keypoint_box().x == 120


def test_without_detections_a_face_is_remembered_longer_but_not_forever() -> None:
    follower = FaceFollower(hold_s=0.4)
    follower.follow(face_at(), 10.0)
    assert follower.present(11.0) is not None
    assert follower.present(13.0) is None


def test_the_filter_follows_a_step_at_its_cutoff_frequency() -> None:
    # Each step of time t leaves 1 / (1 + 2 pi f t) of the distance, f being the cut-off frequency.
    smooth = ValueFilter(OneEuro(still_hz=1.0, hz_by_speed=0.0, speed_hz=2.0))
    smooth.update(np.array([0.0]), STEP_S)
    for _ in range(6):
        value = smooth.update(np.array([1.0]), STEP_S)
    assert value[0] == pytest.approx(1 - (1 + math.tau * STEP_S) ** -6, abs=1e-9)
