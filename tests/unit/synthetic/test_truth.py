from typing import Any

import numpy as np
import pytest

from avatarify.errors import AvatarifyError
from avatarify.synthetic import check, truth
from avatarify.synthetic.camera import parallel, perspective, project
from avatarify.synthetic.truth import Seen

N = 192


def plate(shift: float = 0.0, depth: float = 10.0, part: int = 1) -> Any:
    """A surface that fills the left half of the picture and is ``shift`` further right in the other frame."""
    middles = (np.arange(N) + 0.5) / N * 2 - 1
    x, y = np.meshgrid(middles, middles)
    there = (x < 0).astype(np.float32)
    where = np.stack([(x + shift) * there, y * there, (x + 1) / 4 * there, (y + 1) / 4 * there], -1)
    what = np.stack([part * there, depth * there, depth * there, there], -1)
    return Seen(where.astype(np.float32), what.astype(np.float32))


def cells() -> Any:
    middles = (np.arange(64) + 0.5) / 32 - 1
    return np.stack(np.meshgrid(middles, middles), -1)


def test_flow_of_a_still_plate_is_where_it_is_and_the_background_stays() -> None:
    flow, visible = truth.flow_and_visible(plate(), plate())
    assert flow.astype(float) == pytest.approx(cells(), abs=2e-3)
    assert visible.min() == 1


def test_a_plate_that_moves_out_is_seen_where_it_still_is() -> None:
    flow, visible = truth.flow_and_visible(plate(-0.5), plate())
    here = cells()
    assert (flow[..., 0] - here[..., 0])[:, :32] == pytest.approx(-0.5, abs=2e-3)
    assert visible[:, :14].max() == 0  # left the picture
    assert visible[:, 18:32].min() == 1


def test_what_something_nearer_hides_is_not_visible() -> None:
    _, visible = truth.flow_and_visible(plate(depth=10.0), plate(depth=9.0))
    assert visible[:, :31].max() == 0
    assert visible[:, 33:].min() == 1


def test_background_is_visible_where_the_other_frame_shows_it_too() -> None:
    empty = Seen(np.zeros((N, N, 4), np.float32), np.zeros((N, N, 4), np.float32))
    _, visible = truth.flow_and_visible(empty, plate())
    assert visible[:, :32].max() == 0
    assert visible[:, 32:].min() == 1


def test_parts_and_uv_are_read_in_the_middles_of_the_cells() -> None:
    seen = plate(part=6)
    parts = truth.part_map(seen)
    assert parts.shape == (128, 128)
    assert set(np.unique(parts[:, :64])) == {6}
    assert parts[:, 64:].max() == 0
    uv = truth.uv_map(seen)
    assert uv.shape == (64, 64, 2)
    assert uv[:, :32].astype(float) == pytest.approx((cells()[:, :32] + 1) / 4, abs=1e-3)


def test_a_camera_sees_its_target_in_the_middle_with_y_down() -> None:
    camera = perspective(np.array([0.0, 7, 14]), np.array([0.0, 7, 0]), np.radians(30))
    places, depth = project(camera, np.array([[0, 7, 0], [1, 7, 0], [0, 8, 0]], np.float32))
    reach = 1 / (14 * np.tan(np.radians(15)))
    assert places == pytest.approx(np.array([[0, 0], [reach, 0], [0, -reach]]), abs=1e-5)
    assert depth == pytest.approx([14, 14, 14], abs=1e-4)


def test_parallel_light_has_no_perspective() -> None:
    camera = parallel(np.array([0.0, 0, 10]), np.zeros(3), 2.0, 20.0)
    places, _ = project(camera, np.array([[1, 0, 0], [1, 0, 5]], np.float32))
    assert places == pytest.approx(np.array([[0.5, 0], [0.5, 0]]), abs=1e-6)


@pytest.mark.parametrize("name", check.LIMITS)
def test_a_truth_that_is_off_is_refused(name: str) -> None:
    good = dict.fromkeys(check.LIMITS, 0.0)
    check.judge(good)
    with pytest.raises(AvatarifyError, match=name):
        check.judge(good | {name: 2 * check.LIMITS[name]})
    with pytest.raises(AvatarifyError, match=name):
        check.judge(good | {name: float("nan")})
