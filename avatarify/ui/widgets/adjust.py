"""The column of adjustments: motion, picture, preview, and output."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from avatarify.settings import Settings
from avatarify.ui.choices import RATES, SIZES
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import percent
from avatarify.ui.widgets.binding import Binding
from avatarify.ui.widgets.factories import enable, quiet, with_tooltip
from avatarify.ui.widgets.form import Form
from avatarify.ui.widgets.look_form import LookForm

_SCROLL_BAR = 12


class Adjust(QScrollArea):
    """A column of controls, each bound to one value of the state.

    Signals:
        folder_requested: Choose the folder for recordings.
    """

    folder_requested = Signal()

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(2, 4, 8, 4)
        self._column.setSpacing(7)
        self._form = Form(self._column)
        self.controls, self.captions = self._form.controls, self._form.captions
        look = LookForm(self._form, state, self)
        self.color = look.color
        self._add_window()
        self._add_output()
        self._add_reset()
        self._add_preset()
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        changes = (
            state.controls_changed,
            state.view_changed,
            state.portrait_changed,
            state.chosen,
        )
        for signal in changes:
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the values as they are now."""
        self._form.refresh()

    @property
    def needed_width(self) -> int:
        """The width at which nothing in the column is cut off."""
        return self._inside.minimumSizeHint().width() + _SCROLL_BAR

    def _add_window(self) -> None:
        form, to = self._form, Binding(lambda: self._state.settings, self._state.set_view, Settings())
        form.title(self.tr("Preview"))
        tooltip = self.tr("Show the preview like a mirror; others see no change")
        form.switch(to, "mirror_preview", self.tr("Mirror preview"), tooltip)
        tooltip = self.tr("Show the camera image in a corner of the preview")
        form.switch(to, "camera_preview", self.tr("Camera preview"), tooltip)
        tooltip = self.tr("Show the camera next to the output at the same size; only you see it")
        form.switch(to, "side_by_side", self.tr("Side by side"), tooltip)
        tooltip = self.tr("Draw facial landmarks on the camera preview")
        form.switch(to, "landmarks", self.tr("Facial landmarks"), tooltip, self._why_no_camera_view)
        form.slider(to, "overlay", self.tr("Portrait overlay"), (0.0, 1.0), percent, self._why_no_camera_view)

    def _add_output(self) -> None:
        form, to = self._form, Binding(lambda: self._state.settings, self._state.choose_output, Settings())
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

    def _add_reset(self) -> None:
        tooltip = self.tr("Restore the default of every setting above; the folder stays")
        self.reset = with_tooltip(QPushButton(self.tr("Reset all")), tooltip, self._form.reset_all)
        self._column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)

    def _why_no_camera_view(self) -> str:
        kept = self._state.settings
        shown = kept.camera_preview or kept.side_by_side
        return "" if shown else self.tr("Turn on the camera preview first.")

    def _add_preset(self) -> None:
        self._form.title(self.tr("Preset for this portrait"))
        tooltip = self.tr("Restore these motion and picture settings whenever this portrait is selected")
        self.keep = with_tooltip(QPushButton(self.tr("Save preset")), tooltip, self._state.save_preset)
        self.forget = with_tooltip(
            QPushButton(self.tr("Delete preset")),
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
        kept = portrait is not None and portrait.name in self._state.settings.presets
        enable(self.keep, "" if portrait is not None else self.tr("Choose a portrait first."))
        enable(self.forget, "" if kept else self.tr("This portrait has no preset."))
