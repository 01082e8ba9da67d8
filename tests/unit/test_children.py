"""Child processes never import from the current directory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers import traps

import avatarify

ROOT = Path(avatarify.__file__).parent
SPAWN = """
import os
from concurrent.futures import ProcessPoolExecutor
from avatarify.children import spawning
if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=spawning()) as pool:
        print(pool.submit(os.getpid).result() != os.getpid())
    process = spawning().Process(target=print, args=["another"])
    process.start()
    process.join()
"""


def run(code: str, cwd: Path) -> str:
    program = cwd / "program"
    program.mkdir()
    (program / "main.py").write_text(code)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run(
        [sys.executable, program / "main.py"], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_workers_import_nothing_from_the_current_directory(tmp_path: Path) -> None:
    traps.lay(tmp_path)
    assert run(SPAWN, tmp_path).split() == ["True", "another"]
    assert traps.sprung(tmp_path) == []


def test_a_command_in_the_background_imports_nothing_from_the_current_directory(tmp_path: Path) -> None:
    traps.lay(tmp_path)
    report = tmp_path / "report.json"
    words = ("devices", "--report", str(report))
    run(f"from avatarify.children import start_avatarify\nstart_avatarify(*{words!r})", tmp_path)
    while not report.exists() and not traps.sprung(tmp_path):
        time.sleep(0.05)
    assert traps.sprung(tmp_path) == []


def test_the_traps_work(tmp_path: Path) -> None:
    traps.lay(tmp_path)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    subprocess.run([sys.executable, "-c", "import pickle"], cwd=tmp_path, env=environment, check=False)
    assert traps.sprung(tmp_path) == ["pickle"]


@pytest.mark.parametrize("word", ["get_context(", "set_start_method", "os.system(", "shell=True"])
def test_child_processes_are_started_in_one_place(word: str) -> None:
    files = [file for file in ROOT.rglob("*.py") if word in file.read_text(encoding="utf-8")]
    assert [file.name for file in files] in ([], ["children.py"])


def test_every_command_that_is_started_is_started_safely() -> None:
    lines = [line for file in ROOT.rglob("*.py") for line in file.read_text(encoding="utf-8").splitlines()]
    started = [line for line in lines if '"-m", "avatarify"' in line]
    assert len(started) >= 2
    assert all('"-P", "-m"' in line for line in started)
