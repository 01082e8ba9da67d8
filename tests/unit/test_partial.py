"""Leftovers of killed processes are recognized by their names, and swept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from avatarify import housekeeping, paths
from avatarify.partial import is_abandoned, remove_partial, sweep, temporary_path

KILLED = "import os, pathlib; from avatarify.partial import temporary_path; place = pathlib.Path({place!r})\n"
FILE = KILLED + "temporary_path(place).write_bytes(b'half'); os._exit(9)"
FOLDER = KILLED + "part = temporary_path(place); part.mkdir(); (part / 'a').write_bytes(b'half'); os._exit(9)"


def leave(code: str, place: Path) -> Path:
    """Let a process leave a partial file or folder, and die."""
    before = set(place.parent.iterdir())
    subprocess.run([sys.executable, "-c", code.format(place=str(place))], check=False)
    (left,) = set(place.parent.iterdir()) - before
    return left


def test_temporary_names_are_hidden_and_unique(tmp_path: Path) -> None:
    names = {temporary_path(tmp_path / "a.mp4").name for _ in range(50)}
    assert len(names) == 50
    assert all(name.startswith(".a.mp4.") and name.endswith(".part") for name in names)


@pytest.mark.parametrize("name", ["x" * 250 + ".json", "ä" * 120 + ".mp4", "日" * 80 + ".png"])
def test_the_longest_names_have_temporary_ones(name: str, tmp_path: Path) -> None:
    part = temporary_path(tmp_path / name)
    part.write_bytes(b"")
    remove_partial(tmp_path / name)
    assert not part.exists()


@pytest.mark.parametrize("name", ["ab.mp4", "a", "a[1].mp4", "a*.mp4"])
def test_partial_files_of_other_names_stay(name: str, tmp_path: Path) -> None:
    other, own = temporary_path(tmp_path / "a1.mp4"), temporary_path(tmp_path / name)
    for file in (other, own):
        file.write_bytes(b"")
    remove_partial(tmp_path / name)
    assert other.exists()
    assert not own.exists()


def test_what_a_running_process_writes_is_not_abandoned(tmp_path: Path) -> None:
    part = temporary_path(tmp_path / "a")
    part.write_bytes(b"")
    assert not is_abandoned(part)
    sweep(tmp_path)
    assert part.exists()


def test_leftovers_are_swept_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    left = [leave(FILE, tmp_path / "settings.json"), leave(FOLDER, tmp_path / "deep" / "model")]
    assert all(is_abandoned(part) for part in left)
    sweep(tmp_path)
    assert not any(part.exists() for part in left)


def test_other_files_are_never_swept(tmp_path: Path) -> None:
    names = ("a.part", ".a.part", ".a.1-2.part", f"{'0' * 8}-1-{'0' * 8}.part", "model.pth.tar.0123456789abcdef.part")
    for name in names:
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    sweep(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == set(names)


def test_another_computers_work_counts_as_abandoned_after_a_day(tmp_path: Path) -> None:
    part = tmp_path / f".a.{'0' * 8}-1-{'0' * 8}.part"
    part.write_bytes(b"")
    assert not is_abandoned(part)
    os.utime(part, (0, 0))
    assert is_abandoned(part)


def test_the_users_folders_are_swept_at_a_start() -> None:
    left = []
    for folder in (paths.cache(), paths.data() / "models", paths.config()):
        folder.mkdir(parents=True)
        left.append(leave(FILE, folder / "a"))
    housekeeping.tidy_folders()
    assert not any(part.exists() for part in left)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are a POSIX idea")
def test_the_users_own_folders_are_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared, own = tmp_path / "shared", tmp_path / "own"
    for folder in (shared, own):
        folder.mkdir(mode=0o755)
    monkeypatch.setenv("AVATARIFY_CACHE", str(shared))
    monkeypatch.delenv("AVATARIFY_DATA")
    monkeypatch.setattr(paths, "data", lambda: own)
    housekeeping.tidy_folders()
    assert own.stat().st_mode & 0o777 == 0o700
    assert shared.stat().st_mode & 0o777 == 0o755


def test_no_writer_has_temporary_names_of_its_own() -> None:
    package = Path(housekeeping.__file__).parent
    users = {file.name for file in package.rglob("*.py") if re.search(r"\.part[\"']", file.read_text("utf-8"))}
    assert users == {"partial.py", "fetch.py"}  # a download goes on where it was interrupted
