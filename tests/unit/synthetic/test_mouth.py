from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from avatarify.frames import F32
from avatarify.synthetic.mesh import load_base_mesh
from avatarify.synthetic.rig import Pose, Rig, RiggedBody
from avatarify.synthetic.teeth import fit_row, teeth_rows, teeth_texture

UPPER, LOWER = slice(1, 4), slice(5, 8)  # of points 60-67; the lower ones run the other way


def inner(rig: Rig, body: Any, weights: Any) -> Any:
    return rig.lip_field.points(body.face(Pose(weights)))


def gaps(points: Any) -> Any:
    return points[UPPER, 1] - points[LOWER, 1][::-1]


def test_lips_touch_on_every_person_at_rest(rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]) -> None:
    for body in bodies:
        assert np.abs(gaps(inner(rig, body, expression()))).max() < 0.008


def test_the_mouth_opens_with_the_jaw(rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]) -> None:
    for body in bodies:
        opened = [gaps(inner(rig, body, expression(jawOpen=w)))[1] for w in (0, 0.25, 0.5, 1)]
        assert np.all(np.diff(opened) > 0.03 * body.head_size)
        assert opened[-1] > 0.2 * body.head_size


@pytest.mark.parametrize(
    "weights",
    [
        {"mouthRollUpper": 0.8, "mouthRollLower": 0.9},
        {"mouthPucker": 1, "mouthShrugUpper": 0.5},
        {"mouthFrown": 1, "mouthShrugLower": 0.9},
        {"mouthPress": 0.6, "mouthSmile": 0.8},
    ],
)
def test_lips_never_cut_through_each_other(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32], weights: dict[str, float]
) -> None:
    for body in bodies:
        assert (
            gaps(inner(rig, body, expression(**weights))).min() > -0.008
        )  # points of the two lips are not exactly above each other


def test_the_inner_edge_is_inside_the_outer_one(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]
) -> None:
    for body in bodies:
        for weights in ({}, {"jawOpen": 1}, {"mouthSmile": 1, "jawOpen": 0.2}, {"jawOpen": 0.4, "mouthFunnel": 1}):
            face = body.face(Pose(expression(**weights)))
            outer = face[rig.slot[np.array([rig.points[k] for k in range(48, 60)])]].mean(1)
            points = rig.lip_field.points(face)
            assert np.all(outer[[2, 3, 4], 1] > points[UPPER, 1])
            assert np.all(outer[[8, 9, 10], 1] < points[LOWER, 1])
            assert outer[0, 0] < points[0, 0] + 1e-3
            assert points[4, 0] < outer[6, 0] + 1e-3


def test_the_inner_edge_is_the_lowest_and_highest_of_the_lips(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]
) -> None:
    """Against the lips' middle line itself: nothing of the upper lip hangs below its edge."""
    body = bodies[0]
    face = body.face(Pose(expression(jawOpen=0.6)))
    column = face[rig.slot[rig.lips[5:10]]]
    points = rig.lip_field.points(face)
    assert points[2, 1] == pytest.approx(column[:, 0, 1].min(), abs=0.003)
    assert points[6, 1] == pytest.approx(column[:, 19, 1].max(), abs=0.003)


def test_teeth_stand_behind_closed_lips(rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]) -> None:
    for number, body in enumerate(bodies):
        face = body.face(Pose(expression()))
        lips = face[rig.slot[rig.lips[7, [0, 19]]]][:, 2]
        for row in teeth_rows(np.random.default_rng(number)):
            teeth = fit_row(row, rig.mesh, body.shape)
            middle = np.abs(teeth[:, 0] - teeth[:, 0].mean()) < 0.05
            assert teeth[middle, 2].max() < lips.max()


def test_rows_of_teeth_look_outwards() -> None:
    for row in teeth_rows(np.random.default_rng(0)):
        crown, normals = row.points[:60], row.surface.normals(row.points)[:60]
        assert ((crown - crown.mean(0)) * normals).sum(1).mean() > 0


def test_teeth_fit_the_template_as_they_are() -> None:
    mesh = load_base_mesh()
    row = teeth_rows(np.random.default_rng(0))[0]
    assert fit_row(row, mesh, mesh.vertices) == pytest.approx(row.points, abs=1e-4)


def test_teeth_are_lighter_than_gums() -> None:
    picture = teeth_texture(np.random.default_rng(2)).astype(int)
    assert picture[:, :30, :3].mean() > picture[:, 34:, :3].mean() + 50


def test_an_open_mouth_has_a_round_lower_lip_and_a_shut_one_stays_shut(
    rig: Rig, bodies: list[RiggedBody], expression: Callable[..., F32]
) -> None:
    for body in bodies:
        for weights in ({"jawOpen": 0.4, "mouthFunnel": 0.9}, {"jawOpen": 0.9}):
            edge = rig.lip_field.edges(body.face(Pose(expression(**weights))))
            left, right, lower = edge[11], edge[-11], edge[11:28]
            half_way = np.interp((left[0] + 3 * right[0]) / 4, lower[::-1, 0], lower[::-1, 1])
            corners = (left[1] + right[1]) / 2
            assert (corners - half_way) / (corners - lower[:, 1].min()) > 0.6  # 0.5 is a V, 0.75 a parabola
        assert np.abs(gaps(inner(rig, body, expression(mouthFrown=0.8)))).max() < 0.012
