"""``avatarify animate`` on bundled files, in a process of its own."""

import json
import signal
import time
from pathlib import Path

import numpy as np
import pytest
from helpers.command import avatarify, start
from helpers.media import demo_clip, demo_frames, portraits, read_video, write_video
from helpers.values import not_none

from avatarify.images import load_picture

pytestmark = pytest.mark.slow
KEYS = {
    "frames", "fps", "dropped", "latency_ms", "stages_ms",
    "runtime", "device", "model", "size", "faces_seen", "warnings",
}  # fmt: skip
PORTRAIT = portraits()[0]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_video(tmp_path_factory.mktemp("driver") / "talk.mp4", demo_frames(20, every=3), fps=20)


def test_it_animates_every_frame_at_the_rate_of_the_video(driver: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out.mp4", tmp_path / "r.json"
    done = avatarify("animate", PORTRAIT, driver, "-o", out, "--report", file, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(file.read_text(encoding="utf-8"))
    assert json.loads(done.stdout) == report
    assert set(report) >= KEYS
    assert (report["frames"], report["faces_seen"], report["dropped"]) == (20, 20, 0)
    assert all(report["stages_ms"][stage] > 0 for stage in ("face", "keypoints", "generate", "compose", "output"))
    frames, rate = read_video(out)
    height, width = load_picture(PORTRAIT).shape[:2]
    assert frames.shape[0] == 20
    assert rate == 20
    assert frames.shape[2] / frames.shape[1] == pytest.approx(width / height, rel=0.02)
    assert max(frames.shape[1:3]) <= 1080
    assert report["size"] == f"{frames.shape[2]}x{frames.shape[1]}"
    movement = np.abs(frames[1:].astype(int) - frames[0]).mean(axis=(1, 2, 3))
    assert movement.max() > 0.3, "the portrait does not move"


def test_size_and_driver_side_by_side(driver: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    done = avatarify(
        "animate", PORTRAIT.stem, driver, "-o", out, "--size", "640x360", "--side-by-side", "--neutral", "3"
    )
    assert done.returncode == 0, done.stderr
    frames, _ = read_video(out)
    given, _ = read_video(driver)
    width = frames.shape[2] - 640
    assert frames.shape[1] == 360
    assert width / 360 == pytest.approx(given.shape[2] / given.shape[1], rel=0.02)


def test_a_video_that_breaks_off_gives_what_could_be_read(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "whole.avi", demo_frames(40))
    driver = tmp_path / "broken.avi"
    driver.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    out = tmp_path / "out.mp4"
    done = avatarify("animate", PORTRAIT.stem, driver, "-o", out)
    assert done.returncode == 0, done.stderr
    assert "avatarify: warning: broken.avi" in done.stderr
    frames, _ = read_video(out)
    assert 5 <= len(frames) < 40


def test_frames_before_the_first_face_show_the_still_portrait(tmp_path: Path) -> None:
    shown = demo_frames(6)
    driver = write_video(tmp_path / "late.mkv", [np.full_like(shown[0], 90)] * 4 + shown)
    out = tmp_path / "out.mp4"
    report = tmp_path / "r.json"
    done = avatarify("animate", PORTRAIT.stem, driver, "-o", out, "--report", report)
    assert done.returncode == 0, done.stderr
    assert json.loads(report.read_text())["faces_seen"] == 6
    frames, _ = read_video(out)
    assert len(frames) == 10
    assert np.abs(frames[3].astype(int) - frames[0]).mean() < 2


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_nothing(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    process = start("animate", PORTRAIT.stem, demo_clip(), "-o", tmp_path / "out.mp4", "--size", "1920x1080")
    deadline = time.monotonic() + 120
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.1)
    assert process.poll() is None, not_none(process.stderr).read()
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
