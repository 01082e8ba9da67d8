"""``avatarify run`` on bundled files, in a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from helpers.command import avatarify, start
from helpers.media import portraits, read_video
from helpers.values import not_none

from avatarify.engines.load import find_target, options_for
from avatarify.engines.plans import PlanKey, default_store
from avatarify.locks import locked
from avatarify.output.mjpeg_address import page_address
from avatarify.zoo.registry import find_model

pytestmark = pytest.mark.slow
PORTRAIT = portraits()[0].stem
LIVE = ("run", "--camera", "demo", "--portrait", PORTRAIT)


def test_the_live_pipeline_from_the_demo_to_the_null_sink(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    done = avatarify(*LIVE, "--sink", "null", "--frames", 60, "--report", file)
    assert done.returncode == 0, done.stderr
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["frames"] == 60
    assert report["size"] == "1280x720"
    assert report["faces_seen"] > 30
    assert 0 < report["latency_ms"]["p50"] <= report["latency_ms"]["p95"] <= report["latency_ms"]["p99"]
    assert report["runtime"]
    assert report["device"]
    assert report["state"] == "stopped"
    assert report["memory_mb"]["end"] < report["memory_mb"]["start"] + 400
    assert done.stdout.count("\n") == 1


def test_the_first_start_is_announced_once_and_its_steps_are_shown(tmp_path: Path) -> None:
    done = avatarify(*LIVE, "--sink", "null", "--frames", 3, AVATARIFY_CACHE=str(tmp_path / "empty"))
    assert done.returncode == 0, done.stderr
    first, *steps = done.stderr.splitlines()
    assert first.startswith("avatarify: Preparing the model 'built-in' for this computer. This is done once")
    assert all("Preparing" not in step for step in steps)
    compiled = [number for number, step in enumerate(steps) if step.endswith("compiling")]
    assert 0 <= compiled[-1] < steps.index("avatarify: running")


def a_plan() -> Path:
    """Return the file of one of the engines that the first start builds."""
    entry, target = find_model("built-in"), find_target("openvino")
    options = options_for(entry, target)
    graph = options.recipe.graphs[target.name][0]
    part = target.parts(graph, options)[0]
    return default_store().file(PlanKey(entry.manifest.name, target.name, part, options.precision, "", "", "", ""))


def test_an_interrupt_while_the_model_is_prepared_leaves_no_unfinished_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "empty"
    monkeypatch.setenv("AVATARIFY_CACHE", str(cache))
    with locked(a_plan().with_suffix(".lock")):  # the preparation cannot end before the signal arrives
        process = start(*LIVE, "--sink", "null")
        lines = iter(not_none(process.stderr))
        assert any("waiting for another process" in line for line in lines)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    assert process.returncode == 130, err
    assert "Unexpected" not in err
    assert out == ""
    assert not list(cache.rglob("*.part"))


def test_an_interrupted_recording_is_complete_and_reported(tmp_path: Path) -> None:
    video, file = tmp_path / "call.mp4", tmp_path / "r.json"
    process = start(*LIVE, "--sink", video, "--size", "640x360", "--report", file)
    for line in not_none(process.stderr):
        if "running" in line:
            break
    while len(list(tmp_path.glob(".*.part"))) == 0 or next(tmp_path.glob(".*.part")).stat().st_size < 100_000:
        assert process.poll() is None, not_none(process.stderr).read()
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "Traceback" not in err
    report = json.loads(file.read_text(encoding="utf-8"))
    frames, rate = read_video(video)
    assert frames.shape[1:] == (360, 640, 3)
    assert 0 < rate <= 31
    assert len(frames) == report["frames"] + report["repeated"]
    assert sorted(found.name for found in tmp_path.iterdir()) == ["call.mp4", "r.json"]


def test_several_sinks_get_the_same_pictures_and_the_page_shows_them(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = page_address(port)
    video, file = tmp_path / "call.mp4", tmp_path / "r.json"
    sinks = ("--sink", f"http://127.0.0.1:{port}", "--sink", video, "--sink", "null")
    process = start(*LIVE, *sinks, "--size", "320x240", "--report", file)
    for line in not_none(process.stderr):
        if "running" in line:
            break
    with urllib.request.urlopen(f"{page}stream.mjpg", timeout=60) as stream:
        head = stream.read(200)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=300)
    assert head.startswith(b"--picture\r\nContent-Type: image/jpeg\r\n"), err
    assert b"\xff\xd8\xff" in head
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["sink"] == f"{page} + call.mp4 + null"
    assert report["warnings"] == []
    assert len(read_video(video)) > 0


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux can keep a process on one core")
def test_a_computer_that_is_too_busy_gets_less_to_do_and_the_user_reads_why(tmp_path: Path) -> None:
    core, file = min(os.sched_getaffinity(0)), tmp_path / "r.json"
    process = start(*LIVE, "--sink", "null", "--report", file)
    os.sched_setaffinity(process.pid, {core})
    lines = iter(not_none(process.stderr))
    assert any("running" in line for line in lines)
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    os.sched_setaffinity(busy.pid, {core})
    try:
        # With less than a third of the core, it goes to the last rung at once.
        reasons = "Reduced detail to keep", "This computer is too slow or too busy"
        assert any(reason in line for line in lines for reason in reasons)
    finally:
        busy.kill()
        busy.wait()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=300)
    quality = json.loads(file.read_text(encoding="utf-8"))["quality"]
    assert quality["asked"] == "auto"
    assert quality["changes"] >= 1
    assert quality["rung"] != "full"
