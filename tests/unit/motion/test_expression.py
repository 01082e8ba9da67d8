"""Key points from face units and a head pose."""

import math

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from avatarify.frames import F32, Performance
from avatarify.motion import first_order, layout
from avatarify.motion.expression import DISTANCE, load_basis
from avatarify.motion.lids import openness
from avatarify.motion.lips import opening
from avatarify.networks.builtin.keypoints import BuiltinKeypointDetector
from avatarify.zoo.registry import find_model

BASIS = load_basis()
REST = BASIS.keypoints(Performance())


def moved(performance: Performance) -> F32:
    """Return how far each point moves in the picture, (81, 2)."""
    return np.asarray(BASIS.keypoints(performance).points - REST.points)


def test_a_point_is_where_turning_and_projecting_it_by_hand_puts_it() -> None:
    at, weight, yaw = 54, 0.7, 20.0
    unit = BASIS.units.index("mouthSmileLeft")
    x, y, z = (float(BASIS.neutral[at, i] + weight * BASIS.moves[unit, at, i]) for i in range(3))
    cx, _, cz = (float(value) for value in BASIS.neck)
    turn = math.radians(yaw)
    to_right = cx + (x - cx) * math.cos(turn) + (z - cz) * math.sin(turn)
    toward = cz - (x - cx) * math.sin(turn) + (z - cz) * math.cos(turn)
    share = float(BASIS.shares[at])
    seen_x, seen_z = x + share * (to_right - x), z + share * (toward - z)
    larger = DISTANCE / (DISTANCE - seen_z)
    found = BASIS.keypoints(Performance({"mouthSmileLeft": weight}, yaw=yaw)).points[at]
    assert found == pytest.approx([seen_x * larger, y * larger], abs=1e-5)


def test_units_move_what_their_names_say() -> None:
    assert opening(moved(Performance({"jawOpen": 1.0})))[1] > 0.1
    corner_right, corner_left = layout.MOUTH_CORNERS
    pucker = moved(Performance({"mouthPucker": 1.0}))
    assert pucker[corner_right, 0] > 0.01 > -0.01 > pucker[corner_left, 0]
    smile = moved(Performance({"mouthSmileLeft": 1.0}))
    assert smile[corner_left, 1] < -0.05
    assert abs(smile[corner_right]).max() < 0.01
    assert moved(Performance({"browOuterUpLeft": 1.0}))[25, 1] < -0.02
    blink = BASIS.keypoints(Performance({"eyeBlinkRight": 1.0})).points
    assert openness(blink, 0) < 0.02
    assert openness(blink, 1) > 0.25
    look = moved(Performance({"eyeLookOutLeft": 1.0}))
    assert look[layout.PUPILS[1], 0] > 0.02
    assert abs(look[layout.PUPILS[0]]).max() < 1e-6


def test_the_head_turns_in_the_directions_of_a_detected_face() -> None:
    nose = 30
    assert moved(Performance(yaw=15))[nose, 0] > 0.1
    assert moved(Performance(pitch=10))[nose, 1] > 0.05
    assert moved(Performance(roll=10))[layout.CROWN, 0] > 0.1  # clockwise in the picture
    assert abs(moved(Performance(yaw=15))[list(layout.SHOULDERS)]).max() < 0.03
    near = moved(Performance(shift=(0.1, 0.05, 0.2)))
    assert near[nose, 0] > 0.08
    assert np.ptp(near[:17, 0]) > 0.01  # nearer is larger


def test_values_beyond_their_range_are_limited_and_unknown_units_ignored() -> None:
    wild = Performance({"jawOpen": 9.0, "tailWag": 1.0}, yaw=500.0, shift=(9.0, 0.0, 0.0))
    found = first_order.checked(BASIS.keypoints(wild)).points
    limited = BASIS.keypoints(Performance({"jawOpen": 1.0}, yaw=45.0, shift=(0.5, 0.0, 0.0))).points
    assert np.array_equal(found, limited)


def test_jacobians_are_those_of_the_model_s_detector() -> None:
    entry = find_model("built-in")
    reference = torch.from_numpy(load_file(entry.weights)["keypoints.reference"])
    shown = BASIS.keypoints(Performance({"jawOpen": 0.7}, yaw=12.0))
    detector = BuiltinKeypointDetector(reference)
    expected = detector.fit_jacobians(torch.from_numpy(shown.points)[None])[0].numpy()
    assert np.abs(shown.jacobians - expected).max() < 0.01
    assert np.abs(expected).max() > 0.5
