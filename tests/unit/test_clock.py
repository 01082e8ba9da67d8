"""Nothing is lost or kept forever where the clock jumps, or files come from the future."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from avatarify.partial import is_abandoned, sweep, temporary_path
from avatarify.ui import crash

FAR = 2_500_000_000.0  # in the year 2049


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("written", [0.0, FAR])
def test_what_a_running_process_writes_stays_whatever_the_clock_says(tmp_path: Path, written: float) -> None:
    part = temporary_path(tmp_path / "a.mp4")
    part.write_bytes(b"half")
    os.utime(part, (written, written))
    assert not is_abandoned(part)
    sweep(tmp_path)
    assert part.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_another_program_with_the_number_of_a_killed_process_is_recognized(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "600"]) as other:
        try:
            part = temporary_path(tmp_path / "a.mp4")
            part = part.with_name(part.name.replace(f"-{os.getpid()}-", f"-{other.pid}-"))
            part.write_bytes(b"half")
            assert is_abandoned(part)
        finally:
            other.kill()


def test_another_computers_file_from_the_future_is_abandoned(tmp_path: Path) -> None:
    part = tmp_path / f".a.{'0' * 8}-1-{'0' * 8}.part"
    part.write_bytes(b"")
    os.utime(part, (FAR, FAR))
    assert is_abandoned(part)


def test_a_new_crash_report_is_kept_beside_reports_from_the_future() -> None:
    crash.folder().mkdir(parents=True)
    for number in range(12):
        old = crash.folder() / f"error {number}.txt"
        old.write_text("old")
        os.utime(old, (FAR + number, FAR + number))
    new = crash.write(ValueError, ValueError("new"), None)
    assert new is not None
    assert crash.reports()[0] == new
