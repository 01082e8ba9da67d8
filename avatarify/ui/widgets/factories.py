"""Creates labels and buttons with style, tool tip, and accessible name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton, QWidget

Button = TypeVar("Button", bound=QAbstractButton)


def heading(text: str, of: QWidget) -> QLabel:
    """Create the caption of a control; & marks its mnemonic."""
    label = QLabel(text)
    label.setBuddy(of)
    label.setProperty("role", "heading")
    return label


def quiet(text: str = "") -> QLabel:
    """Create secondary text that wraps."""
    label = QLabel(text, wordWrap=True)
    label.setProperty("role", "quiet")
    return label


def with_tooltip(button: Button, explanation: str, clicked: Callable[[], object]) -> Button:
    """Set a button's tool tip, accessible description, and handler."""
    button.setToolTip(explanation)
    button.setAccessibleDescription(explanation)
    button.clicked.connect(lambda: clicked())
    return button


def describe(control: QWidget | QAction, text: str) -> None:
    """Set the tool tip that a control has while it can be used (see ``enable``)."""
    control.setProperty("usual", text)
    if not control.property("why_not"):
        control.setToolTip(text)


def enable(control: QWidget | QAction, why_not: str = "") -> None:
    """Enable a control; with a reason, gray it out and show the reason in its tool tip."""
    if control.property("usual") is None:
        control.setProperty("usual", control.toolTip())
    control.setProperty("why_not", why_not)
    control.setEnabled(not why_not)
    control.setToolTip(why_not or control.property("usual"))


def primary(button: QPushButton) -> None:
    """Style a button as the primary one; it reacts to Return and Space while it has the focus."""
    button.setProperty("role", "primary")
    button.setAutoDefault(True)


def tool(sign: str, name: str, clicked: Callable[[], object]) -> QToolButton:
    """Create a small button with only a symbol."""
    button = with_tooltip(QToolButton(), name, clicked)
    button.setText(sign)
    button.setAccessibleName(name)
    return button


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after one of its properties has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
