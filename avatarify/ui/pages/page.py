"""Base of the secondary windows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from avatarify.ui.screen_fit import fit
from avatarify.ui.widgets.factories import with_tooltip
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


def plain_text(text: str, name: str) -> QPlainTextEdit:
    """Create a read-only text field."""
    field = QPlainTextEdit(text, readOnly=True)
    field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    return field
