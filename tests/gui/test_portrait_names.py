"""Names of files become names of portraits; several dropped files are asked about one after the other."""

from functools import partial
from pathlib import Path

import pytest
from helpers.studio import OpenApp, Until, save_picture
from helpers.values import not_none
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from avatarify.ui.controller import Controller
from avatarify.ui.main_window import MainWindow
from avatarify.ui.portrait_name import plain_name
from avatarify.ui.widgets.crop_dialog import CropDialog
from avatarify.ui.widgets.drop import DroppedData

pytestmark = pytest.mark.gui


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Frida_Kahlo_(1907-1954)", "Frida Kahlo"),
        ("IMG_20240305_141523", ""),
        ("grandma-at-the-sea (2)", "Grandma at the sea"),
        ("PXL_20230704_123456789", ""),
        ("Mona%20Lisa%2C%20by%20Leonardo", "Mona Lisa, by Leonardo"),
        ("girl_with_a_pearl_earring_1280x1500px", "Girl with a pearl earring"),
        ("Screenshot 2024-03-05 at 14.15.23", ""),
        ("me copy", "Me"),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", ""),
        ("Jean-Luc", "Jean Luc"),
        ("小明", "小明"),
        ("Anna 2", "Anna 2"),
    ],
)
def test_a_name_keeps_its_words_and_loses_what_programs_add(stem: str, name: str) -> None:
    assert plain_name(stem) == name


def test_the_users_own_portraits_come_first(open_app: OpenApp) -> None:
    window = open_app()
    assert [item.own for item in window.state.portraits] == [True, False, False]


def test_favorites_come_first_and_stay_it(open_app: OpenApp) -> None:
    window = open_app()
    window.state.choose_portrait("mona_lisa")
    window.actions_["favorite"].trigger()
    assert [item.name for item in window.state.portraits] == ["mona_lisa", "zoe", "ada_lovelace"]
    assert not_none(window.state.portrait).name == "mona_lisa"
    assert window.state.settings.favorites == ["mona_lisa"]
    window.shut()
    again = open_app(window.state.settings)
    assert again.state.portraits[0].name == "mona_lisa"
    again.state.choose_portrait("mona_lisa")
    assert again.actions_["favorite"].isChecked()
    again.actions_["favorite"].trigger()
    assert [item.name for item in again.state.portraits] == ["zoe", "ada_lovelace", "mona_lisa"]


def drop(window: MainWindow, row: int, onto: int, until: Until) -> None:
    """Drop a portrait of the gallery on another, as a drag with the mouse does."""
    grid = window.gallery.view
    before = list(window.state.settings.order)
    at = QPointF(grid.visualRect(grid.model().index(onto, 0)).center())
    data, buttons, keys = grid.dragged(row), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys),
        QDropEvent(at, Qt.DropAction.CopyAction, data, buttons, keys),
    ):
        QApplication.sendEvent(grid.viewport(), event)
        assert event.isAccepted()
    until(lambda: window.state.settings.order != before)


def test_portraits_are_dragged_into_an_order_that_is_kept(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    drop(window, 2, 0, until)
    assert [item.name for item in window.state.portraits] == ["mona_lisa", "zoe", "ada_lovelace"]
    assert not_none(window.state.portrait).name == "zoe"
    window.gallery.search.setText("a")
    drop(window, 0, 1, until)
    assert [item.name for item in window.state.portraits] == ["zoe", "ada_lovelace", "mona_lisa"]
    window.shut()
    again = open_app(window.state.settings)
    assert [item.name for item in again.state.portraits] == ["zoe", "ada_lovelace", "mona_lisa"]


def test_keys_move_a_portrait_but_not_before_the_favorites(open_app: OpenApp) -> None:
    window = open_app()
    window.state.choose_portrait("mona_lisa")
    window.actions_["favorite"].trigger()
    window.state.choose_portrait("zoe")
    window.actions_["later"].trigger()
    window.actions_["later"].trigger()
    assert [item.name for item in window.state.portraits] == ["mona_lisa", "ada_lovelace", "zoe"]
    for _ in range(3):
        window.actions_["earlier"].trigger()
    assert [item.name for item in window.state.portraits] == ["mona_lisa", "zoe", "ada_lovelace"]


def test_files_dropped_on_the_gallery_are_the_windows(open_app: OpenApp, tmp_path: Path) -> None:
    window = open_app()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    at, keys = window.gallery.view.viewport().rect().center(), Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, keys)
    window.gallery.view.dragEnterEvent(event)
    assert not event.isAccepted()


def is_gone(window: MainWindow, dialog: CropDialog) -> bool:
    return dialog not in window.findChildren(CropDialog)


def test_two_dropped_files_are_asked_about_one_after_the_other(open_app: OpenApp, tmp_path: Path, until: Until) -> None:
    window = open_app()
    files = [save_picture(tmp_path / name) for name in ("anna_maria.png", "IMG_1234.png")]
    not_none(window.findChild(Controller)).portraits.take(DroppedData(files))
    names = []
    for _ in files:
        until(lambda: len(window.findChildren(CropDialog)) == 1)
        (dialog,) = window.findChildren(CropDialog)
        QApplication.processEvents()
        assert len(window.findChildren(CropDialog)) == 1
        names.append(dialog.name.text())
        dialog.reject()
        until(partial(is_gone, window, dialog))
    assert sorted(names) == ["Anna maria", "New portrait"]
