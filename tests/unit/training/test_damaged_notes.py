"""Damaged files in a data set's folder are named, or made again."""

from pathlib import Path

import pytest

from avatarify.errors import InputError
from avatarify.images import load_picture
from avatarify.synthetic.dataset import RenderJob, render_dataset
from avatarify.synthetic.figures import FigureJob, draw_figures
from avatarify.training.data.prepare import prepare
from avatarify.training.data.prepare_job import PrepareJob, VideoResult, known_result, note_of, remember

DAMAGED = [b"", b"[1, 2]", b"5", b"null", b"{", b"\xff\xfe"]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_description_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "clips").mkdir()
    (tmp_path / "dataset.json").write_bytes(content)
    (tmp_path / "a.mp4").write_bytes(b"")
    with pytest.raises(InputError, match=r"dataset\.json"):
        render_dataset(RenderJob(tmp_path, 1, 2, 0, 64, None), 1)
    with pytest.raises(InputError, match=r"dataset\.json"):
        draw_figures(FigureJob(tmp_path, "arm", 1, 2, 0, 64), 1)
    with pytest.raises(InputError, match=r"dataset\.json"):
        prepare(PrepareJob(tmp_path, tmp_path), 1, lambda done, total, result: None)


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_note_about_a_video_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "videos").mkdir()
    video = tmp_path / "a.mp4"
    video.write_bytes(b"")
    job = PrepareJob(tmp_path, tmp_path)
    remember(job, video, VideoResult("a.mp4", clips=3))
    assert known_result(job, video) == VideoResult("a.mp4", clips=3)
    note_of(job, video).write_bytes(content)
    assert known_result(job, video) is None


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_picture("a\0b.png")
