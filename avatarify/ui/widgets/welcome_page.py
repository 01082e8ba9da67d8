"""One step of the assistant."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget


def make_page(title: str, parts: Sequence[QWidget], stretched: bool = False) -> QWidget:
    """Make a step: a title, and parts below each other.

    Args:
        title: The title.
        parts: The parts.
        stretched: The last part takes the room that is left.
    """
    page, heading = QWidget(), QLabel(title, wordWrap=True)
    heading.setProperty("role", "title")
    column = QVBoxLayout(page)
    column.setContentsMargins(4, 4, 4, 4)
    column.setSpacing(14)
    column.addWidget(heading)
    for part in parts:
        column.addWidget(part, 1 if stretched else 0)
    if not stretched:
        column.addStretch(1)
    return page


class _Words(QLabel):
    """A wrapped label with the exact height of its text, which layouts do not guarantee."""

    def __init__(self, text: str) -> None:
        super().__init__(text, wordWrap=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the text."""
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))


def bullet(text: str) -> QWidget:
    """Make an entry of a list."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(QLabel("•"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(_Words(text), 1)
    return line
