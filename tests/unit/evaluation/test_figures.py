"""Each kind of figure from networks with random weights, and the page they are laid out on."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from helpers.media import demo_frames
from helpers.values import not_none

from avatarify.animate import drawing
from avatarify.errors import UsageError
from avatarify.evaluation.figures import KINDS, Take, motions
from avatarify.evaluation.layout import Layout
from avatarify.evaluation.performer import NetworkPerformer
from avatarify.evaluation.performers import open_performer
from avatarify.frames import U8
from avatarify.networks.registry import build_model
from avatarify.training.fomm.release import release


@pytest.fixture(scope="module")
def pictures() -> list[U8]:
    return [cv2.resize(image, (64, 64)) for image in demo_frames(3, every=20)]


def performer(kind: str = "fomm", name: str = "one") -> NetworkPerformer:
    torch.manual_seed(0)
    return NetworkPerformer(build_model(kind, "tiny").eval().requires_grad_(False), name, {})


def take(pictures: list[U8], kind: str = "fomm", name: str = "one", source: str = "") -> Take:
    method = performer(kind, name)
    method.begin(pictures[0], pictures[0] if source else None)
    return Take(source, "demo", name, [0, 20, 40], pictures, [method.follow(image) for image in pictures])


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_can_be_drawn_from_the_full_layout(kind: str, pictures: list[U8]) -> None:
    layout = KINDS[kind]([take(pictures)], [1, 2])
    picture = layout.picture(64)
    assert picture.ndim == 3
    assert not any(side % 2 for side in picture.shape[:2])
    assert len(layout.rows) == len(layout.cells)
    assert max(len(row) for row in layout.cells) == len(layout.columns)


def test_local_motions_are_shown_for_every_point_and_the_background(pictures: list[U8]) -> None:
    one = take(pictures)
    layout = motions([one], [2])
    count = performer()._method.points
    assert layout.columns == ["background", *(f"point {k + 1}" for k in range(count))]
    assert [len(row) for row in layout.cells] == [count + 1] * 4
    still, shown = not_none(layout.cells[1][0]), not_none(one.shown[2])
    apart = np.abs(np.asarray(still).astype(int) - shown.source.astype(int)).mean()
    assert apart < 16  # the background does not move
    assert np.all(layout.cells[3][0] == 255)
    total = np.sum([drawing.draw_map(mask, 64).astype(int) for mask in not_none(shown.masks)], axis=0)
    assert np.abs(total - 255).max() <= 6


def test_points_are_those_of_the_driving_picture_and_relative_motion_moves_nothing_at_first(pictures: list[U8]) -> None:
    one = take(pictures, source="kofi")
    found = performer()._method.find(torch.from_numpy(pictures[2]).permute(2, 0, 1)[None] / 255).points[0]
    assert np.allclose(not_none(not_none(one.shown[2]).driving_points), found, atol=1e-5)
    assert np.abs(not_none(one.shown[0]).displacement).max() < 1e-4


def test_what_a_method_lacks_is_reported(pictures: list[U8]) -> None:
    x2face = take(pictures, "x2face", "x2face")
    with pytest.raises(UsageError, match="x2face has no key points"):
        KINDS["keypoints"]([x2face], [0])
    with pytest.raises(UsageError, match="no occlusion map"):
        KINDS["occlusion"]([x2face], [0])
    assert KINDS["flow"]([x2face], [0]).picture(32).any()


def test_a_grid_has_the_driving_pictures_above_and_a_row_a_method(pictures: list[U8]) -> None:
    takes = [take(pictures, name="one", source="kofi"), take(pictures, "monkey-net", "two", source="kofi")]
    layout = KINDS["grid"](takes, [0, 2])
    assert layout.rows == ["demo", "kofi one", "kofi two"]
    assert layout.columns == ["source", "frame 0", "frame 40"]
    assert np.array_equal(np.asarray(layout.cells[0][2]), pictures[2])
    assert np.array_equal(np.asarray(layout.cells[2][2]), not_none(takes[1].shown[2]).result)


def test_a_picture_that_could_not_be_used_is_gray(pictures: Any) -> None:
    one = take(pictures)
    lost = Take("", "demo", "one", one.frames, one.pictures, [*one.shown[:2], None])
    assert KINDS["keypoints"]([lost], [2]).cells == [[None]]
    with pytest.raises(UsageError, match="could not use frame 40"):
        motions([lost], [2])
    with pytest.raises(UsageError, match="None of the frames"):
        KINDS["flow"]([lost], [2])


def test_a_layout_puts_pictures_where_their_names_are() -> None:
    red, blue = (np.full((10, 10, 3), color, np.uint8) for color in ([255, 0, 0], [0, 0, 255]))
    picture = Layout([[red, None], ["", blue]], ["a", "b"], ["first", "second"]).picture(40)
    reds, blues = ((picture == color).all(-1) for color in ([255, 0, 0], [0, 0, 255]))
    assert reds.sum() == blues.sum() == 40 * 40
    (top, left), (low, right) = np.argwhere(reds)[0], np.argwhere(blues)[0]
    assert top < low
    assert left < right
    assert (picture[top, right] == 225).all()
    assert (picture[low + 20, left + 20] == 255).all()
    assert (picture[top:, :left] < 128).any()  # the names


@pytest.mark.parametrize(("name", "start"), [("f.png", b"\x89PNG"), ("f.jpg", b"\xff\xd8"), ("f.pdf", b"%PDF")])
def test_it_is_written_as_its_name_says(tmp_path: Path, name: str, start: bytes) -> None:
    Layout([[np.zeros((8, 8, 3), np.uint8), None, ""]], ["a", "b", "c"], ["row"]).write(tmp_path / name, 32)
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize("kind", ["fomm", "monkey-net", "x2face"])
def test_a_trainers_folder_is_a_method(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    release(folder, build_model(kind, "tiny"), "tiny", "a test")
    for text, name in ((str(folder), "run"), (f"mine={folder}", "mine"), (str(folder / "model.safetensors"), "run")):
        opened = open_performer(text)
        assert (opened.name, opened.size, opened.about["kind"]) == (name, 64, kind)
        assert len(opened.about["sha256"]) == 64


def test_an_unknown_model_is_reported_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no model 'nobody'") as caught:
        open_performer("nobody")
    assert "avatarify train" in caught.value.hint
