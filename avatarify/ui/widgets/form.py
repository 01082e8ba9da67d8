"""A column of labeled controls, each bound to one value by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from avatarify.ui.widgets.binding import Binding, WhyNot, usable
from avatarify.ui.widgets.caption import Caption
from avatarify.ui.widgets.controls import Chooser, Slider
from avatarify.ui.widgets.factories import enable
from avatarify.ui.widgets.switches import Switch

_STEPS = 100  # of a slider, for a range of 1


class Form:
    """Adds controls to a column.

    Args:
        column: Where each control becomes a row.

    Attributes:
        controls: The controls by the names of their values.
        captions: Their captions; a double click on one resets its value.
    """

    def __init__(self, column: QVBoxLayout) -> None:
        self.controls: dict[str, QWidget] = {}
        self.captions: dict[str, Caption] = {}
        self._column = column
        self._shows: list[Callable[[], None]] = []
        self._bound: dict[str, Binding] = {}

    def refresh(self) -> None:
        """Show the values as they are now."""
        for show in self._shows:
            show()

    def reset_all(self) -> None:
        """Restore every value that has a default."""
        for to in {id(to): to for to in self._bound.values()}.values():
            names = [name for name, other in self._bound.items() if other is to]
            to.change(**{name: getattr(to.default, name) for name in names})

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

    def row(self, name: str, row: QHBoxLayout, of: QWidget) -> Caption:
        """Add a row with a caption for one of its widgets."""
        grid, caption = QGridLayout(), Caption(name, of)
        grid.addWidget(caption, 0, 0)
        grid.addLayout(row, 0, 1)
        grid.setColumnMinimumWidth(0, 92)
        grid.setColumnStretch(1, 1)
        self._column.addLayout(grid)
        return caption

    def bind(self, to: Binding, name: str, control: QWidget, why_not: WhyNot, caption: Caption | None = None) -> None:
        """Name a control: it can be reset, and is grayed out with the reason while it has no effect."""
        self.controls[name], self._bound[name] = control, to
        reset = QAction(QCoreApplication.translate("Form", "Reset"), control)
        reset.triggered.connect(lambda: to.change(**{name: getattr(to.default, name)}))
        control.addAction(reset)
        control.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        if caption is not None:
            self.captions[name] = caption
            caption.setToolTip(QCoreApplication.translate("Form", "Double-click to reset"))
            caption.double_clicked.connect(reset.trigger)

        def show() -> None:
            enable(control, why_not())
            if caption is not None:
                caption.setEnabled(control.isEnabled())

        self.on_refresh(show)

    def slider(
        self,
        to: Binding,
        name: str,
        label: str,
        limits: tuple[float, float],
        format_value: Callable[[float], str],
        why_not: WhyNot = usable,
    ) -> None:
        """Add a slider between two limits, with its value beside it."""
        slider, value = _make_slider(label, limits), _make_value()
        row = QHBoxLayout()
        row.addWidget(slider, 1)
        row.addWidget(value)
        caption = self.row(label, row, slider)
        slider.valueChanged.connect(lambda step: to.change(**{name: step / _STEPS}))

        def show() -> None:
            now = float(getattr(to.source(), name))
            with QSignalBlocker(slider):
                slider.setValue(round(now * _STEPS))
            value.setText(format_value(now))
            slider.setAccessibleDescription(format_value(now))

        self.on_refresh(show)
        self.bind(to, name, slider, why_not, caption)

    def switch(self, to: Binding, name: str, label: str, tooltip: str, why_not: WhyNot = usable) -> None:
        """Add a switch."""
        switch = Switch(label, tooltip, on=False)
        switch.clicked.connect(lambda on: to.change(**{name: on}))
        self._column.addWidget(switch)
        self.on_refresh(lambda: switch.setChecked(bool(getattr(to.source(), name))))
        self.bind(to, name, switch, why_not)

    def chooser(
        self, to: Binding, name: str, label: str, pairs: Sequence[tuple[Any, str]], why_not: WhyNot = usable
    ) -> None:
        """Add a list to choose from, given by values and their texts."""
        chooser = Chooser(label)
        for value, text in pairs:
            chooser.addItem(text, value)
        row = QHBoxLayout()
        row.addWidget(chooser)
        caption = self.row(label, row, chooser)
        chooser.activated.connect(lambda index: to.change(**{name: chooser.itemData(index)}))

        def show() -> None:
            with QSignalBlocker(chooser):
                chooser.setCurrentIndex(chooser.findData(getattr(to.source(), name)))

        self.on_refresh(show)
        self.bind(to, name, chooser, why_not, caption)


def _make_slider(label: str, limits: tuple[float, float]) -> Slider:
    slider = Slider()
    slider.setRange(round(limits[0] * _STEPS), round(limits[1] * _STEPS))
    slider.setPageStep(_STEPS // 10)
    slider.setAccessibleName(label)
    return slider


def _make_value() -> QLabel:
    value = QLabel()
    value.setMinimumWidth(value.fontMetrics().horizontalAdvance("+100 %"))
    value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return value
