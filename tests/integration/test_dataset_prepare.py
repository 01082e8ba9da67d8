"""``avatarify dataset prepare`` on videos made of the demo clip: cuts, sizes, resuming, and reports."""

import json
import signal
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from helpers.command import avatarify, error_line, start
from helpers.media import demo_frames, write_video

from avatarify.errors import InputError, UsageError
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8
from avatarify.training.data.crop_video import clip_name, identity_of, prepare_video
from avatarify.training.data.open_clips import open_clips
from avatarify.training.data.prepare import prepare
from avatarify.training.data.prepare_job import PrepareJob

FRAMES = 12


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head, then nobody, then the head in the other half of a wider picture; and the same far away."""
    folder = tmp_path_factory.mktemp("videos")
    seen = demo_frames(FRAMES, every=2)
    nobody = np.full((480, 960, 3), 90, np.uint8)

    def beside(frame: U8, right: int) -> U8:
        wide = nobody.copy()
        wide[:, 320 * right : 640 + 320 * right] = frame
        return wide

    people = {"ann": [beside(f, 0) for f in seen] + [nobody] * 4 + [beside(f, 1) for f in seen[:9]]}
    people["bob"] = [cv2.resize(f, (160, 120), interpolation=cv2.INTER_AREA) for f in seen]
    for person, frames in people.items():
        (folder / person).mkdir()
        write_video(folder / person / "talk.mp4", frames)
    return folder


def job(videos: Path, out: Path, **changes: Any) -> Any:
    return PrepareJob(videos, out, **{"size": 128, "min_frames": 8, "min_side": 128, **changes})


def prepared(wanted: PrepareJob) -> Any:
    results = []
    return prepare(wanted, 1, lambda done, total, result: results.append((done, total, result))), results


@pytest.mark.slow
def test_heads_are_followed_cut_and_cropped(videos: Path, tmp_path: Path) -> None:
    report, results = prepared(job(videos, tmp_path))
    assert (report["videos"], report["prepared"], report["clips"], report["small"]) == (2, 2, 2, 1)
    assert [(done, total) for done, total, _ in results] == [(1, 2), (2, 2)]
    data = open_clips(tmp_path)
    assert (data.kind, data.size, data.identities) == ("prepared", 128, ["ann"])
    first, second = data.items
    assert first.frames == FRAMES
    assert FRAMES + 4 <= second.attributes["first_frame"] <= FRAMES + 6
    assert second.attributes["crop"][0] - first.attributes["crop"][0] == pytest.approx(320, abs=25)
    with FaceLandmarker("image", expression=False) as finder:
        for clip in data:
            for frame in (0, clip.frames - 1):
                face = finder.find_faces(data.picture(clip, frame))[0]
                assert 0.25 < face.height / 128 < 0.5
                assert np.abs(face.center / 128 - 0.5).max() < 0.27  # the head is low in the clip

    again, results = prepared(job(videos, tmp_path))
    assert (again["prepared"], again["clips"], again["small"], results) == (0, 2, 1, [])
    with pytest.raises(UsageError, match="min_frames 8, not 9"):
        prepared(job(videos, tmp_path, min_frames=9))


def test_short_stretches_are_left_out(videos: Path, tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    (tmp_path / "videos").mkdir()
    result = prepare_video(job(videos, tmp_path, min_frames=10), videos / "ann" / "talk.mp4")
    assert (result.clips, result.frames, result.short) == (1, FRAMES, 1)


def test_identities_are_folders_or_what_stands_before_a_hash(tmp_path: Path) -> None:
    assert identity_of(tmp_path / "id10001" / "x" / "0001.mp4", tmp_path) == "id10001"
    assert identity_of(tmp_path / "id10001#x#12.mp4", tmp_path) == "id10001"
    assert identity_of(tmp_path / "talk.mp4", tmp_path) == "talk"


def test_names_are_safe_and_do_not_meet(tmp_path: Path) -> None:
    names = {clip_name(tmp_path / folder / "ä b#1.mp4", tmp_path, 7) for folder in ("x", "y")}
    assert len(names) == 2
    assert all(name.startswith("_b_1-") and name.endswith("-000007") for name in names)


def test_a_folder_of_rendered_clips_is_not_touched(videos: Path, tmp_path: Path) -> None:
    (tmp_path / "dataset.json").write_text(json.dumps({"format": 1, "kind": "rendered", "size": 128}))
    with pytest.raises(UsageError, match="kind rendered, not prepared"):
        prepared(job(videos, tmp_path))


def test_nothing_to_prepare_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        prepared(job(tmp_path / "nowhere", tmp_path / "out"))
    with pytest.raises(InputError, match="no videos"):
        prepared(job(tmp_path, tmp_path / "out"))


@pytest.mark.slow
def test_videos_without_a_face_and_broken_ones_are_reported(tmp_path: Path) -> None:
    folder = tmp_path / "videos"
    folder.mkdir()
    write_video(folder / "gray.mp4", [np.full((120, 160, 3), 90, np.uint8)] * 5)
    (folder / "broken.mp4").write_bytes(b"nothing")
    done = avatarify("dataset", "prepare", folder, "--output", tmp_path / "out", "--workers", 2)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("avatarify: No clip could be made from")
    assert "broken.mp4 is not a readable video" in last
    assert "gray.mp4: No face was found." in done.stderr


@pytest.mark.slow
def test_a_killed_preparation_resumes(videos: Path, tmp_path: Path) -> None:
    words = (
        "dataset",
        "prepare",
        videos,
        "--output",
        tmp_path / "out",
        "--size",
        128,
        "--min-frames",
        8,
        "--workers",
        1,
    )
    with start(*words) as process:
        deadline = time.monotonic() + 120
        while not list((tmp_path / "out" / "clips").glob(".*/0003.jpg")) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    done = avatarify(*words, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["clips"] == 2
    data = open_clips(tmp_path / "out")
    assert all(len(list(clip.folder.glob("*.jpg"))) == clip.frames for clip in data)
    assert not list((tmp_path / "out" / "clips").glob(".*"))


def test_errors_are_one_line(tmp_path: Path) -> None:
    assert "--size 8" in error_line(avatarify("dataset", "prepare", tmp_path, "--output", tmp_path, "--size", 8), 2)
    assert "--min-frames" in error_line(
        avatarify("dataset", "prepare", tmp_path, "--output", tmp_path, "--min-frames", 9, "--max-frames", 8), 2
    )


@pytest.mark.slow
def test_whole_pictures_are_cut_where_the_scene_changes(tmp_path: Path) -> None:
    """No face is looked for; the square is the middle of the picture."""
    videos = tmp_path / "videos"
    videos.mkdir()
    left, right = (np.full((96, 160, 3), 40, np.uint8) for _ in range(2))
    right[:] = 220
    left[:, 32:128, 0] = 90
    write_video(videos / "robot.mp4", [left] * 6 + [right] * 9)
    wanted = job(videos, tmp_path / "out", size=64, min_frames=4, min_side=64, crop="whole")
    assert prepared(wanted)[0]["frames"] == 15
    data = open_clips(tmp_path / "out")
    assert [clip.frames for clip in data] == [6, 9]
    assert data.items[0].attributes["crop"] == [80, 48, 96]
    assert np.abs(data.picture(data.items[0], 2).reshape(-1, 3).mean(0) - (90, 40, 40)).max() < 12
    with pytest.raises(UsageError, match="started with crop whole, not head"):
        prepared(job(videos, tmp_path / "out", size=64, min_frames=4, min_side=64))


@pytest.mark.slow
def test_a_published_table_says_what_is_cut(tmp_path: Path) -> None:
    """Two stretches that overlap, at half the rate; a video that it does not name is left out."""
    videos, table = tmp_path / "videos", tmp_path / "table.csv"
    videos.mkdir()
    frames = [np.full((96, 160, 3), 10 * number, np.uint8) for number in range(20)]
    for name in ("abc", "other"):
        write_video(videos / f"{name}.mp4", frames, fps=25)
    head, box = "video_id,person_id,start,end,bbox,fps,width,height,partition", "64-0-192-128,50,320,192,train"
    table.write_text("\n".join([head, f"abc#1,kim,10,30,{box}", f"abc#1,kim,20,1000,{box}"]) + "\n")
    wanted = job(videos, tmp_path / "out", size=64, min_frames=4, min_side=64, table=table)
    report, _ = prepared(wanted)
    assert (report["videos"], report["clips"], report["frames"]) == (1, 2, 20)
    data = open_clips(tmp_path / "out")
    assert (data.identities, [clip.frames for clip in data]) == (["kim"], [10, 10])
    assert data.items[0].attributes["crop"] == [64, 32, 64]
    seen = [round(float(data.picture(clip, 0).mean()) / 10) for clip in data]
    assert seen == [5, 10]
    table.write_text(f"{head}\nnobody,kim,1,30,{box}\n")
    with pytest.raises(InputError, match="None of the videos"):
        prepared(job(videos, tmp_path / "none", table=table))
