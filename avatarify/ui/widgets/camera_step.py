"""The assistant's choice of a camera."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.choices import DEMO
from avatarify.ui.state import AppState
from avatarify.ui.widgets.camera_chooser import CameraChooser
from avatarify.ui.widgets.factories import quiet, with_tooltip


class CameraStep(QWidget):
    """The cameras by their pictures; without one, the demo clip is offered, and a button looks again.

    Args:
        state: Has the cameras.
        previewer: Provides live camera images.

    Signals:
        refresh_requested: Look for cameras again.
    """

    refresh_requested = Signal()

    def __init__(self, state: AppState, previewer: CameraPreviewer) -> None:
        super().__init__()
        self._state = state
        self.cameras = CameraChooser(state, previewer)
        self.cameras.setMinimumHeight(190)
        self.words = quiet()
        self.refresh = with_tooltip(
            QPushButton(self.tr("Look again")), self.tr("Look for cameras again"), self.refresh_requested.emit
        )
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.cameras, 1)
        state.cameras_changed.connect(self._show)
        self._show()

    @property
    def found(self) -> bool:
        """Whether a camera is connected."""
        return any(choice.value != DEMO for choice in self._state.cameras)

    def _show(self) -> None:
        self.refresh.setVisible(not self.found)
        if self.found:
            self.words.setText(self.tr("Click the picture that shows you. The demo clip can drive the portrait too."))
        else:
            self.words.setText(
                self.tr("No camera was found. Plug one in; until then, the demo clip can drive the portrait.")
            )
