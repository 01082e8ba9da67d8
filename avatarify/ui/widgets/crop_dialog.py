"""Dialog that adds a portrait: crop, face, name, and consent."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from avatarify.ui.portrait_files import FoundFace
from avatarify.ui.screen_fit import fit
from avatarify.ui.widgets.controls import Chooser, Slider
from avatarify.ui.widgets.crop_view import MOST_ZOOM, CropView
from avatarify.ui.widgets.factories import heading, primary, with_tooltip
from avatarify.ui.widgets.switches import Tick

FindFaces = Callable[[QImage, Callable[[list[FoundFace]], None]], None]
_SMALL = 0.12  # fraction of the image height; zoom in on smaller faces at once
_FEW_PIXELS = 90  # height of a face in pixels; below it the portrait looks blurry


class CropDialog(QDialog):
    """Crops and names a new portrait; it can be accepted only with consent.

    Args:
        picture: Image in its EXIF orientation.
        name: Initial name.
        find_faces: Finds faces in the background and passes them to a callback.

    Signals:
        cropped: The accepted crop (QImage) and name.
    """

    cropped = Signal(QImage, str)

    def __init__(self, picture: QImage, name: str, find_faces: FindFaces, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add portrait"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = CropView(picture)
        self.name = QLineEdit(name)
        self.message = QLabel(self.tr("Looking for faces…"), wordWrap=True)
        self.message.setMinimumHeight(2 * self.message.fontMetrics().height() + 4)
        self.shape = Chooser(self.tr("Aspect ratio"))
        self.zoom, self.turn = _slider(100, round(MOST_ZOOM * 100)), _slider(-450, 450)
        self.consent = Tick(
            self.tr("I have the right to use this face: it is mine, a work of art, or used with consent.")
        )
        self._lay_out()
        self._connect()
        fit(self, QSize(900, 600))
        self._refresh()
        find_faces(picture, self.set_faces)

    def set_faces(self, faces: list[FoundFace]) -> None:
        """Show the faces; zoom in at once if there are several or a small one."""
        self.view.set_faces(faces)
        if not faces:
            self.message.setText(self.tr("No face found. Use an image that shows a face from the front."))
        elif len(faces) > 1:
            self.message.setText(self.tr("{} faces found. Click the one to use.").format(len(faces)))
            self._take(0)
        else:
            self._describe_face(faces[0])
            if faces[0].height < _SMALL * self.view.picture.height():
                self._take(0)
        self._refresh()

    def _describe_face(self, face: FoundFace) -> None:
        if face.height < _FEW_PIXELS:
            self.message.setText(self.tr("The face is small; the portrait will look blurry."))
        else:
            self.message.setText(self.tr("One face found."))

    def _lay_out(self) -> None:
        for value, label in (
            (None, self.tr("Original")),
            (1.0, self.tr("Square")),
            (16 / 9, "16 : 9"),
            (4 / 3, "4 : 3"),
            (3 / 4, "3 : 4"),
        ):
            self.shape.addItem(label, value)
        form = QGridLayout()
        form.setVerticalSpacing(10)
        rows = (
            (self.tr("&Name"), self.name),
            (self.tr("&Aspect ratio"), self.shape),
            (self.tr("&Zoom"), self.zoom),
            (self.tr("&Rotation"), self.turn),
        )
        for row, (text, widget) in enumerate(rows):
            form.addWidget(heading(text, widget), row, 0)
            form.addWidget(widget, row, 1)
            widget.setAccessibleName(text.replace("&", ""))
        side = QVBoxLayout()
        side.addWidget(self.message)
        side.addLayout(form)
        side.addLayout(self._buttons())
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.view, 3)
        middle.addLayout(side, 2)
        column = QVBoxLayout(self)
        column.addLayout(middle, 1)
        column.addWidget(self.consent)
        column.addWidget(self._box())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.quarter = with_tooltip(
            QPushButton(self.tr("Rotate 90°")),
            self.tr("Rotate the image 90° clockwise"),
            lambda: self.view.set_angle(self.view.angle + 90),
        )
        self.whole = with_tooltip(QPushButton(self.tr("Whole image")), self.tr("Show the whole image"), self._show_all)
        row.addWidget(self.quarter)
        row.addWidget(self.whole)
        return row

    def _box(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.add = box.addButton(self.tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        primary(self.add)
        box.accepted.connect(self._accept)
        box.rejected.connect(self.reject)
        return box

    def _connect(self) -> None:
        self.zoom.valueChanged.connect(lambda value: self.view.set_zoom(value / 100))
        self.turn.valueChanged.connect(lambda value: self.view.set_angle(value / 10))
        self.shape.activated.connect(lambda index: self.view.set_shape(self.shape.itemData(index)))
        self.view.changed.connect(self._follow)
        self.view.face_chosen.connect(self._take)
        self.consent.toggled.connect(self._refresh)
        self.name.textChanged.connect(self._refresh)

    def _take(self, number: int) -> None:
        """Frame a face in a square."""
        self.shape.setCurrentIndex(1)
        self.view.set_shape(1.0)
        self.view.show_face(number)

    def _show_all(self) -> None:
        self.shape.setCurrentIndex(0)
        self.view.show_all()

    def _follow(self) -> None:
        """Update the sliders after mouse actions."""
        for slider, value in ((self.zoom, self.view.zoom * 100), (self.turn, self.view.angle * 10)):
            slider.blockSignals(True)
            slider.setValue(round(value))
            slider.blockSignals(False)

    def _refresh(self) -> None:
        self.add.setEnabled(self.consent.isChecked() and bool(self.name.text().strip()) and bool(self.view.faces))

    def _accept(self) -> None:
        self.cropped.emit(self.view.result(), self.name.text().strip())
        self.accept()


def _slider(low: int, high: int) -> Slider:
    slider = Slider()
    slider.setRange(low, high)
    return slider
