"""Sizes of windows that fit the screen they open on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

SMALLEST = QSize(1024, 600)  # screen, in logical pixels, on which everything can be reached
FRAME = QSize(8, 40)  # borders and title bar, which are not known before a window is shown


def fit(window: QWidget, wanted: QSize) -> None:
    """Resize a window that is about to be shown to a size, or to its screen if that is smaller."""
    screen = (window.parentWidget() or window).screen()
    window.resize(wanted.boundedTo(screen.availableGeometry().size() - FRAME))
