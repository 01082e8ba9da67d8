"""Where videos of talking heads are cut, and which square shows a stretch."""

from typing import Any

import pytest

from avatarify.frames import Size
from avatarify.training.data.tracks import Box, Sight, Track, fixed_crop, overlap, split

HEAD = Box(100, 100, 200, 200)


def moved(x: Any, y: float = 0.0) -> Any:
    return Box(HEAD.left + x, HEAD.top + y, HEAD.right + x, HEAD.bottom + y)


def stretches(heads: Any, longest: int = 1000, cuts: Any = ()) -> Any:
    found = split((Sight(head, number in cuts) for number, head in enumerate(heads)), longest)
    return [(track.first, len(track.boxes)) for track in found]


def test_overlap_is_intersection_over_union() -> None:
    assert overlap(HEAD, HEAD) == 1
    assert overlap(HEAD, moved(50)) == pytest.approx(50 / 150)
    assert overlap(HEAD, moved(100)) == 0
    assert overlap(HEAD, Box(125, 125, 175, 175)) == pytest.approx(0.25)
    assert overlap(HEAD, Box(5, 5, 5, 5)) == 0


def test_a_quiet_head_is_one_stretch() -> None:
    assert stretches([moved(i % 3) for i in range(50)]) == [(0, 50)]


def test_it_is_cut_where_the_face_leaves() -> None:
    assert stretches([None, HEAD, HEAD, None, None, HEAD]) == [(1, 2), (5, 1)]
    assert stretches([None, None]) == []


def test_it_is_cut_where_the_scene_changes() -> None:
    assert stretches([HEAD] * 6, cuts={4}) == [(0, 4), (4, 2)]


def test_it_is_cut_where_another_head_appears() -> None:
    assert stretches([HEAD, HEAD, moved(40), moved(40)]) == [(0, 2), (2, 2)]


def test_it_is_cut_where_the_head_is_far_from_its_beginning() -> None:
    """Slowly, one pixel a frame: intersection over union with the first box falls below a quarter at 61 pixels."""
    assert stretches([moved(i) for i in range(100)]) == [(0, 61), (61, 39)]


def test_long_stretches_are_split() -> None:
    assert stretches([HEAD] * 25, longest=10) == [(0, 10), (10, 10), (20, 5)]


def test_the_crop_shows_all_boxes_with_a_margin() -> None:
    box = fixed_crop(Track(0, [HEAD, moved(40, -10), moved(-20)]), Size(640, 480))
    assert box.size == pytest.approx(160 * 1.2)
    assert (box.x, box.y) == (160, 145)


@pytest.mark.parametrize(("head", "middle"), [(Box(0, 0, 100, 100), (60, 60)), (Box(540, 380, 640, 480), (580, 420))])
def test_the_crop_is_moved_into_the_picture(head: Box, middle: tuple[int, int]) -> None:
    box = fixed_crop(Track(0, [head]), Size(640, 480))
    assert (box.x, box.y, box.size) == pytest.approx((*middle, 120))


def test_the_crop_is_no_larger_than_the_picture() -> None:
    box = fixed_crop(Track(0, [Box(100, -50, 600, 450)]), Size(640, 480))
    assert (box.x, box.y, box.size) == (350, 240, 480)
