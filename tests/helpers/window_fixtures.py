"""Fixtures of the real window on the real session, with cameras, animation and sinks from ``helpers.fakes``."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from helpers.leftovers import Leftovers
from helpers.studio import GoLive, OpenApp, Studio, Until, save_picture
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avatarify import paths
from avatarify.live.state import SessionState
from avatarify.settings import Settings
from avatarify.ui.application import open_window
from avatarify.ui.main_window import MainWindow
from avatarify.ui.services import Services


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests that run the bundled model in the window: making its ONNX files takes long."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a timer running or a window open."""
    before = Leftovers.now()
    yield
    left = Leftovers.after(before)
    if left:
        pytest.fail(f"{request.node.name} left {', '.join(left)}")


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until something is true, patiently: other programs may keep the machine busy."""
    return partial(qtbot.waitUntil, timeout=120_000)


@pytest.fixture
def portraits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put two bundled portraits and one of the user's own in their folders; return a bundled one with a real face."""
    bundled = paths.assets()
    monkeypatch.setenv("AVATARIFY_ASSETS", str(tmp_path / "assets"))
    for folder, name, color in (
        (tmp_path / "assets", "ada_lovelace", "#803030"),
        (tmp_path / "assets", "mona_lisa", "#308030"),
        (paths.data(), "zoe", "#303080"),
    ):
        save_picture(folder / "portraits" / f"{name}.png", color)
    (tmp_path / "assets" / "fonts").symlink_to(bundled / "fonts", target_is_directory=True)
    (tmp_path / "assets" / "models").symlink_to(bundled / "models", target_is_directory=True)
    return sorted((bundled / "portraits").glob("*.jpg"))[0]


@pytest.fixture
def studio(portraits: Path) -> Studio:
    return Studio()


@pytest.fixture
def open_app(qapp: QApplication, until: Until, studio: Studio) -> Iterator[OpenApp]:
    """Return a function that opens the window and waits until its lists are filled; it is closed at the end."""
    windows = []

    def opened(settings: Settings | None = None, services: Services = studio) -> MainWindow:
        window = open_window(
            qapp, settings or Settings(privacy_accepted=True, letter_keys=True, keys_shown=True), services
        )
        windows.append(window)
        until(lambda: len(window.state.sinks) > 1 and window.preview.has_still and len(window.state.cameras) > 1)
        return window

    yield opened
    for window in windows:
        window.shut()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def live(until: Until) -> GoLive:
    """Return a function that presses Start and waits for the first picture."""

    def started(window: MainWindow) -> MainWindow:
        window.transport.start.click()
        until(lambda: window.preview.shows_live and window.state.session is SessionState.RUNNING)
        return window

    return started


@pytest.fixture
def screen() -> Iterator[str]:
    """An X server of our own; the number of its display is chosen by it."""
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)
