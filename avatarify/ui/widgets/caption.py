"""The caption of a control."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget


class Caption(QLabel):
    """A quiet label for a control.

    Args:
        text: The caption; & marks its mnemonic.
        of: The control.

    Signals:
        double_clicked: Reset the value.
    """

    double_clicked = Signal()

    def __init__(self, text: str, of: QWidget) -> None:
        super().__init__(text)
        self.setBuddy(of)
        self.setProperty("role", "quiet")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a reset."""
        self.double_clicked.emit()
