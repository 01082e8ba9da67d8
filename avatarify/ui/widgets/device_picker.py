"""Selects the camera, and whether output goes to the virtual camera."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.choices import PAGE, PREVIEW, VIRTUAL, Choice
from avatarify.ui.state import AppState
from avatarify.ui.widgets.controls import Chooser
from avatarify.ui.widgets.factories import enable, heading, quiet, tool, with_tooltip
from avatarify.ui.widgets.switches import Switch


class DevicePicker(QWidget):
    """A list of cameras and a switch for the virtual camera.

    Signals:
        refresh_requested: Search for cameras and virtual cameras again.
        cameras_requested: Show all camera images.
        setup_requested: Show how to set up a virtual camera.
    """

    refresh_requested = Signal()
    cameras_requested = Signal()
    setup_requested = Signal()

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.camera = Chooser(self.tr("Camera"), elided=True)
        self.refresh = tool("⟳", self.tr("Refresh the camera list"), self.refresh_requested.emit)
        self.look = tool("▦", self.tr("Choose a camera by its image"), self.cameras_requested.emit)
        tooltip = self.tr("Make the portrait available as a camera in Zoom, Meet, and Teams")
        self.virtual = Switch(self.tr("Virtual camera"), tooltip, on=False)
        self.setup = with_tooltip(
            QPushButton(self.tr("Set up…")),
            self.tr("How to install a virtual camera and select it in a meeting app"),
            self._set_up,
        )
        self._where = quiet()
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # it may hold a command
        self._lay_out()
        self.camera.activated.connect(lambda index: state.choose_camera(self.camera.itemData(index)))
        self.virtual.clicked.connect(lambda on: state.choose_sink(VIRTUAL if on else PREVIEW))
        for signal in (state.cameras_changed, state.sinks_changed, state.session_changed):
            signal.connect(self._show)
        self._show()

    @property
    def hint(self) -> str:
        """The text under the switch."""
        return self._where.text()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        cameras, output = QHBoxLayout(), QHBoxLayout()
        cameras.addWidget(self.camera, 1)
        cameras.addWidget(self.look)
        cameras.addWidget(self.refresh)
        output.addWidget(self.virtual)
        output.addStretch(1)
        output.addWidget(self.setup)
        column.addWidget(heading(self.tr("&Camera"), self.camera))
        column.addLayout(cameras)
        column.addLayout(output)
        column.addWidget(self._where)

    def _show(self) -> None:
        _fill(self.camera, self._state.cameras, self._state.camera)
        changing = self._state.session in (SessionState.STARTING, SessionState.STOPPING)
        for widget in (self.camera, self.refresh, self.look):
            enable(widget, self.tr("The session is starting or stopping.") if changing else "")
        there = not self._state.remedy and any(choice.value == VIRTUAL for choice in self._state.sinks)
        enable(self.virtual, "" if there else self.tr("There is no virtual camera. “Set up…” shows how to get one."))
        self.virtual.setChecked(there and self._state.sink.value == VIRTUAL)
        self._where.setText(self._output_text(there))

    def _output_text(self, there: bool) -> str:
        if self._state.sink.value == PAGE:
            return self._state.sink.label
        if self._state.remedy:
            return self.tr("No virtual camera found; only you see the output.")
        if not there:
            return self.tr("Looking for a virtual camera…")
        if self._state.sink.value == VIRTUAL:
            return self._state.sink.label
        return self.tr("Only you see the output.")

    def _set_up(self) -> None:
        self.setup_requested.emit()


def _fill(chooser: QComboBox, choices: Sequence[Choice], chosen: Choice) -> None:
    """Fill the list without emitting signals; unusable choices are grayed out."""
    with QSignalBlocker(chooser):
        chooser.clear()
        model = cast(QStandardItemModel, chooser.model())
        for row, choice in enumerate(choices):
            chooser.addItem(choice.label, choice.value)
            model.item(row).setEnabled(not choice.why_not)
            chooser.setItemData(row, choice.why_not or choice.label, Qt.ItemDataRole.ToolTipRole)
        chooser.setCurrentIndex(list(choices).index(chosen))
