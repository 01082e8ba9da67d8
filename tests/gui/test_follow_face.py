"""The user clicks the face that drives the portrait, in the view of the camera."""

import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from avatarify.face.chosen import FaceChoice

pytestmark = pytest.mark.gui


def test_a_click_chooses_a_face(open_app: OpenApp, live: GoLive, studio: Studio, until: Until, qtbot: QtBot) -> None:
    window = live(open_app())
    window.state.set_view(side_by_side=True)
    view = window.preview.camera
    until(lambda: view.has_frame and view.isVisible())
    scale = min(view.width() / 64, view.height() / 48)  # of the pictures that the tests' camera makes
    left, top = (view.width() - 64 * scale) / 2, (view.height() - 48 * scale) / 2
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(left + 14 * scale), round(top + 12 * scale)))
    until(lambda: bool(studio.faces.choices))
    (choice,) = studio.faces.choices
    assert choice.rule == "at"
    assert abs(choice.x - 50) <= 1  # the view is mirrored
    assert abs(choice.y - 12) <= 1
    outside = QPoint(2, round(top / 2)) if top > 4 else QPoint(round(left / 2), 2)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=outside)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, view.height() // 2))
    until(lambda: studio.faces.choices == [choice, FaceChoice("at", 32.0, 24.0)])
