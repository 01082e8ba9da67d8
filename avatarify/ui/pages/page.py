"""Base of the secondary windows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from avatarify.ui.screen_fit import fit
from avatarify.ui.widgets.command_line import CommandLine
from avatarify.ui.widgets.scroll import Scroll


class Page(QDialog):
    """A window with a title, a column of contents that scrolls on a small screen, and a row of buttons.

    Args:
        title: Title of the window.
        parent: The main window.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.finished.connect(self.leave)  # Escape does not send a close event
        self.column, self.buttons = QVBoxLayout(), QHBoxLayout()
        self.column.setSpacing(10)
        self.buttons.addStretch(1)
        close = QPushButton(QCoreApplication.translate("Page", "Close"))
        close.clicked.connect(self.close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 14)
        whole.setSpacing(14)
        whole.addWidget(Scroll(self.column), 1)
        row = QHBoxLayout()
        row.addLayout(self.buttons, 1)
        row.addWidget(close)
        whole.addLayout(row)

    def set_size(self, width: int, height: int) -> None:
        """Set the size in which the page opens; a smaller screen limits it."""
        fit(self, QSize(width, height))

    def leave(self) -> None:
        """Clean up; called however the page is closed."""

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


def plain_text(text: str, name: str) -> QPlainTextEdit:
    """Create a read-only text field."""
    field = QPlainTextEdit(text, readOnly=True)
    field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    return field
