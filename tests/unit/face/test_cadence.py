"""Looking for landmarks in some frames only: the box in between, and when the next look is due."""

import math
from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import make_face
from helpers.values import not_none

from avatarify.capture.demo import DemoSource
from avatarify.face.box import CropBox
from avatarify.face.cadence import MOVED, Cadence
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import F32
from avatarify.motion import layout

CROP = CropBox(300, 200, 400)
POINTS = np.random.default_rng(0).uniform(-0.5, 0.5, (layout.COUNT, 2)).astype(np.float32)


def looked(frame_index: int) -> Face:
    return replace(make_face(frame_index), followed=CropBox(310, 190, 240, 0.1))


def shifted(share: float) -> F32:
    """Return the points after a shift to the right by a share of the crop's side."""
    return np.asarray(POINTS + np.array([2 * share, 0]), np.float32)


def test_a_head_that_rests_is_not_looked_for() -> None:
    cadence, noise = Cadence(), np.random.default_rng(1)
    due = [
        cadence.due(index, looked(0), (POINTS + noise.normal(0, 0.01, POINTS.shape)).astype(np.float32), CROP)
        for index in range(50)
    ]
    assert not any(due)


def test_motion_asks_for_one_look_until_it_has_happened() -> None:
    cadence = Cadence()
    assert not cadence.due(0, looked(0), POINTS, CROP)
    assert not cadence.due(1, looked(0), shifted(0.8 * MOVED), CROP)
    assert cadence.due(2, looked(0), shifted(1.2 * MOVED), CROP)
    assert not cadence.due(3, looked(0), shifted(2 * MOVED), CROP)
    assert cadence.due(4, looked(2), shifted(3 * MOVED), CROP)


def test_eyes_mouth_and_shoulders_do_not_count_as_motion_of_the_head() -> None:
    cadence, talking = Cadence(), POINTS.copy()
    talking[list(layout.NOT_HEAD)] += 0.5
    cadence.due(0, looked(0), POINTS, CROP)
    assert not cadence.due(1, looked(0), talking, CROP)


def test_the_box_moves_turns_and_grows_with_the_key_points() -> None:
    cadence = Cadence()
    cadence.due(7, looked(7), POINTS, CROP)
    turn, scale, shift = 0.15, 1.1, np.array([0.1, -0.05])
    rotation = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    cadence.due(8, looked(7), np.asarray(scale * POINTS @ rotation.T + shift, np.float32), CROP)
    before, box = not_none(looked(7).followed), cadence.moved(looked(7)).keypoint_box()
    center = np.array([before.x - CROP.x, before.y - CROP.y])
    expected = scale * rotation @ center + shift * CROP.size / 2 + [CROP.x, CROP.y]
    np.testing.assert_allclose([box.x, box.y], expected, atol=1e-3)
    assert box.size == pytest.approx(scale * before.size, rel=1e-5)
    assert box.angle == pytest.approx(before.angle + turn, abs=1e-5)


def test_what_cannot_be_a_head_moves_no_box() -> None:
    cadence = Cadence()
    cadence.due(0, looked(0), POINTS, CROP)
    for wrong in (shifted(0.6), np.asarray(2 * POINTS, np.float32)):
        cadence.due(1, looked(0), wrong, CROP)
        assert cadence.moved(looked(0)).followed == looked(0).followed


def test_an_unknown_look_and_a_restart_leave_the_box_where_it_was_found() -> None:
    cadence = Cadence()
    assert cadence.moved(looked(0)).followed == looked(0).followed
    cadence.due(0, looked(0), POINTS, CROP)
    cadence.due(1, looked(0), shifted(0.1), CROP)
    assert cadence.moved(looked(5)).followed == looked(5).followed
    assert cadence.moved(looked(0)).followed != looked(0).followed
    cadence.restart()
    assert cadence.moved(looked(0)).followed == looked(0).followed


def test_a_third_of_the_looks_finds_the_face_as_well_as_a_look_in_every_other_frame() -> None:
    """The demo clip; landmarks of every frame are the truth, and stand for the key points."""
    with DemoSource(pace=False) as demo, FaceLandmarker() as landmarker:
        frames = [not_none(demo.read()) for _ in range(70)]
        faces = [not_none(landmarker.find(frame)) for frame in frames]
    faces = [replace(face, followed=face.keypoint_box()) for face in faces]
    vertices = [layout.MESH_FACE.get(point, layout.MESH_FEATURES.get(point, 10)) for point in range(layout.COUNT)]
    crop, cadence, known, looks = faces[0].portrait_box(), Cadence(), faces[0], 1
    errors, stale, hurry = [], [], False
    for index, truth in enumerate(faces[1:], 1):
        box = cadence.moved(known).keypoint_box()
        errors.append(distance(box, truth.keypoint_box()))
        stale.append(distance(faces[(index - 1) // 2 * 2].keypoint_box(), truth.keypoint_box()))
        if hurry or index - known.frame_index >= 4:  # in this frame; the result is there for the next one
            looks += 1
            known, hurry = truth, False
        hurry |= cadence.due(index, known, crop.from_pixels(truth.landmarks[vertices]), crop)
    assert looks <= len(faces) / 3
    assert np.mean(errors) < np.mean(stale)
    assert max(errors) < 1.2 * max(stale)


def distance(first: CropBox, second: CropBox) -> float:
    """Return how far apart two boxes are, in sides."""
    return math.hypot(first.x - second.x, first.y - second.y) / second.size
