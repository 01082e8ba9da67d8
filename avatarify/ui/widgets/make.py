"""Makes labels and buttons that carry their look, tool tip and accessible name from the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton, QWidget

Button = TypeVar("Button", bound=QAbstractButton)


def heading(text: str, of: QWidget) -> QLabel:
    """Make the caption of a control; an & in it marks the key that leads there."""
    label = QLabel(text)
    label.setBuddy(of)
    label.setProperty("role", "heading")
    return label


def quiet(text: str = "") -> QLabel:
    """Make a text that stands back and breaks its lines."""
    label = QLabel(text, wordWrap=True)
    label.setProperty("role", "quiet")
    return label


def explained(button: Button, explanation: str, clicked: Callable[[], object]) -> Button:
    """Give a button its tool tip, the same words for screen readers, and what it does."""
    button.setToolTip(explanation)
    button.setAccessibleDescription(explanation)
    button.clicked.connect(lambda: clicked())
    return button


def primary(button: QPushButton) -> None:
    """Make a button stand out, and answer to Return as well as to Space while it has the focus."""
    button.setProperty("role", "primary")
    button.setAutoDefault(True)


def tool(sign: str, name: str, clicked: Callable[[], object]) -> QToolButton:
    """Make a small button that shows only a sign."""
    button = explained(QToolButton(), name, clicked)
    button.setText(sign)
    button.setAccessibleName(name)
    return button


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property it looks at was changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
