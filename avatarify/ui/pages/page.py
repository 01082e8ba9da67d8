"""What all of these windows share."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from avatarify.ui.widgets.make import explained


class Page(QDialog):
    """A window with a title, a column for its contents and a row of buttons below.

    Args:
        title: What it is called.
        parent: The main window.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.finished.connect(self.leave)  # Escape sends no close event
        self.column, self.buttons = QVBoxLayout(), QHBoxLayout()
        self.column.setSpacing(10)
        self.buttons.addStretch(1)
        close = QPushButton(QCoreApplication.translate("Page", "Close"))
        close.clicked.connect(self.close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 14)
        whole.setSpacing(14)
        whole.addLayout(self.column, 1)
        row = QHBoxLayout()
        row.addLayout(self.buttons, 1)
        row.addWidget(close)
        whole.addLayout(row)

    def leave(self) -> None:
        """End what the page began; called when it is closed in any way."""

    def heading(self, text: str) -> QLabel:
        """Add a heading."""
        label = QLabel(text, wordWrap=True)
        label.setProperty("role", "heading")
        self.column.addWidget(label)
        return label

    def words(self, text: str) -> QLabel:
        """Add a paragraph."""
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(label)
        return label

    def command(self, text: str) -> QFrame:
        """Add a line for a terminal, with a button that copies it."""
        frame = CommandLine(text)
        self.column.addWidget(frame)
        return frame


class CommandLine(QFrame):
    """A command in a fixed-width face, with a button that copies it.

    Args:
        text: What is read.
        command: What is copied, if there are other words around it.
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
    told = QCoreApplication.translate("Page", "Copy to clipboard")

    def copy() -> None:
        QGuiApplication.clipboard().setText(str(text() if callable(text) else text))

    return explained(QPushButton(QCoreApplication.translate("Page", "Copy")), told, copy)


def plain_text(text: str, name: str) -> QPlainTextEdit:
    """Make a field of text that is read, not written."""
    field = QPlainTextEdit(text, readOnly=True)
    field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    return field
