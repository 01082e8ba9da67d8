"""What is chosen, without a window."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from helpers.leftovers import Leftovers
from helpers.values import not_none
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from avatarify.animate.options import Controls
from avatarify.errors import InputError
from avatarify.settings import Settings
from avatarify.ui.choices import PortraitItem
from avatarify.ui.recordings import new_file
from avatarify.ui.state import AppState

pytestmark = pytest.mark.gui


def make_items(folder: Any, *names: str, side: int = 1) -> Any:
    thumbnail = QImage(side, side, QImage.Format.Format_RGB32)
    return [PortraitItem(name, name, folder / f"{name}.jpg", thumbnail) for name in names]


def test_a_new_thumbnail_is_not_a_new_portrait(tmp_path: Path, qapp: QApplication) -> None:
    state, chosen = AppState(Settings(portrait="b")), []
    state.portrait_changed.connect(lambda: chosen.append(not_none(state.portrait).name))
    state.set_portraits(make_items(tmp_path, "a", "b"))
    state.set_portraits(make_items(tmp_path, "a", "b", side=2))
    assert chosen == ["b"]
    state.set_portraits(make_items(tmp_path, "a"))
    assert chosen == ["b", "a"]


def test_a_missing_portrait_is_remembered(tmp_path: Path, qapp: QApplication) -> None:
    state = AppState(Settings(portrait="b"))
    state.set_portraits(make_items(tmp_path, "a"))
    assert not_none(state.portrait).name == "a"
    state.set_portraits(make_items(tmp_path, "a", "b"))
    assert not_none(state.portrait).name == "b"


def test_a_folder_for_recordings_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"Cannot create the folder .*below"):
        new_file(tmp_path / "file" / "below", datetime(2026, 1, 2), ".mp4")


def test_a_preset_comes_back_with_its_portrait(tmp_path: Path, qapp: QApplication) -> None:
    state = AppState(Settings(portrait="a"))
    state.set_portraits(make_items(tmp_path, "a", "b"))
    state.change(zoom=2.0, strength=0.5)
    state.save_preset()
    state.choose_portrait("b")
    state.change(zoom=1.0)
    state.choose_portrait("a")
    assert (state.controls.zoom, state.controls.strength) == (2.0, 0.5)
    state.delete_preset()
    assert state.controls == Controls()
    assert state.settings.presets == {}


def test_invalid_saved_controls_are_the_defaults(qapp: QApplication) -> None:
    assert AppState(Settings(controls={"zoom": "far", "mirror": True})).controls == Controls(mirror=True)


def test_stepping_through_portraits_wraps_around(tmp_path: Path, qapp: QApplication) -> None:
    state = AppState(Settings(portrait="a"))
    state.set_portraits(make_items(tmp_path, "a", "b", "c"))
    state.step_portrait(-1)
    assert not_none(state.portrait).name == "c"
    state.step_portrait(1)
    assert not_none(state.portrait).name == "a"


def test_a_timer_and_a_window_that_stay_are_found(qapp: QApplication) -> None:
    before = Leftovers.now()
    timer, widget = QTimer(interval=60_000), QWidget(windowTitle="Stays")
    timer.start()
    assert sorted(Leftovers.after(before, grace_s=0.1)) == ["QWidget 'Stays'", "a running QTimer of nobody"]
    timer.stop()
    widget.deleteLater()
    assert Leftovers.after(before) == []
