"""The grid of the gallery: square cells that fill the width, drawn with number and name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from avatarify.ui.choices import PortraitItem

NAME = Qt.ItemDataRole.UserRole
_NUMBER = Qt.ItemDataRole.UserRole + 1
_FAVORITE = Qt.ItemDataRole.UserRole + 2
_WISHED_CELL = 88
_LABEL_ROOM = 24
_PAD = 5
_SCROLL_BAR = 10
_SLACK = 4  # Qt wraps a row that fills the width to the last pixel
_Index = QModelIndex | QPersistentModelIndex


class PortraitGrid(QListView):
    """Square cells that fill the width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_Painter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Portraits"))

    def fill(
        self, portraits: Sequence[PortraitItem], numbers: dict[str, int], favorites: Sequence[str], with_key: str
    ) -> None:
        """Show portraits with their numbers by name; ``with_key`` is the format of a label and its key."""
        self._items.clear()
        for portrait in portraits:
            number = numbers[portrait.name]
            item = QStandardItem(portrait.label)
            item.setData(portrait.name, NAME)
            item.setData(number, _NUMBER)
            item.setData(portrait.name in favorites, _FAVORITE)
            item.setData(portrait.thumbnail, Qt.ItemDataRole.DecorationRole)
            tooltip = with_key.format(portrait.label, number) if number <= 9 else portrait.label
            item.setAccessibleText(tooltip)
            item.setToolTip(tooltip)
            self._items.appendRow(item)

    def select(self, row: int) -> None:
        """Select a row."""
        index = self._items.index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit as many cells into the width as there is room for."""
        width = self.width() - _SCROLL_BAR  # always reserved, so that cells do not jump when it appears
        cell = (width - _SLACK) // max(2, width // _WISHED_CELL)
        self.setGridSize(QSize(cell, cell + _LABEL_ROOM))
        super().resizeEvent(event)


class _Painter(QStyledItemDelegate):
    """Draws a cell: image with round corners, number, name, and a ring around the selected one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Fill the grid."""
        view = self.parent()
        return view.gridSize() if isinstance(view, QListView) else QSize(_WISHED_CELL, _WISHED_CELL + _LABEL_ROOM)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        cell = QRectF(option.rect)
        side = min(cell.width(), cell.height() - _LABEL_ROOM) - 2 * _PAD
        square = QRectF(cell.x() + (cell.width() - side) / 2, cell.y() + _PAD, side, side)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _draw_picture(painter, square, index.data(Qt.ItemDataRole.DecorationRole))
        _draw_ring(painter, square, option)
        if index.data(_NUMBER) <= 9:
            _draw_sign(painter, square.x() + 6, square.y() + 6, str(index.data(_NUMBER)))
        if index.data(_FAVORITE):
            _draw_sign(painter, square.right() - 24, square.y() + 6, "★")
        painter.setPen(option.palette.color(QPalette.ColorRole.WindowText))
        metrics = QFontMetrics(option.font)
        room = QRectF(cell.x() + 2, square.bottom() + 4, cell.width() - 4, metrics.height())
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, name)
        painter.restore()


def _draw_picture(painter: QPainter, square: QRectF, image: QImage) -> None:
    path = QPainterPath()
    path.addRoundedRect(square, 9, 9)
    painter.save()
    painter.setClipPath(path)
    painter.drawImage(square, image)
    painter.restore()


def _draw_ring(painter: QPainter, square: QRectF, option: QStyleOptionViewItem) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if not (selected or hovered):
        return
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    role = QPalette.ColorRole.Accent if selected else QPalette.ColorRole.Mid
    painter.setPen(QPen(option.palette.color(role), 4.0 if focused else 3.0 if selected else 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(square, 9, 9)


def _draw_sign(painter: QPainter, x: float, y: float, sign: str) -> None:
    chip = QRectF(x, y, 18, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawEllipse(chip)
    painter.setPen(QColor("white"))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, sign)
