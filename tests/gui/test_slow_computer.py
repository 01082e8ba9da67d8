"""A computer that is too slow says so, with a button that helps; diagnostics put failures first."""

from dataclasses import replace

import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until
from helpers.values import not_none
from PySide6.QtWidgets import QLabel

from avatarify.doctor.finding import Finding
from avatarify.live.state import SessionState
from avatarify.messages import Message
from avatarify.ui.main_window import MainWindow
from avatarify.ui.pages.diagnostics import DiagnosticsPage
from avatarify.ui.session_watch import SLOW_TIMES, SessionWatch
from avatarify.ui.statistics import Statistics
from avatarify.ui.widgets.command_line import CommandLine

pytestmark = pytest.mark.gui
FAST = Statistics(25.0, (20.0, 120.0), 0, "echo", "CPU", Message(""), "built-in", camera_fps=30.0)


def report(window: MainWindow, statistics: Statistics, times: int = SLOW_TIMES) -> None:
    for _ in range(times):
        not_none(window.findChild(SessionWatch)).see(statistics)
    window.status.show_statistics(statistics)


def test_a_slow_session_is_explained_once_with_a_button_that_helps(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    window = live(open_app())
    report(window, FAST)
    assert window.notice.current is None
    report(window, replace(FAST, fps=6.0), SLOW_TIMES - 1)
    assert window.notice.current is None
    report(window, replace(FAST, fps=6.0), SLOW_TIMES)
    assert window.notice.words.startswith("This computer is too slow or too busy: 6 of 30 frames a second are shown.")
    assert window.notice.button.text() == "Smaller output"
    window.notice.button.click()
    until(lambda: len(studio.options) == 2 and window.state.session is SessionState.RUNNING)
    assert str(studio.options[1].size) == "640x480"


def test_the_state_says_that_it_runs_slowly(open_app: OpenApp, live: GoLive) -> None:
    window = live(open_app())
    window.status.show_statistics(replace(FAST, fps=6.0))
    assert window.status.text_of("state") == "Running slowly"
    window.status.show_statistics(FAST)
    assert window.status.text_of("state") == "Running"


def test_the_lag_is_the_usual_one_not_the_worst(open_app: OpenApp) -> None:
    window = open_app()
    window.status.show_statistics(FAST)
    assert "behind your voice" not in window.status.engine
    window.status.show_statistics(replace(FAST, latency_ms=(183.0, 300.0)))
    assert window.status.engine.startswith("The picture is 180 ms behind your voice: close other programs")


def test_diagnostics_begin_with_what_is_missing(
    open_app: OpenApp, until: Until, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Message("Connect one; '--camera demo' needs none.")
    findings = [
        Finding("Python", "ok", Message("3.11")),
        Finding("camera", "fail", Message("No camera is connected."), words),
        *studio.diagnose(),
    ]
    monkeypatch.setattr(studio, "diagnose", lambda: findings)
    window = open_app()
    window.actions_["diagnostics"].trigger()
    (page,) = window.findChildren(DiagnosticsPage)
    until(lambda: bool(page.findings))
    assert page.verdict.text() == "2 things are missing for a call."
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert texts.index("camera: No camera is connected.") < texts.index("Python: 3.11")
    assert [line.text for line in page.findChildren(CommandLine)] == ["sudo modprobe v4l2loopback"]
    page.speed.button.click()
    until(lambda: "28 of 30" in page.speed.result.text())
