"""Nothing is cut off or out of reach: on small screens, in long languages, on every page."""

from collections.abc import Iterator

import pytest
from helpers.geometry import cut_off, out_of_reach, short_popups
from helpers.pages import pages_of
from helpers.studio import OpenApp, Until
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from avatarify.settings import Settings
from avatarify.ui.choices import Notice, Severity
from avatarify.ui.main_window import MainWindow
from avatarify.ui.screen_fit import FRAME
from avatarify.ui.text import language

pytestmark = pytest.mark.gui

SIZES = [QSize(1024, 600), QSize(1280, 720), QSize(1366, 768), QSize(1600, 900), QSize(1920, 1080)]


@pytest.fixture
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """Let the application speak the language of the parameter for a test."""
    translators = language.install(qapp, request.param)
    yield request.param
    for translator in translators:
        qapp.removeTranslator(translator)


def screen_of(size: QSize) -> QScreen:
    return next(screen for screen in QGuiApplication.screens() if screen.size() == size)


def place(window: MainWindow, size: QSize) -> None:
    """Move the window to a screen, as large as that allows."""
    screen = screen_of(size)
    window.move(screen.availableGeometry().topLeft())
    window.resize(size - FRAME)
    QApplication.processEvents()
    QApplication.processEvents()


def faults(name: str, page: QWidget, size: QSize) -> dict[str, list[str]]:
    room = size - FRAME
    too_large = [] if page.width() <= room.width() and page.height() <= room.height() else [f"{page.size()}"]
    found = {"too large": too_large, "cut off": cut_off(page), "out of reach": out_of_reach(page)}
    return {f"{size.width()} {name}: {kind}": names for kind, names in found.items() if names}


@pytest.mark.parametrize("spoken", language.LANGUAGES, indirect=True)
def test_everything_can_be_reached_on_every_screen(open_app: OpenApp, until: Until, spoken: str) -> None:
    window = open_app()
    window.state.change(background="#3a6ea5")
    found: dict[str, list[str]] = {}
    for size in SIZES:
        place(window, size)
        window.notice.show_notice(Notice("Message " * 9, "Hint " * 9, Severity.WARNING, "virtual_camera"))
        QApplication.processEvents()
        for tab in range(window.tabs.count()):
            window.tabs.setCurrentIndex(tab)
            QApplication.processEvents()
            found |= faults(f"tab {tab}", window, size)
    assert found == {}


@pytest.mark.parametrize("spoken", language.LANGUAGES, indirect=True)
def test_every_page_fits_the_smallest_screen_and_no_list_is_short(open_app: OpenApp, until: Until, spoken: str) -> None:
    window = open_app()
    place(window, SIZES[0])
    found: dict[str, list[str]] = {}
    for name, page in pages_of(window, until):
        found |= faults(name, page, SIZES[0])
        found |= {f"{name}: short lists": short} if (short := short_popups(page)) else {}
    assert found == {}


@pytest.mark.parametrize("spoken", language.LANGUAGES, indirect=True)
def test_the_first_steps_fit_the_smallest_screen(open_app: OpenApp, until: Until, spoken: str) -> None:
    window = open_app(Settings())
    place(window, SIZES[0])
    found: dict[str, list[str]] = {}
    for number, name in enumerate(("agree", "onward", "pick", "go_on", "")):
        QApplication.processEvents()
        QApplication.processEvents()
        found |= faults(f"step {number}", window, SIZES[0])
        if name:
            getattr(window.welcome, name).click()
    assert found == {}


@pytest.mark.parametrize("size", SIZES)
def test_the_window_opens_inside_the_screen(open_app: OpenApp, size: QSize) -> None:
    window = open_app()
    place(window, size)
    window.close()
    again = open_app(window.state.settings)
    assert again.width() <= size.width()
    assert again.height() <= size.height()
