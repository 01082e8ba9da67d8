"""Which frames become clips: the whole picture, and the tables that data sets publish."""

from pathlib import Path

import pytest

from avatarify.errors import InputError
from avatarify.frames import Size
from avatarify.training.data.stretches import read_table, shortened, whole

HEAD = "video_id,person_id,start,end,bbox,fps,width,height,partition"


def table(tmp_path: Path, *lines: str, head: str = HEAD) -> Path:
    file = tmp_path / "table.csv"
    file.write_text("\n".join([head, *lines]) + "\n")
    return file


def test_a_row_finds_the_users_own_copy(tmp_path: Path) -> None:
    """Half the rate and half the size of the video that the table was made with."""
    file = table(tmp_path, "abc#7,id1,101,200,200-100-600-500,50.0,1280,720,train")
    (row,) = read_table(file)["abc"]
    stretch = row.stretch(25.0, Size(640, 360))
    # Frame i of the copy is taken where 101 <= 2 i < 200.
    assert (stretch.first, stretch.frames, stretch.identity) == (51, 49, "id1")
    assert (stretch.crop.x, stretch.crop.y, stretch.crop.size) == (200, 150, 200)


def test_rows_come_in_order_and_boxes_stay_inside(tmp_path: Path) -> None:
    file = table(
        tmp_path, "a,90,120,0-0-300-100,25,320,240,test", "a,10,20,0-0-9-9,25,320,240,test",
        head=HEAD.replace("person_id,", ""),
    )  # fmt: skip
    first, second = (row.stretch(25.0, Size(320, 240)) for row in read_table(file)["a"])
    assert (first.first, first.frames, first.identity) == (10, 10, "")
    assert second.crop.size == 240
    assert (second.crop.x, second.crop.y) == (150, 120)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,p,1,2,0-0-9,25,32,32,train", "line 3"),
        ("a,p,1,x,0-0-9-9,25,32,32,train", "line 3"),
        ("a,p,5,5,0-0-9-9,25,32,32,train", "line 3: the clip or its bounding box is empty"),
        ("a,p,1,2,9-0-9-9,25,32,32,train", "line 3: the clip or its bounding box is empty"),
        ("a", "line 3"),
    ],
)
def test_what_is_not_a_stretch_is_reported(tmp_path: Path, line: str, said: str) -> None:
    file = table(tmp_path, "a,p,1,2,0-0-9-9,25,32,32,train", line)
    with pytest.raises(InputError, match=said):
        read_table(file)


def test_files_that_are_not_tables_are_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(InputError, match="lists no clips"):
        read_table(table(tmp_path))
    with pytest.raises(InputError, match="line 2"):
        read_table(table(tmp_path, "1,2", head="a,b"))


def test_a_whole_video_is_cut_where_the_scene_changes_or_it_is_long_enough() -> None:
    cuts = [number in (0, 4, 5) for number in range(12)]
    found = [(stretch.first, stretch.frames) for stretch in whole(cuts, 5, Size(320, 240))]
    assert found == [(0, 4), (4, 1), (5, 5), (10, 2)]
    (stretch,) = whole([False], 5, Size(320, 240))
    assert (stretch.crop.x, stretch.crop.y, stretch.crop.size) == (160, 120, 240)
    assert list(whole([], 5, Size(320, 240))) == []


def test_long_stretches_are_cut() -> None:
    (stretch,) = whole([False] * 11, 100, Size(64, 64))
    assert [(piece.first, piece.frames) for piece in shortened([stretch], 4)] == [(0, 4), (4, 4), (8, 3)]
