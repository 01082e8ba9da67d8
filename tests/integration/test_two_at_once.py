"""Two commands are started at once on an empty cache: both end well, and each engine is built by one of them."""

import subprocess
import time
from pathlib import Path

import pytest
from helpers.command import TIMEOUT_S, start

SMALL = ("--size", "160x120", "--frames", 3, "--sink", "null", "--camera", "demo", "--portrait", "mona-lisa")


def seen_files(cache: Path, processes: list["subprocess.Popen[str]"]) -> dict[Path, set[int]]:
    """Return the identities of each engine file while processes run: more than one if it was made again."""
    found: dict[Path, set[int]] = {}
    deadline = time.monotonic() + TIMEOUT_S
    while any(process.poll() is None for process in processes):
        assert time.monotonic() < deadline
        for file in (cache / "engines").rglob("*"):
            if not file.name.startswith(".") and file.suffix != ".lock" and file.is_file():
                found.setdefault(file, set()).add(file.stat().st_ino)
        time.sleep(0.02)
    return found


def test_an_empty_cache_is_filled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(tmp_path / "cache"))
    processes = [start("run", *SMALL), start("run", *SMALL)]
    files = seen_files(tmp_path / "cache", processes)
    said = [process.communicate() for process in processes]
    for process, (out, err) in zip(processes, said, strict=True):
        assert process.returncode == 0, err
        assert "Traceback" not in err
        assert "openvino on" in out
    compiled = [line for _, err in said for line in err.splitlines() if line.endswith("compiling")]
    assert len(compiled) == len(set(compiled))
    assert len(files) >= 4, "no engines were built"
    assert {file.name: len(inodes) for file, inodes in files.items() if len(inodes) > 1} == {}
    assert not list((tmp_path / "cache").rglob(".*.part"))
