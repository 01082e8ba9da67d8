"""``avatarify bench`` in processes of its own."""

import json
from pathlib import Path

import pytest
from helpers.command import avatarify

pytestmark = pytest.mark.slow


def test_two_runtimes_are_timed_side_by_side_as_on_an_older_processor(tmp_path: Path) -> None:
    file, cache = tmp_path / "b.json", tmp_path / "cache"
    words = ("--runtime", "openvino", "--frames", 4, "--rounds", 2, "--size", "640x360", "--isa", "avx2")
    done = avatarify("bench", *words, "--report", file, AVATARIFY_CACHE=str(cache))
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
    assert all(one["core_ms"] > 0 for one in report["runtimes"])
    live = report["live"]
    assert (live["runtime"], live["frames"], live["verdict"]) == ("openvino", 8, done.stdout.splitlines()[-1])
    assert live["core_ms"] is None or live["core_ms"] > 0  # eight frames may take less than the starts differ
    assert live["start_s"] > 0.1
    assert report["isa"] == "avx2"
    manifest = next((cache / "bench" / "avx2").rglob("openvino-*/*.json"))
    assert "Intel AVX2" in json.loads(manifest.read_text())["key"]["device"]
    assert not (cache / "engines").exists()


def test_another_checkout_is_timed_in_turns(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    here = Path(__file__).parents[2]
    words = ("--against", here, "--frames", 4, "--rounds", 1, "--size", "640x360", "--report", file)
    done = avatarify("bench", *words)
    assert done.returncode == 0, done.stderr
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["against"] == str(here)
    for name, ratio in report["ratios"].items():
        assert ratio is None or ratio == pytest.approx(report["this"][name] / report["other"][name], rel=0.01)
    assert f"this checkout / {here}, 1 × 4 frames" in done.stdout
    assert avatarify("bench", "--against", tmp_path).returncode == 2


def test_a_runtime_that_is_not_installed_is_reported() -> None:
    done = avatarify("bench", "--runtime", "no-such")
    assert done.returncode == 2
    assert "no-such" in done.stderr.splitlines()[-1]
