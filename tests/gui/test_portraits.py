"""Portraits come and go: dropped, pasted, cropped, renamed, deleted, brought back."""

import base64
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until, save_picture
from helpers.values import not_none
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog
from pytestqt.qtbot import QtBot

from avatarify import paths, settings
from avatarify.settings import Settings
from avatarify.ui import pixels
from avatarify.ui.controller import Controller
from avatarify.ui.main_window import MainWindow
from avatarify.ui.portrait_files import FoundFace
from avatarify.ui.widgets.crop_dialog import CropDialog
from avatarify.ui.widgets.crop_view import CropView

pytestmark = pytest.mark.gui


def names_of(window: MainWindow) -> Any:
    model = window.gallery.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def drop(window: MainWindow, data: Any) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none))


def files(*names: object) -> Any:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(name)) for name in names])
    return data


def dialog_of(window: MainWindow, until: Until) -> Any:
    until(lambda: len(window.findChildren(CropDialog)) == 1)
    (dialog,) = window.findChildren(CropDialog)
    until(lambda: not dialog.message.text().startswith("Looking"))
    return dialog


def add(window: MainWindow, until: Until, name: Any = None) -> None:
    dialog = dialog_of(window, until)
    if name:
        dialog.name.setText(name)
    assert not dialog.add.isEnabled()
    dialog.consent.click()
    dialog.add.click()
    until(lambda: not window.findChildren(CropDialog))


def test_a_dropped_portrait_is_kept_listed_and_chosen(
    open_app: OpenApp, live: GoLive, portraits: Path, studio: Studio, tmp_path: Path, until: Until
) -> None:
    window = live(open_app())
    dropped = shutil.copyfile(portraits, tmp_path / "my_aunt.JPG")
    drop(window, files(dropped))
    add(window, until)
    until(lambda: len(window.state.portraits) == 4)
    until(lambda: studio.loaded == ["My aunt"])
    assert "My Aunt" in names_of(window)
    window.shut()
    assert settings.load().consents == ["My aunt"]
    assert settings.load().portrait == "My aunt"


def test_a_picture_without_a_face_cannot_be_added(open_app: OpenApp, tmp_path: Path, until: Until) -> None:
    window = open_app()
    drop(window, files(save_picture(tmp_path / "wall.png", width=200, height=200)))
    dialog = dialog_of(window, until)
    dialog.consent.click()
    assert dialog.message.text().startswith("No face found.")
    assert not dialog.add.isEnabled()
    dialog.reject()
    assert len(window.state.portraits) == 3


def test_a_file_that_is_not_an_image_is_reported(open_app: OpenApp, tmp_path: Path, until: Until) -> None:
    window = open_app()
    (tmp_path / "notes.txt").write_text("no picture")
    drop(window, files(tmp_path / "notes.txt"))
    until(lambda: window.notice.current is not None)
    assert window.notice.words.startswith("Cannot read notes.txt as an image.")


def test_an_image_dragged_from_a_browser_is_taken(open_app: OpenApp, portraits: Path, until: Until) -> None:
    window, data = open_app(), QMimeData()
    data.setImageData(QImage(str(portraits)))
    data.setUrls([QUrl("https://example.org/a.jpg")])
    drop(window, data)
    add(window, until, name="Found")
    until(lambda: "Found" in names_of(window))


@pytest.mark.parametrize("by", ["address", "page"])
def test_an_image_inside_an_address_or_a_piece_of_a_page_is_taken(
    open_app: OpenApp, portraits: Path, until: Until, by: str
) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(str(portraits)).save(buffer, "JPG")  # type: ignore[call-overload]
    words = base64.b64encode(bytes(buffer.data().data())).decode()
    window, data = open_app(), QMimeData()
    address = f"data:image/jpeg;base64,{words}"
    if by == "address":
        data.setUrls([QUrl(address)])
    else:
        data.setHtml(f'<meta charset="utf-8"><img alt="x" src="{address}">')
    drop(window, data)
    assert dialog_of(window, until).message.text() == "One face found."


def test_nothing_is_fetched_from_elsewhere(open_app: OpenApp, until: Until) -> None:
    window, data = open_app(), QMimeData()
    data.setUrls([QUrl("https://example.org/a.jpg")])
    drop(window, data)
    until(lambda: window.notice.current is not None)
    assert "not on this computer: https://example.org/a.jpg" in window.notice.words


