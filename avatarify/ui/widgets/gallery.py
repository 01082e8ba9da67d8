"""The portraits to choose from, as pictures; the first nine carry the number of their key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
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
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from avatarify.ui.choices import PortraitItem
from avatarify.ui.commands import Actions
from avatarify.ui.state import AppState
from avatarify.ui.widgets.make import explained, quiet

_NAME = Qt.ItemDataRole.UserRole
_NUMBER = Qt.ItemDataRole.UserRole + 1
_WISHED_CELL = 88
_LABEL_ROOM = 24
_PAD = 5
_SCROLL_BAR = 10
_SLACK = 4  # a row that fills the width to the last pixel is broken up
_Index = QModelIndex | QPersistentModelIndex


class Gallery(QWidget):
    """The portraits, a field that searches them, and a button that adds one.

    Args:
        state: What is chosen.
        actions: The commands of the button and of the menu of a portrait.
    """

    def __init__(self, state: AppState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._actions = actions
        self.view = _Grid(self)
        self.search = QLineEdit(placeholderText=self.tr("Search"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search the portraits"))
        told = self.tr("Add a picture with a face; it can also be dropped on the window or pasted")
        self.add = explained(QPushButton(self.tr("Add …")), told, actions["add"].trigger)
        self.add.setAccessibleName(self.tr("Add a portrait"))
        self._nothing = quiet(self.tr("No portrait has this name."))
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.search.textChanged.connect(self._show)
        state.portraits_changed.connect(self._show)
        state.portrait_changed.connect(self._mark)
        self._show()

    @property
    def shown(self) -> list[PortraitItem]:
        """The portraits that the search leaves."""
        wanted = self.search.text().casefold().split()
        return [item for item in self._state.portraits if all(word in item.label.casefold() for word in wanted)]

    def choose_number(self, number: int) -> None:
        """Choose the portrait of a number key, from 1; nothing happens if there are not so many."""
        if number <= len(self._state.portraits):
            self._state.choose_portrait(self._state.portraits[number - 1].name)

    def _show(self) -> None:
        numbers = {item.name: number for number, item in enumerate(self._state.portraits, start=1)}
        with QSignalBlocker(self.view.selectionModel()):
            self.view.fill(self.shown, numbers, self.tr("{}, key {}"))
        self._nothing.setVisible(bool(self._state.portraits) and not self.shown)
        self._mark()

    def _mark(self) -> None:
        own = self._state.portrait is not None and self._state.portrait.own
        for name in ("rename", "delete"):
            self._actions[name].setEnabled(own)
        names = [item.name for item in self.shown]
        if self._state.portrait is not None and self._state.portrait.name in names:
            with QSignalBlocker(self.view.selectionModel()):
                self.view.select(names.index(self._state.portrait.name))
        self.view.viewport().update()

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self._state.choose_portrait(current.data(_NAME))

    def _open_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self.view.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("rename", "delete", "undo", "add", "paste"):
            menu.addAction(self._actions[name])
        menu.popup(self.view.viewport().mapToGlobal(at))


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
        self.setAccessibleName(self.tr("Portraits"))

    def fill(self, portraits: Sequence[PortraitItem], numbers: dict[str, int], with_key: str) -> None:
        """Show these, with their numbers by name; ``with_key`` puts a label and its key into words."""
        self._items.clear()
        for portrait in portraits:
            number = numbers[portrait.name]
            item = QStandardItem(portrait.label)
            item.setData(portrait.name, _NAME)
            item.setData(number, _NUMBER)
            item.setData(portrait.thumbnail, Qt.ItemDataRole.DecorationRole)
            told = with_key.format(portrait.label, number) if number <= 9 else portrait.label
            item.setAccessibleText(told)
            item.setToolTip(told)
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
