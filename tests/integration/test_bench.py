"""``avatarify bench`` in processes of its own."""

import json
from pathlib import Path

import pytest
from helpers.command import avatarify

pytestmark = pytest.mark.slow


def test_two_runtimes_are_timed_side_by_side(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    words = ("--runtime", "openvino", "--frames", 4, "--rounds", 2, "--size", "640x360", "--report", file)
    done = avatarify("bench", *words)
    assert done.returncode == 0, done.stderr
    report = json.loads(file.read_text(encoding="utf-8"))
    assert [one["name"] for one in report["runtimes"]] == ["openvino", "torch"]
    for one in report["runtimes"]:
        for times in one["stages_ms"].values():
            assert 0 < times["least"] <= times["p50"] <= times["p95"]
        assert one["network_ms"]["p50"] > 0
        assert one["memory_mb"] is None or one["memory_mb"] > 50
        assert one["peak_gmacs_per_s"] > 0
    assert report["macs_millions"]["frame"] > 100
    assert "| openvino |" in done.stdout
    assert "round 2 of 2" in done.stderr


def test_a_runtime_that_is_not_installed_is_reported() -> None:
    done = avatarify("bench", "--runtime", "no-such")
    assert done.returncode == 2
    assert "no-such" in done.stderr.splitlines()[-1]