def test_a_picture_is_pasted(open_app: OpenApp, portraits: Path, until: Until) -> None:
    window = open_app()
    QGuiApplication.clipboard().setImage(QImage(str(portraits)))
    window.actions_["paste"].trigger()
    add(window, until, name="Pasted")
    until(lambda: "Pasted" in names_of(window))
    QGuiApplication.clipboard().clear()
    window.actions_["paste"].trigger()
    until(lambda: window.notice.current is not None)
    assert window.notice.words.startswith("That does not contain an image.")


def test_of_several_faces_the_chosen_one_moves(
    open_app: OpenApp, portraits: Path, studio: Studio, tmp_path: Path, until: Until
) -> None:
    one = QImage(str(portraits)).scaledToHeight(600)
    both = QImage(2 * one.width(), 600, QImage.Format.Format_RGB32)
    painter = QPainter(both)
    painter.drawImage(0, 0, one)
    painter.drawImage(one.width(), 0, one)
    painter.end()
    both.save(str(tmp_path / "pair.png"))
    window = open_app()
    drop(window, files(tmp_path / "pair.png"))
    dialog = dialog_of(window, until)
    assert dialog.message.text() == "2 faces found. Click the one to use."
    right = max(range(2), key=lambda number: dialog.view.faces[number].x)
    dialog.view.face_chosen.emit(right)
    part = dialog.view.result()
    assert part.width() == part.height()
    (face,) = studio.find_faces(part)
    assert abs(face.x - part.width() / 2) < 0.15 * part.width()
    dialog.reject()


def test_search_leaves_what_has_the_words(open_app: OpenApp, qtbot: QtBot) -> None:
    window = open_app()
    qtbot.keyClicks(window.gallery.search, "li mona")
    assert names_of(window) == ["Mona Lisa"]
    window.gallery.search.setText("nobody")
    assert names_of(window) == []
    window.gallery.search.clear()
    assert len(names_of(window)) == 3


def test_letters_in_the_search_field_are_not_commands(
    open_app: OpenApp, live: GoLive, studio: Studio, qtbot: QtBot
) -> None:
    window = live(open_app())
    window.gallery.search.setFocus()
    qtbot.keyClicks(window.gallery.search, "wxt")
    assert window.gallery.search.text() == "wxt"
    assert studio.animator.calibrations == 0
    assert window.state.controls.zoom == 1.0


