"""The portraits to choose from, as pictures; the first nine carry the number of their key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
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
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from avatarify.ui.state import AppState, PortraitItem
from avatarify.ui.widgets.make import explained, heading

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff")  # those of capture.pictures, which loads numpy
_NAME = Qt.ItemDataRole.UserRole
_NUMBER = Qt.ItemDataRole.UserRole + 1
_WISHED_CELL = 88
_LABEL_ROOM = 24
_PAD = 5
_SCROLL_BAR = 10
_SLACK = 4  # a row that fills the width to the last pixel is broken up
_Index = QModelIndex | QPersistentModelIndex


class Gallery(QWidget):
    """The portraits, and a button that adds one.

    Signals:
        add_wanted: Files (list of Path) the user wants to add.
    """

    add_wanted = Signal(object)

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.view = _Grid(self)
        explanation = "Add a picture with a face; it can also be dropped on the window"
        self.add = explained(QPushButton("Add …"), explanation, self._ask_for_files)
        self.add.setAccessibleName("Add a portrait")
        head = QHBoxLayout()
        head.addWidget(heading("&Portrait", self.view), 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.view.selectionModel().currentChanged.connect(self._choose)
        state.portraits_changed.connect(self._show)
        state.portrait_changed.connect(self._mark)

    def choose_number(self, number: int) -> None:
        """Choose the portrait of a number key, from 1; nothing happens if there are not so many."""
        if number <= len(self._state.portraits):
            self._state.choose_portrait(self._state.portraits[number - 1].name)

    def _show(self) -> None:
        with QSignalBlocker(self.view.selectionModel()):
            self.view.fill(self._state.portraits)
        self._mark()

    def _mark(self) -> None:
        chosen = self._state.portrait
        if chosen is not None:
            row = [item.name for item in self._state.portraits].index(chosen.name)
            with QSignalBlocker(self.view.selectionModel()):
                self.view.select(row)
            self.view.viewport().update()

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self._state.choose_portrait(current.data(_NAME))

    def _ask_for_files(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog = QFileDialog(self, "Add portraits", str(Path.home()), f"Pictures ({patterns})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add_wanted.emit([Path(name) for name in names]))
        dialog.open()


class _Grid(QListView):
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
        self.setAccessibleName("Portraits")

    def fill(self, portraits: Sequence[PortraitItem]) -> None:
        """Show these."""
        self._items.clear()
        for number, portrait in enumerate(portraits, start=1):
            item = QStandardItem(portrait.label)
            item.setData(portrait.name, _NAME)
            item.setData(number, _NUMBER)
            item.setData(portrait.thumbnail, Qt.ItemDataRole.DecorationRole)
            key = f", key {number}" if number <= 9 else ""
            item.setAccessibleText(f"{portrait.label}{key}")
            item.setToolTip(f"{portrait.label}{key}")
            self._items.appendRow(item)

    def select(self, row: int) -> None:
        """Make this the chosen one."""
        index = self._items.index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among as many cells as there is room for."""
        width = self.width() - _SCROLL_BAR  # whether it is there or not, or the cells would jump when it comes
        cell = (width - _SLACK) // max(2, width // _WISHED_CELL)
        self.setGridSize(QSize(cell, cell + _LABEL_ROOM))
        super().resizeEvent(event)


class _Painter(QStyledItemDelegate):
    """Draws a cell: picture with round corners, number, name, and a ring around the chosen one."""

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
            _draw_number(painter, square, str(index.data(_NUMBER)))
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


def _draw_number(painter: QPainter, square: QRectF, number: str) -> None:
    chip = QRectF(square.x() + 6, square.y() + 6, 18, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawEllipse(chip)
    painter.setPen(QColor("white"))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, number)
