"""``avatarify dataset render`` in processes of its own, without assets."""

import ctypes.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.command import avatarify, error_line, start
from helpers.values import not_none

from avatarify.training.data.open_clips import open_clips

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not ctypes.util.find_library("EGL"), reason="no EGL library here (Debian: libegl1 libgl1-mesa-dri)"
    ),
]
SMALL = ("--frames", 2, "--size", 64, "--workers", 1)


Rendered = tuple[Path, dict[str, Any]]  # a folder, and the report of the command that rendered it


def render(out: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return avatarify("dataset", "render", "--output", out, *SMALL, *words)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """A small data set, made without assets, and its report."""
    out = tmp_path_factory.mktemp("data") / "set"
    done = render(out, "--identities", 2, "--seed", 4, "--json")
    assert done.returncode == 0, done.stderr
    return out, json.loads(done.stdout)


def test_what_is_rendered_is_what_trainers_read(rendered: Rendered) -> None:
    out, report = rendered
    clips = open_clips(out)
    assert len(clips) == 2
    assert clips.frames == 4
    assert clips.about["kind"] == "rendered"
    assert len(clips.about["expression"]) == 52
    for clip in clips:
        truth = clip.truth()
        assert np.isfinite(truth.points).all()
        assert clips.picture(clip, 1).shape == (64, 64, 3)
        assert clip.attributes["skin"] == "drawn"
    assert report["rendered"] == report["clips"] == 2
    assert report["frames_per_cpu_second"] > 0
    assert report["check"]["flow"] < 0.01


def test_a_second_call_renders_only_what_is_missing_and_the_same_again(rendered: Rendered, tmp_path: Path) -> None:
    out = tmp_path / "set"
    shutil.copytree(rendered[0], out)
    lost = out / "clips" / "s4-000001"
    before = {file.name: file.read_bytes() for file in lost.iterdir()}
    kept = (out / "clips" / "s4-000000" / "clip.json").stat().st_mtime_ns
    shutil.rmtree(lost)
    report = out.parent / "report.json"
    done = render(out, "--identities", 2, "--seed", 4, "--report", report)
    assert done.returncode == 0, done.stderr
    assert json.loads(report.read_text())["rendered"] == 1
    assert {name: (lost / name).read_bytes() for name in before if name != "truth.npz"} == {
        name: content for name, content in before.items() if name != "truth.npz"
    }
    assert (out / "clips" / "s4-000000" / "clip.json").stat().st_mtime_ns == kept
    again = render(out, "--identities", 2, "--seed", 4, "--json")
    assert json.loads(again.stdout)["rendered"] == 0


def wait_for_a_clip(out: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the first clip is complete, for as long as the process lives."""
    while not list(out.glob("clips/s*/clip.json")):
        assert process.poll() is None, not_none(process.stderr).read()
        time.sleep(0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_leaves_complete_clips_only(tmp_path: Path) -> None:
    out = tmp_path / "set"
    with start("dataset", "render", "--output", out, "--identities", 500, *SMALL) as process:
        wait_for_a_clip(out, process)
        process.send_signal(signal.SIGINT)
        assert process.wait(300) == 130
    names = [folder.name for folder in (out / "clips").iterdir()]
    assert names
    assert not [name for name in names if name.endswith(".part")]
    assert len(open_clips(out)) == len(names)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the rendering process in /proc")
def test_a_process_that_dies_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "set"
    with start("dataset", "render", "--output", out, "--identities", 6, *SMALL) as process:
        wait_for_a_clip(out, process)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        commands = {child: Path(f"/proc/{child}/cmdline").read_text() for child in children}
        os.kill(int(next(child for child, command in commands.items() if "spawn_main" in command)), signal.SIGKILL)
        assert process.wait(600) == 0
        assert "A render process died." in not_none(process.stderr).read()
    assert len(open_clips(out)) == 6


def test_another_size_in_the_same_folder_is_refused(rendered: Rendered) -> None:
    line = error_line(avatarify("dataset", "render", "--output", rendered[0], "--size", 96, "--identities", 1), 1)
    assert "another kind or size" in line


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--frames", 3), 2, "not even"),
        (("--size", 8), 2, "out of range"),
        (("--assets", "no/such/folder"), 1, "no/such/folder"),
        (("--identities", 0), 2, "not a positive integer"),
    ],
)
def test_wrong_input_is_one_line(tmp_path: Path, words: tuple[str, int | str], code: int, says: str) -> None:
    assert says in error_line(
        avatarify("dataset", "render", "--output", tmp_path / "set", "--identities", 1, *words), code
    )


def test_what_is_missing_is_reported_with_its_remedy(tmp_path: Path) -> None:
    blocked = tmp_path / "block" / "sitecustomize.py"
    blocked.parent.mkdir()
    blocked.write_text("import sys\nsys.modules['moderngl'] = None\n")
    done = avatarify(
        "dataset", "render", "--output", tmp_path / "set", "--identities", 1, *SMALL, PYTHONPATH=str(blocked.parent)
    )
    assert "moderngl" in error_line(done, 1)
    assert "avatarify[render]" in done.stderr
