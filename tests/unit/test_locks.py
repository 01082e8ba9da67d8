"""Locks between processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from avatarify.errors import EngineError
from avatarify.locks import Cancelled, locked, writing_to


def test_a_lock_is_released_when_its_process_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "a.lock"
    code = (
        "import time; from pathlib import Path; from avatarify.locks import locked\n"
        f"with locked(Path({str(file)!r})): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    waited = list[int]()
    with pytest.raises(Cancelled), locked(file, lambda: waited.append(1), lambda: True):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with locked(file):
        assert waited == [1]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    with pytest.raises(EngineError, match=r"folder .*file/x cannot be written"), writing_to(blocker / "x"):
        (blocker / "x").mkdir()
