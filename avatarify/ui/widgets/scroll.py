"""Contents that scroll where there is too little room for them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

_BAR = 12


class Scroll(QScrollArea):
    """Shows a layout; scrolls up and down if it is too high, never sideways.

    Args:
        layout: The contents.
    """

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setLayout(layout)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Return the size of the contents."""
        return self._inside.sizeHint() + QSize(_BAR, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the contents; the height is free."""
        return QSize(self._inside.minimumSizeHint().width() + _BAR, 80)
