import argparse
import io
import json
import sys
import threading
from pathlib import Path

import pytest

from avatarify.cli import progress
from avatarify.cli.common import give, show_warnings
from avatarify.cli.progress import FrameProgress
from avatarify.errors import InputError
from avatarify.messages import Message

REPORT = {"frames": 3, "size": "64x48", "warnings": ["müde"]}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_text_by_default_json_on_demand_and_a_report_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    give(argparse.Namespace(json=False, report=str(file)), REPORT, "three frames")
    give(argparse.Namespace(json=True, report=None), REPORT, "three frames")
    text, _, printed = capsys.readouterr().out.partition("\n")
    assert text == "three frames"
    assert json.loads(printed) == REPORT == json.loads(file.read_text(encoding="utf-8"))
    assert list(tmp_path.iterdir()) == [file]


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "r.json"
    target.mkdir()
    with pytest.raises(InputError, match=r"Cannot write the report .*r\.json"):
        give(argparse.Namespace(json=False, report=str(target)), REPORT, "")
    assert list(tmp_path.iterdir()) == [target]


def test_warnings_are_a_line_each_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    show_warnings({"warnings": ["one", "two\nlines"]})
    captured = capsys.readouterr()
    assert captured.err == "avatarify: warning: one\navatarify: warning: two lines\n"
    assert captured.out == ""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def test_progress_on_a_terminal_is_one_line(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    shown = FrameProgress()
    for done in range(2, 101, 2):
        clock[0] += 0.25
        shown.update(done, 200)
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().split("\r")[-1].rstrip() == "100/200 frames, 8.0 fps, 0:12 left"
    shown.note("camera lost")
    assert terminal.getvalue().endswith("\ravatarify: camera lost\n")


def test_progress_into_a_file_is_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    shown = FrameProgress()
    for done in range(1, 251):
        clock[0] += 0.1
        shown.update(done, None)
    shown.finish()
    assert log.getvalue().splitlines() == ["100 frames, 10.0 fps", "200 frames, 10.0 fps"]


def explanations() -> list[threading.Timer]:
    """Timers of explanations that are still to come."""
    return [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_a_slow_start_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with FrameProgress(slow_start_s=0.0):
        for timer in explanations():
            timer.join()
    assert capsys.readouterr().err == "avatarify: Loading the model.\n"


def test_what_is_announced_needs_no_further_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    with FrameProgress(slow_start_s=3600.0) as running:
        watch = running.watch()
        watch.announce(Message("Preparing the model."))
        for timer in explanations():
            timer.join()
        for step in ("generate of 'x': compiling", "generate of 'x': compiling", "encode of 'x': compiling"):
            watch.progress(Message(step), 0.0)
        watch.warn(Message("openvino is not used: no\nmemory."))
    shown = ["avatarify: Preparing the model.", "generate of 'x': compiling", "encode of 'x': compiling"]
    warning = "openvino is not used: no memory."
    assert capsys.readouterr().err.splitlines() == [*shown, f"avatarify: warning: {warning}"]
    show_warnings({"warnings": [warning, "other"]}, running.warned)
    assert capsys.readouterr().err == "avatarify: warning: other\n"


def test_a_start_is_not_explained_once_frames_come(capsys: pytest.CaptureFixture[str]) -> None:
    with FrameProgress(slow_start_s=3600.0) as running:
        assert explanations()
        running.update(1, 10)
        for timer in explanations():
            timer.join()
    assert capsys.readouterr().err == ""
