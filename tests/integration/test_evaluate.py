"""``avatarify evaluate`` on a tiny clip, in a process of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.command import avatarify, error_line
from helpers.media import demo_frames, write_video

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite")
    write_video(folder / "talk.mp4", demo_frames(8, every=8))
    return folder


def report_of(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text(encoding="utf-8")))


def test_self_reenactment_with_its_floor_and_targets(suite: Path, tmp_path: Path) -> None:
    file, sheets = tmp_path / "r.json", tmp_path / "sheets"
    done = avatarify("evaluate", "--suite", suite, "--report", file, "--sheets", sheets)
    assert done.returncode == 0, done.stderr
    report = report_of(file)
    (clip,) = report["clips"]
    assert clip["frames"] == 8
    assert clip["akd_floor"] < clip["akd"] < clip["akd_still"]
    assert clip["akd_floor_interval"][0] <= clip["akd_floor"] <= clip["akd_floor_interval"][1]
    assert clip["yaw"]["r"] > 0.9
    verdict = report["passes"]["AKD / still, mean"]
    assert verdict["met"] == (verdict["value"] <= 0.12)
    assert "| yaw r |" in done.stdout
    assert [sheet.name for sheet in sheets.iterdir()] == ["talk.jpg"]


def test_cross_reenactment_of_one_portrait(suite: Path, tmp_path: Path) -> None:
    file, sheets = tmp_path / "r.json", tmp_path / "sheets"
    words = ("--cross", "kofi", "--suite", suite, "--stride", 1, "--neutral", "best", "--sheets", sheets)
    done = avatarify("evaluate", *words, "--report", file)
    assert done.returncode == 0, done.stderr
    report = report_of(file)
    (pair,) = report["pairs"]
    assert (pair["portrait"], pair["clip"], pair["frames"], pair["lost"]) == ("kofi", "talk", 8, 0)
    assert report["mean"]["yaw"]["r"] > 0.7
    assert (sheets / "kofi.jpg").is_file()
    if "identity" in pair:
        assert pair["identity"]["result_to_portrait"] < pair["identity"]["driver_to_portrait"]
    else:
        assert "avatarify[evaluate]" in report["warnings"][0]


def test_a_still_driver(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    done = avatarify("evaluate", "--still", "--frames", 12, "--portrait", "kofi", "--report", file)
    assert done.returncode == 0, done.stderr
    changes = report_of(file)["changes"]
    assert changes["still"]["frames"] == changes["still with noise"]["frames"] == 12
    assert changes["still"]["mean"] < changes["still with noise"]["mean"] < 1


def test_without_a_suite_it_says_so() -> None:
    assert "--suite" in error_line(avatarify("evaluate"), 2)


def test_a_suite_without_faces(tmp_path: Path) -> None:
    write_video(tmp_path / "empty.mp4", [demo_frames(1)[0][:120, :160]] * 3)
    done = avatarify("evaluate", "--suite", tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "No clip" in done.stderr.splitlines()[-1]
