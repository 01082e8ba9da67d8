"""A killed recording loses less than a second, and is found at the next start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import pytest

from avatarify import paths
from avatarify.errors import InputError
from avatarify.frames import Size
from avatarify.output.interrupted import Interrupted, interrupted, note
from avatarify.output.recorder import Recorder
from avatarify.partial import temporary_path

FPS = 30
KILLED = """
import os, signal, sys
import numpy as np
from avatarify.frames import Size
from avatarify.output.recorder import Recorder
recorder = Recorder(sys.argv[1], Size(64, 48), {fps}, keep=True)
for number in range(int(sys.argv[2])):
    recorder.send(np.full((48, 64, 3), number % 256, np.uint8), number / {fps})
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def kill(goal: Path, frames: int) -> None:
    """Kill a process that has recorded so many frames."""
    code = KILLED.format(fps=FPS)
    assert subprocess.run([sys.executable, "-c", code, goal, str(frames)], check=False).returncode != 0


def count(file: Path) -> int:
    with av.open(str(file)) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize("frames", [29, 45, 100])
def test_a_kill_loses_less_than_a_second(frames: int, tmp_path: Path) -> None:
    goal = tmp_path / "call.mp4"
    kill(goal, frames)
    (found,) = interrupted()
    assert found.goal == goal
    assert found.keep() == goal
    assert frames - count(goal) < FPS
    assert count(goal) > 0
    assert list(interrupted()) == []
    assert list(tmp_path.iterdir()) == [goal]
    assert list((paths.data() / "recordings").iterdir()) == []


def test_an_existing_file_is_not_replaced(tmp_path: Path) -> None:
    goal = tmp_path / "call.mp4"
    goal.write_bytes(b"an earlier call")
    kill(goal, 60)
    (found,) = interrupted()
    assert found.keep() == tmp_path / "call 2.mp4"
    assert goal.read_bytes() == b"an earlier call"


def test_an_interrupted_recording_can_be_deleted(tmp_path: Path) -> None:
    kill(tmp_path / "call.mp4", 60)
    (found,) = interrupted()
    found.delete()
    assert list(interrupted()) == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_kept_of_a_recording_that_had_hardly_begun(tmp_path: Path) -> None:
    kill(tmp_path / "call.mp4", 1)
    (found,) = interrupted()
    assert found.keep() is None
    assert list(tmp_path.iterdir()) == []


def test_another_video_of_that_name_leaves_the_interrupted_recording(tmp_path: Path) -> None:
    goal = tmp_path / "call.mp4"
    kill(goal, 60)
    left = tmp_path / temporary_path(goal).name.replace(f"-{os.getpid()}-", "-999999999-")
    left.write_bytes(b"of a killed animate")
    Recorder(goal, Size(64, 48), FPS).discard()
    assert not left.exists()
    assert len(list(interrupted())) == 1


def test_a_running_recording_is_not_interrupted(tmp_path: Path) -> None:
    part = temporary_path(tmp_path / "call.mp4")
    part.write_bytes(b"")
    note(part, tmp_path / "call.mp4")
    assert list(interrupted()) == []
    assert len(list((paths.data() / "recordings").iterdir())) == 1


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, "{}", '{"part": 1, "goal": 2}', '"x"', '{"part": "/x", "goal": "/y"}']
)
def test_notes_that_lead_nowhere_are_removed(text: str) -> None:
    folder = paths.data() / "recordings"
    folder.mkdir(parents=True)
    (folder / "1-2.json").write_text(text)
    assert list(interrupted()) == []
    assert list(folder.iterdir()) == []


def test_a_recording_that_cannot_be_moved_is_a_sentence(tmp_path: Path) -> None:
    kill(tmp_path / "call.mp4", 60)
    (found,) = interrupted()
    lost = Interrupted(found.part, tmp_path / "missing" / "call.mp4", found.note)
    with pytest.raises(InputError, match="cannot be moved"):
        lost.keep()
    assert found.part.exists()
    assert found.note.exists()


def test_recording_goes_on_where_no_note_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("AVATARIFY_DATA", str(tmp_path / "file"))
    part = temporary_path(tmp_path / "call.mp4")
    assert note(part, tmp_path / "call.mp4").part == part
