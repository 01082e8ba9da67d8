"""What is chosen, without a window."""

import pytest
from PySide6.QtGui import QImage

from avatarify.errors import InputError
from avatarify.settings import Settings
from avatarify.ui.state import AppState, PortraitItem

pytestmark = pytest.mark.gui


def make_items(folder, *names, side=1):
    thumbnail = QImage(side, side, QImage.Format.Format_RGB32)
    return [PortraitItem(name, name, folder / f"{name}.jpg", thumbnail) for name in names]


def test_a_new_thumbnail_is_no_new_portrait(tmp_path, qapp):
    state, told = AppState(Settings(portrait="b")), []
    state.portrait_changed.connect(lambda: told.append(state.portrait.name))
    state.set_portraits(make_items(tmp_path, "a", "b"))
    state.set_portraits(make_items(tmp_path, "a", "b", side=2))
    assert told == ["b"]
    state.set_portraits(make_items(tmp_path, "a"))
    assert told == ["b", "a"]


def test_a_portrait_that_is_gone_is_remembered(tmp_path, qapp):
    state = AppState(Settings(portrait="b"))
    state.set_portraits(make_items(tmp_path, "a"))
    assert state.portrait.name == "a"
    state.set_portraits(make_items(tmp_path, "a", "b"))
    assert state.portrait.name == "b"


def test_a_folder_for_recordings_that_cannot_be_made_is_told(tmp_path, qapp):
    (tmp_path / "file").touch()
    state = AppState(Settings(sink="record", recordings=str(tmp_path / "file" / "below")))
    state.set_virtual_cameras([], "")
    with pytest.raises(InputError, match="below cannot be made"):
        state.new_recording(None)
