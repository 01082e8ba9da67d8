"""Which camera, and where the pictures go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from avatarify.ui.state import RECORD, AppState, Choice
from avatarify.ui.widgets.controls import Chooser
from avatarify.ui.widgets.make import heading, quiet, tool


class DevicePicker(QWidget):
    """Two lists and a button that looks for devices again.

    Signals:
        refresh_wanted: Look for cameras and virtual cameras again.
    """

    refresh_wanted = Signal()

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.camera, self.sink = Chooser("Camera"), Chooser("Output")
        self.refresh = tool("⟳", "Look for cameras again", self.refresh_wanted.emit)
        self.folder = tool("…", "Choose the folder for recordings", self._ask_for_folder)
        self._where = quiet()
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # a command, perhaps
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for name, chooser, button in (
            ("&Camera", self.camera, self.refresh),
            ("&Output", self.sink, self.folder),
        ):
            row = QHBoxLayout()
            row.addWidget(chooser, 1)
            row.addWidget(button)
            column.addWidget(heading(name, chooser))
            column.addLayout(row)
        column.addWidget(self._where)
        self.camera.activated.connect(lambda index: state.choose_camera(self.camera.itemData(index)))
        self.sink.activated.connect(lambda index: state.choose_sink(self.sink.itemData(index)))
        state.cameras_changed.connect(self._show)
        state.sinks_changed.connect(self._show)
        state.session_changed.connect(self._show)
        self._show()

    @property
    def hint(self) -> str:
        """The text under the lists."""
        return self._where.text()

    def _show(self) -> None:
        _fill(self.camera, self._state.cameras, self._state.camera)
        _fill(self.sink, self._state.sinks, self._state.sink)
        free = not self._state.busy
        for chooser in (self.camera, self.sink, self.refresh, self.folder):
            chooser.setEnabled(free)
        recording = self._state.sink.value == RECORD
        self.folder.setVisible(recording)
        self._where.setText(f"Into {self._state.recordings}" if recording else self._missing())
        self._where.setVisible(bool(self._where.text()))

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, "Folder for recordings", str(self._state.recordings))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._state.choose_recordings)
        dialog.open()

    def _missing(self) -> str:
        return next((f"No virtual camera yet. {c.why_not}" for c in self._state.sinks if c.why_not), "")


def _fill(chooser: QComboBox, choices: Sequence[Choice], chosen: Choice) -> None:
    """Show the choices, those that cannot be used greyed, without telling that anything was chosen."""
    with QSignalBlocker(chooser):
        chooser.clear()
        model = cast(QStandardItemModel, chooser.model())
        for row, choice in enumerate(choices):
            chooser.addItem(choice.label, choice.value)
            model.item(row).setEnabled(not choice.why_not)
            chooser.setItemData(row, choice.why_not or choice.label, Qt.ItemDataRole.ToolTipRole)
        chooser.setCurrentIndex(list(choices).index(chosen))
