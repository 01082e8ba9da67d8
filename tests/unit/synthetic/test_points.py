from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from avatarify.frames import F32
from avatarify.networks.builtin.point_weights import mirror_order
from avatarify.synthetic.rig import Pose, Rig, RiggedBody

EYES_AND_LIPS = tuple(range(36, 48)) + tuple(range(48, 60))


def template_points(rig: Rig) -> Any:
    numbers = sorted(rig.points)
    places = rig.mesh.vertices[np.array([rig.points[k] for k in numbers])].mean(1)
    return dict(zip(numbers, places, strict=True))


def test_every_point_has_its_place_but_those_that_move_freely(rig: Rig) -> None:
    assert sorted(set(range(81)) - set(rig.points)) == [*range(60, 68), 79, 80]


def test_points_are_mirrored_as_the_layout_says(rig: Rig) -> None:
    places = template_points(rig)
    for point, partner in enumerate(mirror_order().tolist()):
        if point in places:
            assert places[point] == pytest.approx(places[partner] * [-1, 1, 1], abs=0.02), point


def test_points_of_lids_and_lips_run_around(rig: Rig) -> None:
    places = template_points(rig)
    for first, count in ((36, 6), (42, 6), (48, 12)):
        ring = np.array([places[first + i][:2] for i in range(count)])
        x, y = ring.T
        area = (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
        assert area < 0  # clockwise, seen by the camera


def test_corners_of_the_mouth_are_its_outermost_points(rig: Rig) -> None:
    places = template_points(rig)
    x = {k: places[k][0] for k in range(48, 60)}
    assert min(x, key=x.__getitem__) == 48
    assert max(x, key=x.__getitem__) == 54


def test_the_chin_goes_down_with_the_jaw_and_the_nose_stays(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]
) -> None:
    for body in bodies:
        rest, opened = (body.face(Pose(expression(jawOpen=w))) for w in (0, 1))
        moved = opened[:, 1] - rest[:, 1]
        assert moved[rig.slot[rig.points[8][0]]] < -0.1
        assert abs(moved[rig.slot[rig.points[30][0]]]) < 0.03


def test_the_head_turns_alone_and_the_torso_carries_it(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]
) -> None:
    body = bodies[0]
    rest = body.rest
    nose, shoulder = rig.slot[rig.points[30][0]], rig.slot[rig.points[76][0]]
    turned = body.place(rest, body.weight, Pose(expression(), head=(30, 0, 0)))
    assert turned[nose, 0] - rest[nose, 0] > 0.3
    assert np.abs(turned[shoulder] - rest[shoulder]).max() < 0.08
    leant = body.place(rest, body.weight, Pose(expression(), torso_shift=np.array([0.4, 0, 0], np.float32)))
    assert leant - rest == pytest.approx(np.tile([0.4 * body.head_size, 0, 0], (len(rest), 1)), abs=1e-4)


def test_a_shrug_raises_one_shoulder(rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]) -> None:
    body = bodies[1]
    raised = body.shrugged(body.rest, Pose(expression(), shrug=(0.3, 0)))
    right, left, nose = (rig.slot[rig.points[k][0]] for k in (75, 76, 30))
    lift = raised[:, 1] - body.rest[:, 1]
    assert lift[right] > 0.1 * body.head_size
    assert lift[left] == pytest.approx(0, abs=1e-5)
    assert lift[nose] == pytest.approx(0, abs=1e-3)


def test_arms_hang_down(rig: Rig, bodies: list[RiggedBody]) -> None:
    for body in bodies:
        wide = np.abs(body.rest[:, 0]).max()
        high = body.rest[np.abs(body.rest[:, 0]) > 0.8 * wide, 1].max()
        assert high < body.neck[1]
