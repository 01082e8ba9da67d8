"""Finds what is cut off or cannot be reached in a window."""

from collections.abc import Iterator

from helpers.values import not_none
from PySide6.QtCore import QCoreApplication, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QComboBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from avatarify.ui.widgets.controls import Chooser

_CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractSlider, QKeySequenceEdit)
_TOUCHING = 1  # pixels


def cut_off(window: QWidget) -> list[str]:
    """Return the visible controls and labels that are smaller than their size hint."""
    return [_name(widget) for widget in _visible(window, (*_CONTROLS, QLabel)) if _too_small(widget)]


def out_of_reach(window: QWidget) -> list[str]:
    """Return the visible controls that are not inside the window, and cannot be scrolled into it."""
    return [_name(widget) for widget in _visible(window, (*_CONTROLS, QAbstractScrollArea)) if not _reachable(widget)]


def short_popups(window: QWidget) -> list[str]:
    """Open every list; return those that do not show their last entry, or not the whole of their longest one."""
    return [_name(chooser) for chooser in _visible(window, (Chooser,)) if _is_short(chooser)]


def _visible(window: QWidget, kinds: tuple[type[QWidget], ...]) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, kinds) and widget.isVisible() and widget.window() is window and not _inner(widget):
            yield widget


def _inner(widget: QWidget) -> bool:
    """Whether a widget is a part of Qt's own widgets."""
    return isinstance(widget, QScrollBar) or isinstance(widget.parent(), QLineEdit | QComboBox | QKeySequenceEdit)


def _too_small(widget: QWidget) -> bool:
    hint = widget.sizeHint()
    if isinstance(widget, QLabel):
        if type(widget).__name__ == "ElidedLabel" or not widget.text():
            return False
        if widget.wordWrap():
            return widget.height() < widget.heightForWidth(widget.width())
    if isinstance(widget, QLineEdit | QAbstractSlider) or (isinstance(widget, Chooser) and widget.elided):
        hint = QSize(widget.minimumSizeHint().width(), hint.height())
    if 0 < widget.maximumWidth() == widget.minimumWidth():  # a size of its own, such as a colored button
        hint.setWidth(min(hint.width(), widget.width()) if not isinstance(widget, QLabel) else hint.width())
    return widget.width() < hint.width() or widget.height() < hint.height()


def _reachable(widget: QWidget) -> bool:
    """Whether a widget is inside everything that is around it; scroll areas need it to be inside sideways only."""
    place, inside = widget.rect(), widget
    while not inside.isWindow():
        parent = not_none(inside.parentWidget())
        place = QRect(inside.mapTo(parent, place.topLeft()), place.size())
        room = parent.rect().adjusted(-_TOUCHING, -_TOUCHING, _TOUCHING, _TOUCHING)
        area = parent.parentWidget()
        if isinstance(area, QScrollArea) and parent is area.viewport():
            if place.left() < room.left() or place.right() > room.right():
                return False
            place, inside = area.rect(), area
            continue
        if not room.contains(place):
            return False
        inside = parent
    return True


def _is_short(chooser: QWidget) -> bool:
    assert isinstance(chooser, Chooser)
    chooser.showPopup()
    QCoreApplication.processEvents()
    view = chooser.view()
    last = view.visualRect(chooser.model().index(chooser.count() - 1, 0))
    all_shown = chooser.count() > chooser.maxVisibleItems() or last.bottom() < view.viewport().height()
    wide = view.viewport().width() >= view.sizeHintForColumn(0)
    chooser.hidePopup()
    return not (all_shown and wide)


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    words = text or widget.accessibleName() or type(widget).__name__
    return f"{words} ({widget.width()}x{widget.height()} of {widget.sizeHint().width()}x{widget.sizeHint().height()})"
