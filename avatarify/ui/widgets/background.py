"""Selects the background: the portrait's own, blurred, or one color."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QPushButton, QWidget

from avatarify.choices import BACKGROUND_STYLES, BackgroundStyle
from avatarify.ui.state import AppState
from avatarify.ui.text.words import QT_TRANSLATE_NOOP
from avatarify.ui.widgets.controls import Chooser
from avatarify.ui.widgets.factories import with_tooltip

_COLOR = "#3a6ea5"
_NAMES: dict[BackgroundStyle, str] = {
    "own": QT_TRANSLATE_NOOP("Background", "Original"),
    "blurred": QT_TRANSLATE_NOOP("Background", "Blurred"),
}


class Background(QWidget):
    """A list of styles, and a button for the color while one is used.

    Args:
        state: Has the background.
    """

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self._state = state
        self.chooser = Chooser(self.tr("Background"))
        for style in BACKGROUND_STYLES:
            self.chooser.addItem(self.tr(_NAMES[style]), style)
        self.chooser.addItem(self.tr("Solid color"), "color")
        tooltip = self.tr("Choose the background color")
        self.color = with_tooltip(QPushButton(), tooltip, self._ask_for_color)
        self.color.setAccessibleName(tooltip)
        self.color.setFixedWidth(32)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.chooser, 1)
        row.addWidget(self.color)
        self.chooser.activated.connect(lambda index: self._choose(self.chooser.itemData(index)))

    def refresh(self) -> None:
        """Show the background as it is now."""
        value = self._state.controls.background
        with QSignalBlocker(self.chooser):
            self.chooser.setCurrentIndex(self.chooser.findData("color" if value.startswith("#") else value))
        self.color.setVisible(value.startswith("#"))
        self.color.setStyleSheet(f"background: {value};" if value.startswith("#") else "")

    def _choose(self, kind: str) -> None:
        self._state.change(background=_COLOR if kind == "color" else kind)

    def _ask_for_color(self) -> None:
        dialog = QColorDialog(QColor(self._state.controls.background), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda color: self._state.change(background=color.name()))
        dialog.open()
