"""A command for a terminal, with a button that copies it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from avatarify.ui.widgets.factories import with_tooltip


class CommandLine(QFrame):
    """A command in a fixed-width font, with a button that copies it.

    Args:
        text: Displayed text.
        command: Command to copy, if the text holds more than the command.
    """

    def __init__(self, text: str, command: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.text = command or text
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 6, 6)
        row.addWidget(label, 1)
        row.addWidget(copy_button(lambda: self.text))


def copy_button(text: object) -> QPushButton:
    """Make a button that copies what a function returns."""
    tooltip = QCoreApplication.translate("Page", "Copy to clipboard")

    def copy() -> None:
        QGuiApplication.clipboard().setText(str(text() if callable(text) else text))

    return with_tooltip(QPushButton(QCoreApplication.translate("Page", "Copy")), tooltip, copy)
