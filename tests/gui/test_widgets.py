"""The look, the reach by keyboard, and the way of pictures from a session to the window."""

import shutil
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from helpers.fakes import NumberedSource
from helpers.studio import GoLive, OpenApp, Studio, Until, save_picture
from helpers.values import not_none
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListView, QSlider, QWidget
from pytestqt.qtbot import QtBot

from avatarify import paths
from avatarify.live.state import SessionState
from avatarify.settings import Settings
from avatarify.ui import thumbnails
from avatarify.ui.bridge import SessionBridge
from avatarify.ui.choices import Notice, Severity
from avatarify.ui.main_window import MainWindow
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.widgets.preview import Preview

pytestmark = pytest.mark.gui

NO_FOCUS = Qt.FocusPolicy.NoFocus


def controls_of(window: MainWindow) -> list[QWidget]:
    return [
        w
        for kind in (QAbstractButton, QComboBox, QListView, QSlider, QLineEdit)
        for w in not_none(window.centralWidget()).findChildren(kind)
    ]


@pytest.mark.parametrize("tab", [0, 1])
def test_every_control_has_a_name_and_is_reached_by_tab(
    open_app: OpenApp, live: GoLive, qtbot: QtBot, tab: int
) -> None:
    window = live(open_app())
    window.tabs.setCurrentIndex(tab)
    window.notice.show_notice(Notice("Something happened.", command="undo"))
    wanted = {w for w in controls_of(window) if w.isVisible() and w.isEnabled() and w.focusPolicy() != NO_FOCUS}
    nameless = [w for w in wanted if not (w.accessibleName() or (isinstance(w, QAbstractButton) and len(w.text()) > 1))]
    assert nameless == []
    reached = set()
    for _ in range(2 * len(wanted)):
        reached.add(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert wanted - reached == set()


def test_pictures_come_at_most_thirty_times_a_second_and_the_newest_last(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    studio.sources = [NumberedSource(count=150, fps=100)]
    window = open_app()
    shown, times = [], []
    not_none(window.findChild(SessionBridge)).picture.connect(lambda image: shown.append(int(image[0, 0, 0])))
    not_none(window.findChild(SessionBridge)).picture.connect(lambda image: times.append(time.perf_counter()))
    live(window)
    until(lambda: window.state.session.final)
    assert 2 < len(shown) <= 31 * (times[-1] - times[0]) + 2
    assert shown == sorted(shown)
    assert np.diff(shown).max() > 1


def test_a_notice_says_how_much_it_matters_and_can_be_closed(open_app: OpenApp, qtbot: QtBot) -> None:
    strip = open_app().notice
    strip.show_notice(Notice("The camera is gone.", "Plug it in.", Severity.WARNING))
    assert strip.isVisible()
    assert strip.accessibleName() == "warning: The camera is gone."
    assert not strip.button.isVisible()
    (close,) = [button for button in strip.findChildren(QAbstractButton) if button is not strip.button]
    close.click()
    assert not strip.isVisible()
    assert strip.words == ""


def test_a_plain_thumbnail_is_square(tmp_path: Path) -> None:
    file = save_picture(tmp_path / "tall.png", "#c02020", width=100, height=400)
    image = thumbnails.thumbnail(file)
    assert (image.width(), image.height()) == (thumbnails.SIDE, thumbnails.SIDE)
    assert image.pixelColor(25, 25).red() > 150


def test_a_file_that_is_not_an_image_has_no_thumbnail(tmp_path: Path) -> None:
    file = tmp_path / "text.png"
    file.write_text("no picture")
    assert thumbnails.thumbnail(file).isNull()


def test_thumbnails_of_faces_are_found_once_and_shown_until_the_picture_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = paths.assets()
    monkeypatch.setenv("AVATARIFY_ASSETS", str(tmp_path))
    (tmp_path / "models").symlink_to(bundled / "models", target_is_directory=True)
    file = tmp_path / "portraits" / "somebody.jpg"
    file.parent.mkdir()
    shutil.copyfile(min((bundled / "portraits").glob("*.jpg")), file)
    plain = thumbnails.thumbnail(file)
    services = Services()
    assert services.find_thumbnails()
    found = services.list_portraits()[0].thumbnail
    assert (found.width(), found.height()) == (thumbnails.SIDE, thumbnails.SIDE)
    assert found != plain
    assert not services.find_thumbnails()
    save_picture(file, "#c02020", width=100, height=100)
    assert thumbnails.thumbnail(file).pixelColor(90, 90).red() > 150


def test_the_button_of_a_notice_does_what_helps(open_app: OpenApp, qtbot: QtBot) -> None:
    strip = open_app().notice
    strip.show_notice(Notice("There is no virtual camera.", command="virtual_camera", argument="x"))
    assert strip.button.text() == "Set up…"
    with qtbot.waitSignal(strip.action_requested) as helped:
        strip.button.click()
    assert helped.args == ["virtual_camera", "x"]
    assert not strip.isVisible()


def test_qt_keeps_count_of_what_python_shares(qapp: QApplication) -> None:
    """A binding that does not ends the process after minutes of painting (PySide6 6.12 with Python 3.11)."""
    label, emitter = QLabel(), Emitter()
    emitter.message.connect(lambda words: None)
    before = [sys.getrefcount(shared) for shared in (None, True)]
    for _ in range(1000):
        label.update()
        emitter.message.emit("x")
    after = [sys.getrefcount(shared) for shared in (None, True)]
    assert all(abs(now - then) < 500 for now, then in zip(after, before, strict=True))


class Emitter(QObject):
    message = Signal(str)


def test_statistics_are_written_into_a_running_picture(qapp: QApplication) -> None:
    state = AppState(Settings(figures=True))
    preview = Preview(state)
    preview.resize(800, 450)
    state.set_session(SessionState.RUNNING)
    preview.set_picture(np.full((450, 800, 3), 128, np.uint8))
    before = preview.grab().toImage()
    preview.set_lines(["Frame rate: 25 fps"])
    after = preview.grab().toImage()
    changed = [x for x in range(800) if any(before.pixel(x, y) != after.pixel(x, y) for y in range(60))]
    assert max(changed) - min(changed) > 60, "no text, only an empty box"
    preview.deleteLater()
