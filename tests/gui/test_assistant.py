"""The assistant of the first start: by keyboard alone, without a camera, without a virtual camera, and back."""

import pytest
from helpers.studio import OpenApp, Studio, Until
from helpers.values import not_none
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from avatarify.messages import Message
from avatarify.settings import Settings
from avatarify.ui.controller import Controller
from avatarify.ui.main_window import MainWindow
from avatarify.ui.widgets import welcome
from avatarify.ui.widgets.command_line import CommandLine

pytestmark = pytest.mark.gui


def turn_to(window: MainWindow, page: int) -> None:
    buttons = (window.welcome.agree, window.welcome.onward, window.welcome.pick, window.welcome.go_on)
    for button in buttons[:page]:
        button.click()
    assert window.welcome.page == page


def test_the_return_key_alone_leads_to_a_running_session(open_app: OpenApp, qtbot: QtBot, until: Until) -> None:
    window = open_app(Settings())
    window.activateWindow()
    for step in range(5):
        assert window.welcome.page == step
        assert window.welcome.progress.text() == f"Step {step + 1} of 5"
        qtbot.keyClick(not_none(QApplication.focusWidget()), Qt.Key.Key_Return)
    until(lambda: window.preview.shows_live)


def test_every_step_but_the_first_leads_back(open_app: OpenApp) -> None:
    window = open_app(Settings())
    assert not window.welcome.back.isVisible()
    turn_to(window, 4)
    for page in (3, 2, 1, 0):
        window.welcome.back.click()
        assert window.welcome.page == page
    assert window.state.settings.privacy_accepted  # it stays accepted


def test_without_a_camera_the_demo_is_offered_until_one_is_plugged_in(
    open_app: OpenApp, studio: Studio, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welcome, "LOOK_AGAIN_MS", 50)
    window = open_app(Settings())
    studio.cameras = []
    window.devices.refresh_requested.emit()
    until(lambda: not window.welcome.camera_step.found)
    turn_to(window, 1)
    assert window.welcome.camera_step.words.text().startswith("No camera was found.")
    assert window.welcome.camera_step.refresh.isVisible()
    assert window.state.camera.value == "demo"
    studio.cameras = [(0, "Front camera")]  # plugged in: found without a click
    until(lambda: window.welcome.camera_step.found)
    assert not window.welcome.camera_step.refresh.isVisible()


def test_the_virtual_camera_is_set_up_with_the_commands_that_were_shown(
    open_app: OpenApp, studio: Studio, until: Until
) -> None:
    studio.virtual = []
    window = open_app(Settings())
    turn_to(window, 3)
    step = window.welcome.set_up
    until(lambda: bool(step.findChildren(CommandLine)))
    (shown,) = step.findChildren(CommandLine)
    step.run.click()
    until(lambda: step.ready)
    assert studio.set_up_with == [shown.text.splitlines()]
    until(lambda: step.verdict.text() == "The virtual camera is ready.")
    assert not step.run.isVisible()


def test_the_last_step_says_how_to_choose_the_camera(open_app: OpenApp) -> None:
    window = open_app(Settings())
    turn_to(window, 4)
    text = "\n".join(label.text() for label in window.welcome.ready.findChildren(QLabel))
    assert all(app in text for app in ("Zoom:", "Meet:", "Teams:"))


def test_everything_is_prepared_meanwhile_with_its_steps(open_app: OpenApp, studio: Studio, until: Until) -> None:
    window = open_app(Settings())
    until(lambda: window.welcome.ready.preparing.text() == "Everything is prepared.")
    assert studio.prepared == [("built-in", "zoe")]
    preparation = not_none(window.findChild(Controller)).preparation
    preparation.advanced.emit(Message("generate: compiling"), 0.5)
    assert window.welcome.ready.preparing.text() == "generate: compiling"
    assert window.welcome.ready.bar.value() == 500
    preparation.finished.emit(Message("The model {name} is damaged.", name="x"))
    assert window.welcome.ready.preparing.text() == "The model x is damaged."


def test_a_later_start_prepares_nothing(open_app: OpenApp, studio: Studio) -> None:
    open_app()
    assert studio.prepared == []


def test_the_speed_is_measured_on_request(open_app: OpenApp, until: Until) -> None:
    window = open_app(Settings())
    turn_to(window, 4)
    speed = window.welcome.ready.speed
    speed.button.click()
    assert not speed.button.isEnabled()
    until(lambda: "28 of 30 frames" in speed.result.text())
    assert speed.button.isEnabled()
