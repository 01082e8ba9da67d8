"""The grid of the gallery: square cells that fill the width, drawn with number and name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from avatarify.ui.choices import PortraitItem

NAME = Qt.ItemDataRole.UserRole
_NUMBER = Qt.ItemDataRole.UserRole + 1
_FAVORITE = Qt.ItemDataRole.UserRole + 2
_DRAGGED = "application/x-avatarify-portrait"
_DRAGGED_WIDTH = 72
_WISHED_CELL = 88
_LABEL_ROOM = 24
_PAD = 5
_SCROLL_BAR = 10
_SLACK = 4  # Qt wraps a row that fills the width to the last pixel
_Index = QModelIndex | QPersistentModelIndex


class PortraitGrid(QListView):
    """Square cells that fill the width, which the user can drag into another order.

    Signals:
        moved: A portrait (its name) was dropped on the place of a row.
    """

    moved = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_Painter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setDragEnabled(True)
        self.viewport().setAcceptDrops(True)
        self._target = -1  # row where a dragged portrait would go
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

    def dragged(self, row: int) -> QMimeData:
        """Return what a drag of a row holds."""
        data = QMimeData()
        data.setData(_DRAGGED, str(self._items.index(row, 0).data(NAME)).encode())
        return data

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected portrait."""
        index, drag = self.currentIndex(), QDrag(self)
        drag.setMimeData(self.dragged(index.row()))
        picture = QPixmap.fromImage(index.data(Qt.ItemDataRole.DecorationRole))
        drag.setPixmap(picture.scaledToWidth(_DRAGGED_WIDTH, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take portraits of the gallery; files are the window's."""
        self._aim(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where a portrait would go."""
        self._aim(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no place any more."""
        self._show_target(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which portrait was dropped where."""
        self._aim(event)
        row = self._target
        self._show_target(-1)
        if row >= 0:
            name = bytes(event.mimeData().data(_DRAGGED).data()).decode()
            # The list is filled anew, which must not happen inside of the drag.
            QTimer.singleShot(0, self, lambda: self.moved.emit(name, row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, and a line where a dragged portrait would go."""
        super().paintEvent(event)
        if self._target >= 0:
            cell = QRectF(self.visualRect(self._items.index(self._target, 0)))
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 3.0))
            after = self._target > self.currentIndex().row()
            x = cell.right() - 1 if after else cell.left() + 2
            painter.drawLine(QPointF(x, cell.top() + _PAD), QPointF(x, cell.bottom() - _PAD))

    def _aim(self, event: QDropEvent) -> None:
        if not event.mimeData().hasFormat(_DRAGGED):
            event.ignore()
            return
        row = self.indexAt(event.position().toPoint()).row()
        self._show_target(row if row >= 0 else self._items.rowCount() - 1)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _show_target(self, row: int) -> None:
        self._target = row
        self.viewport().update()

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
