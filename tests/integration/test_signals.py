"""A signal ends every long command soon: the exit code names it, no child is left, no file is half written."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.checkpoints import PUBLIC, write_checkpoint
from helpers.clips import write_clips
from helpers.media import demo_clip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
SIGNALS = [signal.SIGINT, signal.SIGTERM] + ([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])
TIMEOUT_S = 120.0  # a busy machine is slow
FILES = ("mine.mp4", "sheet.jpg", "report.json", "model.safetensors")  # names that only complete files may have


@dataclass(frozen=True)
class Work:
    """A command that is interrupted.

    Attributes:
        words: What is typed, in a folder of its own.
        begun: Whether it is at work, by that folder and by what it has said.
    """

    words: tuple[object, ...]
    begun: Callable[[Path, str], bool]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with clips, videos, and a checkpoint."""
    folder = tmp_path_factory.mktemp("inputs")
    write_clips(folder / "data")
    for number in range(8):
        (folder / "videos" / str(number)).mkdir(parents=True)
        (folder / "videos" / str(number) / "talk.mp4").symlink_to(demo_clip())
    write_checkpoint(folder / "vox-cpk.pth.tar", PUBLIC)
    return folder


def parts(folder: Path) -> list[Path]:
    return list(folder.rglob(".*.part"))


def works(inputs: Path) -> dict[str, Work]:
    """Return the commands by name."""
    clips, videos = inputs / "data", inputs / "videos"
    return {
        "evaluate": Work(
            ("evaluate", "--suite", videos / "0", "--report", "report.json"), lambda folder, said: "1/1" in said
        ),
        "reconstruct": Work(
            ("evaluate", "--reconstruct", videos / "0", "--crop", "whole", "--no-faces", "--csv", "report.json"),
            lambda folder, said: "1/1" in said,
        ),
        "render": Work(
            ("dataset", "render", "--kind", "arm", "--out", "mine", "--frames", 400, "--workers", 2),
            lambda folder, said: bool(parts(folder)),
        ),
        "prepare": Work(
            ("dataset", "prepare", videos, "--out", "mine", "--crop", "whole", "--workers", 2),
            lambda folder, said: bool(parts(folder)),
        ),
        "train": Work(
            ("train", "vox-256", "--data", clips, "--out", "mine", "--set", "sizes=tiny", "batch=4"),
            lambda folder, said: "step " in said,
        ),
        "figures": Work(
            ("figures", "motions", "--out", "mine.mp4", "--crop", "whole"), lambda folder, said: "by demo" in said
        ),
        "import": Work(("models", "import", inputs / "vox-cpk.pth.tar"), lambda folder, said: bool(parts(folder))),
    }


def begun(work: Work, folder: Path) -> "subprocess.Popen[str]":
    """Start a command, and stop it once it is at work."""
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "avatarify", *map(str, work.words)],
            cwd=folder,
            env={**os.environ, "AVATARIFY_DATA": str(folder / "home"), "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            text=True,
            start_new_session=True,
        )
    deadline = time.monotonic() + TIMEOUT_S
    while True:
        assert process.poll() is None, (folder / "said").read_text()
        assert time.monotonic() < deadline
        if work.begun(folder, (folder / "said").read_text()):
            process.send_signal(signal.SIGSTOP)
            if work.begun(folder, (folder / "said").read_text()):  # not done in the meantime
                return process
            process.send_signal(signal.SIGCONT)
        time.sleep(0.02)


def group_is_gone(leader: int) -> bool:
    """Return whether all processes that a command has started end."""
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        try:
            os.killpg(leader, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("name", ["evaluate", "reconstruct", "render", "prepare", "train", "figures", "import"])
def test_a_signal_ends_a_command(name: str, number: signal.Signals, inputs: Path, tmp_path: Path) -> None:
    process = begun(works(inputs)[name], tmp_path)
    process.send_signal(number)
    process.send_signal(signal.SIGCONT)
    assert process.wait(TIMEOUT_S) == 128 + number
    assert group_is_gone(process.pid)
    assert "Traceback" not in (tmp_path / "said").read_text()
    left = {file.name for file in tmp_path.rglob("*") if file.is_file() or file.name.endswith(".part")}
    assert not [file for file in left if file.endswith(".part")]
    if name != "train":  # which saves what it has learned
        assert not left.intersection(FILES)
