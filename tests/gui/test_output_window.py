"""The picture alone: full screen, and in a window that other programs can capture."""

import numpy as np
import pytest
from helpers.studio import GoLive, OpenApp, Until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avatarify.live.state import SessionState
from avatarify.ui.main_window import MainWindow
from avatarify.ui.output_window import OutputWindow

pytestmark = pytest.mark.gui


def outputs(window: MainWindow) -> list[OutputWindow]:
    QApplication.processEvents()
    return [output for output in window.findChildren(OutputWindow) if output.isVisible()]


def test_full_screen_shows_the_picture_and_leaves_the_window_as_it_was(open_app: OpenApp, qtbot: QtBot) -> None:
    window = open_app()
    window.showMaximized()
    window.actions_["full_screen"].trigger()
    (output,) = outputs(window)
    assert output.isFullScreen()
    assert output.children() == []  # no control at all
    assert window.isMaximized()
    qtbot.keyClick(output, Qt.Key.Key_Escape)
    assert outputs(window) == []
    assert not window.actions_["full_screen"].isChecked()
    assert window.isMaximized()


def test_the_same_key_leaves_full_screen(open_app: OpenApp) -> None:
    window = open_app()
    window.actions_["full_screen"].trigger()
    (output,) = outputs(window)
    assert window.actions_["full_screen"] in output.actions()
    window.actions_["full_screen"].trigger()
    assert outputs(window) == []


def test_the_projector_shows_what_others_see_without_a_frame(open_app: OpenApp, live: GoLive, until: Until) -> None:
    window = live(open_app())
    window.state.set_view(mirror_preview=True)
    window.actions_["projector"].trigger()
    (output,) = outputs(window)
    assert output.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert output.windowTitle() == "Avatarify output"
    picture = np.zeros((48, 64, 3), np.uint8)
    picture[:, :32] = 255
    window.outputs.set_picture(picture)
    image = output.grab().toImage()
    assert image.pixelColor(image.width() // 4, image.height() // 2).lightness() > 200  # not mirrored
    window.transport.start.click()
    until(lambda: window.state.session is SessionState.STOPPED)
    assert outputs(window) == [output]
    window.actions_["projector"].trigger()
    assert outputs(window) == []


def test_the_preview_is_mirrored_as_in_meeting_apps_the_output_is_not(open_app: OpenApp, live: GoLive) -> None:
    window = live(open_app())
    assert window.state.settings.mirror_preview
    assert not window.state.controls.mirror
