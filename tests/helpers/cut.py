"""Finds words that do not fit where they stand."""

import re

from helpers.values import not_none
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea, QWidget

_BREAKS = re.compile(r"\s|(?=[\u2e80-\uffef])")  # Chinese and Japanese break between any two letters


def cut_words(window: QWidget) -> list[str]:
    """Return the texts of visible labels, buttons and lists that are narrower than their words, and cut-off areas."""
    labels = [w for w in window.findChildren(QLabel) if w.isVisible() and not w.pixmap() and _needs(w) > w.width()]
    buttons = [w for w in window.findChildren(QAbstractButton) if w.isVisible() and _least(w) > w.width()]
    lists = [w for w in window.findChildren(QComboBox) if w.isVisible() and _room(w) < _longest(w)]
    areas = [
        w
        for w in window.findChildren(QScrollArea)
        if w.isVisible() and not_none(w.widget()).width() > w.viewport().width()
    ]
    return [w.text() for w in labels + buttons] + [w.accessibleName() for w in lists] + [_text(w) for w in areas]


def _needs(label: QLabel) -> int:
    if type(label).__name__ == "ElidedLabel":
        return 0  # it says what is left out, and shows it
    text = label.text().replace("&", "")
    words = _BREAKS.split(text) if label.wordWrap() else text.split("\n")
    return max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)


def _least(button: QAbstractButton) -> int:
    return button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))


def _room(chooser: QComboBox) -> int:
    return chooser.width() - 44  # the arrow and the edges


def _longest(chooser: QComboBox) -> int:
    texts = (chooser.itemText(row) for row in range(chooser.count()))
    return max((chooser.fontMetrics().horizontalAdvance(text) for text in texts), default=0)


def _inner(area: QScrollArea) -> int:
    return not_none(area.widget()).width()


def _text(area: QScrollArea) -> str:
    return f"{type(area.window()).__name__}: {_inner(area)} in {area.viewport().width()}"
