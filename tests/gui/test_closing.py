"""Closing the window while others see the picture, and starting again while an old window is still closing."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers.studio import GoLive, OpenApp, Until
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from avatarify.live.state import SessionState
from avatarify.settings import Settings
from avatarify.ui import single_instance
from avatarify.ui.main_window import MainWindow

pytestmark = pytest.mark.gui


def question(window: MainWindow) -> QMessageBox:
    (box,) = window.findChildren(QMessageBox)
    return box


def answer(window: MainWindow, text: str) -> None:
    (button,) = [button for button in question(window).buttons() if button.text().replace("&", "") == text]
    button.click()


def test_closing_while_live_asks_once_and_can_be_cancelled(open_app: OpenApp, live: GoLive, until: Until) -> None:
    window = live(open_app())
    for _ in range(3):
        window.close()
    assert window.isVisible()
    answer(window, "Cancel")
    until(lambda: not window.findChildren(QMessageBox))
    assert window.state.session.live
    window.actions_["quit"].trigger()
    assert question(window).defaultButton().text() == "Stop and quit"
    answer(window, "Stop and quit")
    assert not window.isVisible()
    assert not window.state.session.live or window.state.session is SessionState.RUNNING


def test_a_recording_is_mentioned(open_app: OpenApp, live: GoLive, tmp_path: Path, until: Until) -> None:
    window = live(open_app(Settings(privacy_accepted=True, recordings=str(tmp_path))))
    window.transport.record.click()
    until(lambda: "MB" in window.transport.record.text())
    window.close()
    assert "recording is finished and kept" in question(window).informativeText()
    answer(window, "Cancel")


def test_an_idle_window_closes_at_once(open_app: OpenApp) -> None:
    window = open_app()
    window.close()
    assert not window.isVisible()
    assert not window.findChildren(QMessageBox)


def test_a_start_while_the_old_window_closes_is_not_lost(qapp: QApplication, qtbot: QtBot) -> None:
    """The old window's thread is busy ending a session: nobody answers, so the new start opens its own window."""
    owner = QObject()
    server = single_instance.InstanceServer(owner)
    with ThreadPoolExecutor(1) as later:
        start = later.submit(single_instance.activate_running, ["/x/face.png"])
        time.sleep(0.3)  # it is connected, and waits
        server.close()
        qtbot.waitUntil(start.done, timeout=60_000)
        assert not start.result()
    owner.deleteLater()


def test_a_window_that_leaves_is_not_found_any_more(open_app: OpenApp, qapp: QApplication) -> None:
    window = open_app()
    server = single_instance.InstanceServer(window)
    window.leaving.connect(server.close)
    found: list[bool] = []
    window.closing.connect(lambda: found.append(single_instance.activate_running()))
    window.close()
    assert found == [False]
