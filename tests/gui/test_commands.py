"""Keys, pages, reports, one window only."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from avatarify.frames import Size
from avatarify.output.interrupted import note
from avatarify.output.recorder import Recorder
from avatarify.partial import temporary_path
from avatarify.settings import Settings
from avatarify.ui import crash, single_instance
from avatarify.ui.actions import Actions
from avatarify.ui.commands import COMMANDS, NUMBERS
from avatarify.ui.main_window import MainWindow
from avatarify.ui.pages.diagnostics import DiagnosticsPage, ReportPage
from avatarify.ui.pages.keys import KeysPage
from avatarify.ui.pages.preferences import PreferencesPage
from avatarify.ui.services import Services
from avatarify.ui.session_options import session_options
from avatarify.ui.text import language
from avatarify.ui.widgets.command_line import CommandLine

pytestmark = pytest.mark.gui

OLD_APP = "123456789 0 A D W S U H J K Z C X F R T L I O".replace(" ", "")


def only(window: MainWindow, kind: Any) -> Any:
    (page,) = window.findChildren(kind)
    return page


def test_no_key_means_two_things() -> None:
    keys = [command.key for command in (*COMMANDS, *NUMBERS) if command.key]
    assert len(keys) == len(set(keys))
    assert set(OLD_APP) <= set(keys)


def test_every_command_has_somebody_who_carries_it_out(open_app: OpenApp) -> None:
    window = open_app()
    heard = {name: window.actions_[name].receivers(SIGNAL("triggered(bool)")) for name in window.actions_}
    assert min(heard.values()) > 0, heard


def test_a_changed_key_is_saved(open_app: OpenApp, live: GoLive, studio: Studio, qtbot: QtBot, until: Until) -> None:
    window = open_app()
    qtbot.keyClick(window, "?")
    page = only(window, KeysPage)
    field = page.fields["recalibrate"]
    field.setKeySequence(QKeySequence("T"))
    field.editingFinished.emit()
    assert page.message.text() == "T is already assigned to “Mirror output”."
    assert field.keySequence() == QKeySequence("X")
    field.setKeySequence(QKeySequence("Ctrl+J"))
    field.editingFinished.emit()
    page.close()
    window.activateWindow()
    until(window.isActiveWindow)
    live(window)
    qtbot.keyClick(window, Qt.Key.Key_X)
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    until(lambda: studio.animator.calibrations == 1)
    assert window.state.settings.keys == {"recalibrate": "Ctrl+J"}
    window.actions_["keys"].trigger()
    until(lambda: bool(window.findChildren(KeysPage)))
    only(window, KeysPage).usual.click()
    assert window.state.settings.keys == {}


def test_damaged_key_settings_fall_back_to_the_defaults(open_app: OpenApp) -> None:
    window = open_app(Settings(privacy_accepted=True, letter_keys=True, keys={"recalibrate": 5, "of_later": "Y"}))
    assert window.actions_["recalibrate"].shortcut() == QKeySequence("X")


def test_diagnostics_are_shown_and_copied(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    window.actions_["diagnostics"].trigger()
    page = only(window, DiagnosticsPage)
    until(lambda: bool(page.findings))
    assert page.verdict.text() == "One thing is missing for a call."
    page.copy.click()
    expected = "[ok] Python: 3.11.7\n[fail] virtual camera: None is installed. Run: sudo modprobe v4l2loopback"
    assert QGuiApplication.clipboard().text() == expected


def test_of_a_remedy_that_is_a_command_the_command_is_copied(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    window.actions_["diagnostics"].trigger()
    page = only(window, DiagnosticsPage)
    until(lambda: bool(page.findings))
    (line,) = page.findChildren(CommandLine)
    assert "sudo modprobe v4l2loopback" in [label.text() for label in line.findChildren(QLabel)]
    line.findChild(QPushButton).click()
    assert QGuiApplication.clipboard().text() == "sudo modprobe v4l2loopback"


def test_findings_are_shown_in_german_and_copied_in_english(
    open_app: OpenApp, until: Until, studio: Studio, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    """The real checks of this machine, with the bundled model and runtime."""
    monkeypatch.setenv("AVATARIFY_CACHE", str(cache))
    monkeypatch.setattr(studio, "diagnose", partial(Services.diagnose, studio))
    translators = language.install(qapp, "de")
    window = open_app()
    window.actions_["diagnostics"].trigger()
    page = only(window, DiagnosticsPage)
    until(lambda: bool(page.findings))
    shown = [label.text() for label in page.findChildren(QLabel)]
    page.copy.click()
    for translator in translators:
        qapp.removeTranslator(translator)
    assert len(page.findings) > 8
    assert all("Führe aus" not in line.text for line in page.findChildren(CommandLine))  # a shell knows no German
    for finding in page.findings:
        assert f"{finding.name}: {finding.detail} {finding.remedy}".strip() in QGuiApplication.clipboard().text()
        assert finding.remedy not in shown or not finding.remedy
    english = r"\b(is|are|the|and|not|no|needs|connect|works|installed)\b"
    assert [words for words in shown if re.search(english, words, re.IGNORECASE)] == []
    assert "Arbeitsspeicher: " in "\n".join(shown)


def test_preferences_are_saved(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    window.actions_["preferences"].trigger()
    page = only(window, PreferencesPage)
    page.language.setCurrentIndex(page.language.findData("ja"))
    page.language.activated.emit(0)
    assert window.state.settings.language == "ja"
    until(lambda: page.runtime.findData("onnxruntime") > 0)
    assert page.model.currentData() == "built-in"
    page.runtime.setCurrentIndex(page.runtime.findData("torch"))
    page.runtime.activated.emit(0)
    assert window.state.settings.runtime == "torch"
    assert not page.best.isChecked()
    page.best.click()
    assert window.state.settings.quality == "best"
    assert session_options(window.state).quality == "best"


@pytest.mark.logs("Unexpected error")
def test_an_unexpected_error_leaves_a_report_that_can_be_read_and_deleted(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    with crash.watched(window.unexpected.emit):
        try:
            raise ZeroDivisionError("oops")
        except ZeroDivisionError as error:
            import sys

            sys.excepthook(type(error), error, error.__traceback__)
    until(lambda: window.notice.current is not None)
    assert "ZeroDivisionError: oops" in window.notice.words
    (file,) = crash.reports()
    words = file.read_text(encoding="utf-8")
    assert "oops" in words
    assert words.startswith("Avatarify ")
    ReportPage(file, window)._delete(file)
    assert crash.reports() == []


def test_a_crash_is_reported_at_the_next_start(open_app: OpenApp, until: Until) -> None:
    crash.folder().mkdir(parents=True)
    report = crash.folder() / "end 999999.txt"
    report.write_text("Avatarify ended inside a library.")
    (crash.folder() / f"end {os.getpid()}.txt").write_text("this one still runs")
    window = open_app()
    until(lambda: window.notice.current is not None)
    assert window.notice.words.startswith("Avatarify quit unexpectedly last time.")
    window.notice.button.click()
    assert window.findChildren(ReportPage)
    assert not report.exists()
    assert crash.take_end() is None  # it is said once
    assert len(crash.reports()) == 1


def test_old_reports_are_deleted_and_all_are_private() -> None:
    crash.folder().mkdir(parents=True)
    for number in range(20):
        (crash.folder() / f"end {999_000 + number}.txt").write_text("ended")
    assert crash.take_end() is not None
    assert len(crash.reports()) == 10
    file = crash.write(ValueError, ValueError("\udcff"), None)
    assert file is not None
    assert len(crash.reports()) == 10
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_report_of_the_same_process_number_is_kept() -> None:
    crash.folder().mkdir(parents=True)
    (crash.folder() / f"end {os.getpid()}.txt").write_text("of an earlier container")
    with crash.watched(lambda error: None):
        taken = crash.take_end()
        assert taken is not None
        assert taken.read_text() == "of an earlier container"


def interrupted_recording(goal: Path) -> Path:
    """Leave what a killed process leaves of a recording; return the temporary file."""
    with Recorder(goal, Size(64, 48), 30, keep=True) as recorder:
        for _ in range(60):
            recorder.send(np.zeros((48, 64, 3), np.uint8))
    part = goal.with_name(temporary_path(goal).name.replace(f"-{os.getpid()}-", "-999999999-"))
    goal.rename(part)
    note(part, goal)
    return part


@pytest.mark.parametrize("answer", ["Keep", "Delete", "Ask later"])
def test_an_interrupted_recording_is_offered_at_the_next_start(
    answer: str, open_app: OpenApp, tmp_path: Path, until: Until
) -> None:
    goal = tmp_path / "call.mp4"
    part = interrupted_recording(goal)
    window = open_app()
    until(lambda: bool(window.findChildren(QMessageBox)))
    (question,) = window.findChildren(QMessageBox)
    assert question.text() == "A recording was interrupted. Keep it?"
    (button,) = [one for one in question.buttons() if one.text() == answer]
    button.click()
    until(lambda: part.exists() == (answer == "Ask later"))
    until(lambda: goal.exists() == (answer == "Keep"))
    if answer == "Keep":
        until(lambda: str(goal) in window.notice.words)


def test_a_good_end_leaves_no_report() -> None:
    with crash.watched(lambda error: None):
        assert len(list(crash.folder().iterdir())) == 1
    assert list(crash.folder().iterdir()) == []


def test_a_second_start_shows_the_first_window(qapp: QApplication, qtbot: QtBot) -> None:
    assert not single_instance.activate_running()
    bell = single_instance.InstanceServer(qapp)
    with ThreadPoolExecutor(1) as later, qtbot.waitSignal(bell.activated, timeout=10_000) as activated:
        start = later.submit(single_instance.activate_running, ["/x/face.png"])
    assert activated.args == [["/x/face.png"]]
    assert start.result()
    bell.close()
    bell.deleteLater()
    assert not single_instance.activate_running()


def test_actions_know_which_command_has_a_key(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    qtbot.addWidget(widget)
    actions = Actions(widget, {})
    assert actions.taken("X", by_other_than="search") == "recalibrate"
    assert actions.taken("X", by_other_than="recalibrate") == ""