def test_a_portrait_is_renamed_with_its_preset(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    window.gallery.choose_number(2)
    assert not window.actions_["rename"].isEnabled()  # a bundled one
    window.gallery.choose_number(1)
    window.state.change(zoom=2.0)
    window.state.save_preset()
    window.actions_["rename"].trigger()
    (dialog,) = window.findChildren(QInputDialog)
    dialog.setTextValue("Ada/Lovelace")
    dialog.accept()
    until(lambda: not_none(window.state.portrait).name == "Ada_Lovelace")
    assert window.state.settings.presets["Ada_Lovelace"]["zoom"] == 2.0
    assert (paths.data() / "portraits" / "Ada_Lovelace.png").exists()


def test_a_deleted_portrait_is_brought_back(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    window.gallery.choose_number(2)
    assert not window.actions_["delete"].isEnabled()
    window.gallery.choose_number(1)
    window.actions_["delete"].trigger()
    until(lambda: len(window.state.portraits) == 2)
    assert window.notice.words == "Zoe deleted."
    window.notice.button.click()
    until(lambda: len(window.state.portraits) == 3)
    assert not_none(window.state.portrait).name == "zoe"
    window.actions_["delete"].trigger()
    until(lambda: len(window.state.portraits) == 2)
    window.shut()
    assert list((paths.data() / "deleted").iterdir()) == []


def test_nothing_of_a_deleted_portrait_is_left(
    portraits: Path, open_app: OpenApp, studio: Studio, until: Until
) -> None:
    added = studio.add_portrait(QImage(str(portraits)), "ann")
    settings = Settings(privacy_accepted=True, portrait=added.name, consents=[added.name], presets={"ann": {"zoom": 2}})
    cached = [paths.cache() / "portraits", paths.cache() / "thumbnails"]
    assert [len(list(folder.iterdir())) for folder in cached] == [1, 1]
    if os.name == "posix":
        own = [paths.data() / "portraits" / "ann.jpg", *paths.cache().rglob("*")]
        assert [path.name for path in own if path.stat().st_mode & 0o077] == []
    window = open_app(settings)
    window.actions_["delete"].trigger()
    until(lambda: "ann" not in [item.name for item in window.state.portraits])
    assert all("ann" not in str(values) for values in (window.state.settings.consents, window.state.settings.presets))
    window.shut()
    left = [file for folder in (*cached, paths.data() / "deleted") for file in folder.iterdir()]
    assert left == []


def test_a_restored_portrait_has_its_preset_and_consent(open_app: OpenApp, until: Until) -> None:
    window = open_app(Settings(privacy_accepted=True, portrait="zoe", consents=["zoe"], presets={"zoe": {"zoom": 2.0}}))
    window.actions_["delete"].trigger()
    until(lambda: len(window.state.portraits) == 2)
    window.notice.button.click()
    until(lambda: len(window.state.portraits) == 3)
    assert window.state.settings.consents == ["zoe"]
    assert window.state.settings.presets == {"zoe": {"zoom": 2.0}}


def test_what_a_killed_window_had_deleted_is_removed_at_the_next_start(open_app: OpenApp) -> None:
    (paths.data() / "deleted").mkdir()
    (paths.data() / "deleted" / "old.jpg").write_bytes(b"a face")
    open_app()
    assert list((paths.data() / "deleted").iterdir()) == []


def test_a_second_picture_of_the_same_name_does_not_replace_the_first(portraits: Path, studio: Studio) -> None:
    picture = QImage(str(portraits))
    assert studio.add_portrait(picture, "mona_lisa").name == "mona_lisa 2"
    assert studio.add_portrait(picture, "mona_lisa").name == "mona_lisa 3"
    assert len(studio.list_portraits()) == 5


@pytest.fixture
def view(qtbot: QtBot) -> CropView:
    across, down = np.meshgrid(np.arange(400) // 2, np.arange(200))
    image = pixels.image(np.stack([across, down, np.full_like(down, 90)], axis=2).astype(np.uint8))
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    crop = CropView(image)
    crop.resize(500, 400)
    qtbot.addWidget(crop)
    return crop


def test_the_full_picture_is_returned_unchanged(view: CropView) -> None:
    assert np.array_equal(pixels.array(view.result()), pixels.array(view.picture))


def test_a_square_in_the_middle_is_cut(view: CropView) -> None:
    view.set_shape(1.0)
    view.set_zoom(2.0)
    expected = pixels.array(view.picture)[50:150, 150:250]
    np.testing.assert_allclose(pixels.array(view.result()).astype(int), expected, atol=2)


def test_a_quarter_turn_puts_the_left_edge_on_top(view: CropView) -> None:
    view.set_shape(1.0)
    view.set_angle(90.0)
    part = pixels.array(view.result()).astype(int)
    expected = np.rot90(pixels.array(view.picture)[:, 100:300], -1)
    np.testing.assert_allclose(part, expected, atol=3)


def test_the_frame_does_not_leave_the_picture(view: CropView, qtbot: QtBot) -> None:
    view.set_shape(1.0)
    view.set_zoom(2.0)
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    np.testing.assert_allclose(
        pixels.array(view.result()).astype(int), pixels.array(view.picture)[50:150, :100], atol=2
    )
    view.set_zoom(99.0)
    assert view.zoom == 8.0


def test_a_chosen_face_fills_the_frame(view: CropView) -> None:
    view.set_faces([FoundFace(100, 80, 30, 0.0), FoundFace(300, 100, 20, 0.0)])
    view.set_shape(1.0)
    view.show_face(1)
    assert view.chosen == 1
    assert view.result().width() == pytest.approx(20 * 4.6, abs=1)


def test_transparency_is_kept(qtbot: QtBot) -> None:
    image = QImage(60, 60, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    crop = CropView(image)
    qtbot.addWidget(crop)
    assert crop.result().hasAlphaChannel()
    assert crop.result().pixelColor(5, 5).alpha() == 0


def test_the_dialog_can_be_left_while_faces_are_looked_for(open_app: OpenApp, portraits: Path, until: Until) -> None:
    window = open_app()
    drop(window, files(portraits))
    until(lambda: len(window.findChildren(CropDialog)) == 1)
    window.findChildren(CropDialog)[0].done(QDialog.DialogCode.Rejected)
    until(lambda: not window.findChildren(CropDialog))
    asked: list[Any] = []
    not_none(window.findChild(Controller)).worker.submit(lambda: None, asked.append, asked.append)
    until(lambda: bool(asked))  # what was found came before, and found nobody
