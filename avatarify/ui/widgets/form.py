"""A column of labeled controls, each bound to one value by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from avatarify.ui.widgets.controls import Chooser, Switch
from avatarify.ui.widgets.factories import heading

_STEPS = 100  # of a slider, for a range of 1


@dataclass(frozen=True)
class Binding:
    """Where controls get their values from, and where changes go.

    Attributes:
        source: Returns the object whose attributes are shown.
        change: Called with one keyword argument, the new value by its name.
    """

    source: Callable[[], object]
    change: Callable[..., None]


class Form:
    """Adds controls to a column.

    Args:
        column: Where each control becomes a row.

    Attributes:
        controls: The controls by the names of their values.
    """

    def __init__(self, column: QVBoxLayout) -> None:
        self.controls: dict[str, QWidget] = {}
        self._column = column
        self._shows: list[Callable[[], None]] = []

    def refresh(self) -> None:
        """Show the values as they are now."""
        for show in self._shows:
            show()

    def on_refresh(self, show: Callable[[], None]) -> None:
        """Call a function at each refresh."""
        self._shows.append(show)

    def title(self, text: str) -> None:
        """Add the title of a group of controls."""
        if self._column.count():
            self._column.addSpacing(8)
        label = QLabel(text)
        label.setProperty("role", "heading")
        self._column.addWidget(label)

    def row(self, name: str, row: QHBoxLayout, of: QWidget) -> None:
        """Add a row with a label for one of its widgets."""
        grid = QGridLayout()
        label = heading(name, of)
        label.setProperty("role", "quiet")
        grid.addWidget(label, 0, 0)
        grid.addLayout(row, 0, 1)
        grid.setColumnMinimumWidth(0, 92)
        grid.setColumnStretch(1, 1)
        self._column.addLayout(grid)

    def slider(
        self, to: Binding, name: str, label: str, limits: tuple[float, float], format_value: Callable[[float], str]
    ) -> None:
        """Add a slider between two limits, with its value beside it."""
        slider, value = _make_slider(label, limits), _make_value()
        row = QHBoxLayout()
        row.addWidget(slider, 1)
        row.addWidget(value)
        self.row(label, row, slider)
        slider.valueChanged.connect(lambda step: to.change(**{name: step / _STEPS}))

        def show() -> None:
            now = float(getattr(to.source(), name))
            with QSignalBlocker(slider):
                slider.setValue(round(now * _STEPS))
            value.setText(format_value(now))
            slider.setAccessibleDescription(format_value(now))

        self.controls[name] = slider
        self.on_refresh(show)

    def switch(self, to: Binding, name: str, label: str, tooltip: str) -> None:
        """Add a switch."""
        switch = Switch(label, tooltip, on=False)
        switch.clicked.connect(lambda on: to.change(**{name: on}))
        self._column.addWidget(switch)
        self.controls[name] = switch
        self.on_refresh(lambda: switch.setChecked(bool(getattr(to.source(), name))))

    def chooser(self, to: Binding, name: str, label: str, pairs: Sequence[tuple[Any, str]]) -> None:
        """Add a list to choose from, given by values and their texts."""
        chooser = Chooser(label)
        for value, text in pairs:
            chooser.addItem(text, value)
        row = QHBoxLayout()
        row.addWidget(chooser)
        self.row(label, row, chooser)
        chooser.activated.connect(lambda index: to.change(**{name: chooser.itemData(index)}))

        def show() -> None:
            with QSignalBlocker(chooser):
                chooser.setCurrentIndex(chooser.findData(getattr(to.source(), name)))

        self.controls[name] = chooser
        self.on_refresh(show)


def _make_slider(label: str, limits: tuple[float, float]) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(round(limits[0] * _STEPS), round(limits[1] * _STEPS))
    slider.setPageStep(_STEPS // 10)
    slider.setAccessibleName(label)
    return slider


def _make_value() -> QLabel:
    value = QLabel()
    value.setMinimumWidth(value.fontMetrics().horizontalAdvance("+100 %"))
    value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return value
