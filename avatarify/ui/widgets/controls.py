"""Lists, sliders, and tabs; none of them takes the wheel, which scrolls what is around them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QSlider, QTabBar, QTabWidget

from avatarify.ui.theme import control_colors

_AROUND_TEXT = 54  # of a list: edges, padding, arrow


class Slider(QSlider):
    """A horizontal slider."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()


class Chooser(QComboBox):
    """A combo box as wide as its longest entry.

    Args:
        name: Accessible name.
        elided: Entries may be longer than the box, such as names of cameras.
    """

    def __init__(self, name: str, elided: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.elided = elided

    def sizeHint(self) -> QSize:
        """Return room for the longest entry."""
        hint = super().sizeHint()
        return hint if self.elided else QSize(max(hint.width(), self._longest() + _AROUND_TEXT), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: no entry is cut off."""
        return super().minimumSizeHint() if self.elided else self.sizeHint()

    def showPopup(self) -> None:
        """Open the list, as wide as its longest entry."""
        self.view().setMinimumWidth(min(self._longest() + _AROUND_TEXT, self.screen().availableGeometry().width()))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the arrow that the style sheet drops."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(control_colors(self.palette(), self.isEnabled()).text, 1.8))
        middle = QPointF(self.width() - 16, self.height() / 2)
        painter.drawPolyline([middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)])

    def _longest(self) -> int:
        texts = (self.itemText(row) for row in range(self.count()))
        return max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)


class _Bar(QTabBar):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Tabs(QTabWidget):
    """Pages with a bar of tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabBar(_Bar())
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
