"""The common format: what is complete is listed, identities stay whole, memory is limited, errors say what to do."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from helpers.clips import write_clip, write_clips

from avatarify.errors import InputError
from avatarify.training.data.open_clips import open_clips


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_clips(tmp_path / "data", clips=6, frames=4, people={0: "ann", 1: "ann"})


def test_complete_clips_are_listed(folder: Path) -> None:
    (folder / "clips" / "000005" / "clip.json").unlink()
    shutil.copytree(folder / "clips" / "000000", folder / "clips" / ".000009.part")
    data = open_clips(folder)
    assert (data.kind, data.size, len(data), data.frames) == ("rendered", 64, 5, 20)
    assert [clip.name for clip in data] == [f"{n:06d}" for n in range(5)]
    assert data.identities == ["ann", "id2", "id3", "id4"]
    assert data.items[2].attributes["seed"] == 2
    assert data.about["expression"][3] == "unit3"


def test_pictures_are_rgb(folder: Path) -> None:
    data = open_clips(folder)
    rng = np.random.default_rng(3)
    ground = rng.integers(20, 120, 3)
    assert np.abs(data.picture(data.items[3], 0)[:4, :4].astype(int) - ground).max() <= 3


def test_pictures_stay_in_memory_up_to_the_limit(folder: Path) -> None:
    data = open_clips(folder, cache_bytes=2 * 64 * 64 * 3)
    clip = data.items[0]
    first, second, third = (data.picture(clip, frame) for frame in range(3))
    assert data.picture(clip, 0) is first
    assert data.picture(clip, 1) is second
    assert data.picture(clip, 2) is not third
    assert np.array_equal(data.picture(clip, 2), third)
    with pytest.raises(ValueError):
        first[0, 0] = 0


def test_identities_are_never_split(folder: Path) -> None:
    data = open_clips(folder)
    for share in (0.01, 0.3, 0.5, 0.99):
        learned, tested = data.split(share)
        assert len(learned) + len(tested) == 6
        assert learned.identities
        assert tested.identities
        assert not set(learned.identities) & set(tested.identities)


def test_a_growing_folder_keeps_its_split(tmp_path: Path) -> None:
    folder = write_clips(tmp_path / "data", clips=30, frames=1)
    before = [set(part.identities) for part in open_clips(folder).split(0.3)]
    for number in range(30, 50):
        write_clip(folder / "clips" / f"{number:06d}", number, 1, 64, f"id{number}")
    after = [set(part.identities) for part in open_clips(folder).split(0.3)]
    assert all(old <= new for old, new in zip(before, after, strict=True))
    assert 5 <= len(after[1]) <= 25


def test_a_single_identity_is_in_both_parts(tmp_path: Path) -> None:
    learned, tested = open_clips(write_clips(tmp_path / "data", clips=1)).split()
    assert len(learned) == len(tested) == 1


def test_truth_is_read_completely_or_in_part(folder: Path) -> None:
    clip = open_clips(folder).items[1]
    truth = clip.truth()
    assert truth.pose[3].tolist() == [3.0, 6.0, 9.0]
    assert truth.points.shape == (4, 81, 2)
    assert truth.part.shape == (4, 128, 128)
    assert set(clip.truth_of("flow", "visible")) == {"flow", "visible"}


def test_a_prepared_clip_has_no_truth(tmp_path: Path) -> None:
    clip = open_clips(write_clips(tmp_path / "data", kind="prepared")).items[0]
    with pytest.raises(InputError, match="no ground truth"):
        clip.truth()


def test_damaged_truth_is_reported(folder: Path) -> None:
    clip = open_clips(folder).items[0]
    (clip.folder / "truth.npz").write_bytes(b"PK nothing")
    with pytest.raises(InputError, match=r"truth\.npz"):
        clip.truth()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no dataset.json"),
        ("{", "cannot be read"),
        ("[]", "not a JSON object"),
        (json.dumps({"format": 7, "kind": "rendered", "size": 64}), "format 7"),
        (json.dumps({"format": 1, "kind": "painted", "size": 64}), "no known kind"),
        (json.dumps({"format": 1, "kind": "rendered"}), "no size"),
    ],
)
def test_a_foreign_folder_is_refused(tmp_path: Path, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / "dataset.json").write_text(content)
    with pytest.raises(InputError, match=said):
        open_clips(tmp_path)


def test_missing_and_empty_folders_are_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_clips(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no complete clips"):
        open_clips(write_clips(tmp_path / "data", clips=0))


def test_damaged_pictures_are_reported(folder: Path) -> None:
    data = open_clips(folder)
    clip = data.items[0]
    (clip.folder / "0001.jpg").write_bytes(b"\xff\xd8\xff nothing")
    (clip.folder / "0002.jpg").unlink()
    for frame, said in ((1, "damaged"), (2, "cannot be read")):
        with pytest.raises(InputError, match=said):
            data.picture(clip, frame)
    write_clip(folder / "clips" / "000077", 7, 1, 32, "small")
    data = open_clips(folder)
    with pytest.raises(InputError, match="32x32, not 64x64"):
        data.picture(data.items[-1], 0)
