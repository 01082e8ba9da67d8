"""The mouse wheel scrolls; it never changes what it happens to pass over."""

import pytest
from helpers.pages import pages_of
from helpers.studio import OpenApp, Until, control
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

pytestmark = pytest.mark.gui


def turn_wheel(over: QWidget, steps: int = -1) -> None:
    """Turn the wheel over the middle of a widget, as the mouse does."""
    window, area = over.window(), over.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(over)
    QTest.wheelEvent(window.windowHandle(), QPointF(over.mapTo(window, over.rect().center())), QPoint(0, 120 * steps))
    QApplication.processEvents()


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QAbstractSlider):
        return widget.value()
    if isinstance(widget, QComboBox | QTabBar):
        return widget.currentIndex()
    return widget.text() if isinstance(widget, QAbstractSpinBox) else None


def adjustable(inside: QWidget) -> list[QWidget]:
    kinds = (QAbstractSlider, QComboBox, QTabBar, QAbstractSpinBox)
    found = [widget for kind in kinds for widget in inside.findChildren(kind)]
    return [widget for widget in found if widget.isVisible() and not isinstance(widget, QScrollBar)]


def test_the_wheel_changes_no_slider_list_or_tab_on_any_page(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    changed, seen = [], 0
    for name, page in pages_of(window, until):
        for widget in adjustable(page):
            before = value_of(widget)
            for steps in (-1, 1, 1):
                turn_wheel(widget, steps)
                changed += [f"{name}: {widget.accessibleName()}"] if value_of(widget) != before else []
            seen += 1
    assert changed == []
    assert seen > 20


def test_the_wheel_over_a_slider_scrolls_the_panel(open_app: OpenApp) -> None:
    window = open_app()
    window.tabs.setCurrentIndex(1)
    window.resize(window.width(), 600)
    QApplication.processEvents()
    bar = window.adjust.verticalScrollBar()
    for name in ("strength", "motion"):
        bar.setValue(0)
        before = window.state.controls
        turn_wheel(control(window, name))
        assert bar.value() > 0
        assert window.state.controls == before
