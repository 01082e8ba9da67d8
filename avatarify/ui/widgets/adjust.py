"""Adjustments: motion, picture, preview, and output."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from avatarify.animate.options import PAN, STRENGTH, ZOOM
from avatarify.choices import BACKGROUND_STYLES, CORNERS, MOTIONS, BackgroundStyle, Corner, Motion
from avatarify.ui.choices import RATES, SIZES
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import percent
from avatarify.ui.text.words import QT_TRANSLATE_NOOP
from avatarify.ui.widgets.controls import Chooser
from avatarify.ui.widgets.factories import quiet, with_tooltip
from avatarify.ui.widgets.form import Binding, Form

_COLOR = "#3a6ea5"
_MOTIONS: dict[Motion, str] = {
    "relative": QT_TRANSLATE_NOOP("Adjust", "Relative"),
    "absolute": QT_TRANSLATE_NOOP("Adjust", "Absolute"),
}
_BACKGROUNDS: dict[BackgroundStyle, str] = {
    "own": QT_TRANSLATE_NOOP("Adjust", "Original"),
    "blurred": QT_TRANSLATE_NOOP("Adjust", "Blurred"),
}
_CORNERS: dict[Corner, str] = {
    "top-left": QT_TRANSLATE_NOOP("Adjust", "Top left"),
    "top-right": QT_TRANSLATE_NOOP("Adjust", "Top right"),
    "bottom-left": QT_TRANSLATE_NOOP("Adjust", "Bottom left"),
    "bottom-right": QT_TRANSLATE_NOOP("Adjust", "Bottom right"),
}


class Adjust(QScrollArea):
    """A column of controls, each bound to one value of the state.

    Signals:
        folder_requested: Choose the folder for recordings.
    """

    folder_requested = Signal()

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(2, 4, 8, 4)
        self._column.setSpacing(7)
        self._form = Form(self._column)
        self.controls = self._form.controls
        self._add_motion()
        self._add_picture()
        self._add_window()
        self._add_output()
        self._add_preset()
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for signal in (state.controls_changed, state.view_changed, state.portrait_changed, state.chosen):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the values as they are now."""
        self._form.refresh()

    def _add_motion(self) -> None:
        form, to = self._form, Binding(lambda: self._state.controls, self._state.change)
        form.title(self.tr("Motion"))
        form.slider(to, "strength", self.tr("Strength"), STRENGTH, percent)
        pairs = [(motion, self.tr(_MOTIONS[motion])) for motion in MOTIONS]
        form.chooser(to, "motion", self.tr("Transfer"), pairs)
        form.switch(
            to, "adapt_scale", self.tr("Adapt scale"), self.tr("Scale the motion by the size ratio of the two faces")
        )
        form.switch(to, "smoothing", self.tr("Reduce jitter"), self.tr("Reduce jitter when the face is still"))
        tooltip = self.tr("Keep the portrait in place when you shift in your chair")
        form.switch(to, "follow", self.tr("Follow my head"), tooltip)

    def _add_picture(self) -> None:
        form, to = self._form, Binding(lambda: self._state.controls, self._state.change)
        form.title(self.tr("Picture"))
        form.slider(to, "zoom", self.tr("Zoom"), ZOOM, lambda value: f"{value:.1f}×")
        form.slider(to, "pan_x", self.tr("Horizontal"), PAN, lambda value: f"{value * 100:+.0f}")
        form.slider(to, "pan_y", self.tr("Vertical"), PAN, lambda value: f"{value * 100:+.0f}")
        form.switch(to, "mirror", self.tr("Mirror output"), self.tr("Flip what others see horizontally"))
        self._add_background()
        form.switch(to, "badge", self.tr("AI avatar badge"), self.tr("Mark the output as AI-generated"))
        form.chooser(
            to, "corner", self.tr("Badge position"), [(corner, self.tr(_CORNERS[corner])) for corner in CORNERS]
        )

    def _add_background(self) -> None:
        row = QHBoxLayout()
        chooser = Chooser(self.tr("Background"))
        chooser.setMinimumContentsLength(8)  # there is a button beside it
        for style in BACKGROUND_STYLES:
            chooser.addItem(self.tr(_BACKGROUNDS[style]), style)
        chooser.addItem(self.tr("Solid color"), "color")
        tooltip = self.tr("Choose the background color")
        self.color = with_tooltip(QPushButton(), tooltip, self._ask_for_color)
        self.color.setAccessibleName(tooltip)
        self.color.setFixedWidth(32)
        row.addWidget(chooser, 1)
        row.addWidget(self.color)
        chooser.activated.connect(lambda index: self._choose_background(chooser.itemData(index)))
        self._form.row(self.tr("Background"), row, chooser)
        self.controls["background"] = chooser
        self._form.on_refresh(lambda: self._show_background(chooser))

    def _choose_background(self, kind: str) -> None:
        self._state.change(background=_COLOR if kind == "color" else kind)

    def _show_background(self, chooser: Chooser) -> None:
        value = self._state.controls.background
        with QSignalBlocker(chooser):
            chooser.setCurrentIndex(chooser.findData("color" if value.startswith("#") else value))
        self.color.setVisible(value.startswith("#"))
        self.color.setStyleSheet(f"background: {value};" if value.startswith("#") else "")

    def _ask_for_color(self) -> None:
        dialog = QColorDialog(QColor(self._state.controls.background), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda color: self._state.change(background=color.name()))
        dialog.open()

    def _add_window(self) -> None:
        form, to = self._form, Binding(lambda: self._state.settings, self._state.set_view)
        form.title(self.tr("Preview"))
        tooltip = self.tr("Show the preview like a mirror; others see no change")
        form.switch(to, "mirror_preview", self.tr("Mirror preview"), tooltip)
        tooltip = self.tr("Show the camera image in a corner of the preview")
        form.switch(to, "camera_preview", self.tr("Camera preview"), tooltip)
        tooltip = self.tr("Show the camera next to the output at the same size; only you see it")
        form.switch(to, "side_by_side", self.tr("Side by side"), tooltip)
        tooltip = self.tr("Draw facial landmarks on the camera preview")
        form.switch(to, "landmarks", self.tr("Facial landmarks"), tooltip)
        form.slider(to, "overlay", self.tr("Portrait overlay"), (0.0, 1.0), percent)

    def _add_output(self) -> None:
        form, to = self._form, Binding(lambda: self._state.settings, self._state.choose_output)
        form.title(self.tr("Output"))
        form.chooser(to, "size", self.tr("Size"), [(size, size.replace("x", " × ")) for size in SIZES])
        rates = [(rate, self.tr("{} fps").format(f"{rate:.0f}")) for rate in RATES]
        form.chooser(to, "fps", self.tr("Max. frame rate"), rates)
        row = QHBoxLayout()
        self._folder = quiet()
        self.folder = with_tooltip(
            QPushButton(self.tr("Change…")), self.tr("Folder for recordings and snapshots"), self.folder_requested.emit
        )
        row.addWidget(self._folder, 1)
        row.addWidget(self.folder)
        form.row(self.tr("Folder"), row, self.folder)
        self._form.on_refresh(self._show_folder)

    def _show_folder(self) -> None:
        self._folder.setText(self._state.recordings.name)
        self._folder.setToolTip(str(self._state.recordings))

    def _add_preset(self) -> None:
        self._form.title(self.tr("Preset for this portrait"))
        tooltip = self.tr("Restore these motion and picture settings whenever this portrait is selected")
        self.keep = with_tooltip(QPushButton(self.tr("Save preset")), tooltip, self._state.save_preset)
        self.forget = with_tooltip(
            QPushButton(self.tr("Reset")),
            self.tr("Delete the preset and restore the default settings"),
            self._state.delete_preset,
        )
        row = QHBoxLayout()
        row.addWidget(self.keep, 1)
        row.addWidget(self.forget, 1)
        self._column.addLayout(row)
        self._form.on_refresh(self._show_preset)

    def _show_preset(self) -> None:
        portrait = self._state.portrait
        self.keep.setEnabled(portrait is not None)
        self.forget.setEnabled(portrait is not None and portrait.name in self._state.settings.presets)
