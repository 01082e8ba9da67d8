"""The gallery of portraits; the first nine show their number key."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from avatarify.ui.actions import Actions
from avatarify.ui.choices import PortraitItem
from avatarify.ui.state import AppState
from avatarify.ui.widgets.factories import enable, quiet, with_tooltip
from avatarify.ui.widgets.grid import NAME, PortraitGrid


class Gallery(QWidget):
    """The portraits, a search field, and a button to add one.

    Args:
        state: State of the window.
        actions: Commands of the button and of the context menu.
    """

    def __init__(self, state: AppState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._actions = actions
        self.view = PortraitGrid(self)
        self.search = QLineEdit(placeholderText=self.tr("Search"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search portraits"))
        tooltip = self.tr("Add an image with a face; you can also drop it on the window or paste it")
        self.add = with_tooltip(QPushButton(self.tr("Add…")), tooltip, actions["add"].trigger)
        self.add.setAccessibleName(self.tr("Add portrait"))
        self._nothing = quiet(self.tr("No matching portraits."))
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.view.moved.connect(self._move)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.search.textChanged.connect(self._show)
        state.portraits_changed.connect(self._show)
        state.portrait_changed.connect(self._mark)
        self._show()

    @property
    def shown(self) -> list[PortraitItem]:
        """The portraits that match the search."""
        wanted = self.search.text().casefold().split()
        return [item for item in self._state.portraits if all(word in item.label.casefold() for word in wanted)]

    def choose_number(self, number: int) -> None:
        """Select the portrait of a number key, from 1; does nothing if there are fewer."""
        if number <= len(self._state.portraits):
            self._state.choose_portrait(self._state.portraits[number - 1].name)

    def _show(self) -> None:
        numbers = {item.name: number for number, item in enumerate(self._state.portraits, start=1)}
        with QSignalBlocker(self.view.selectionModel()):
            self.view.fill(self.shown, numbers, self._state.settings.favorites, self.tr("{}, key {}"))
        self._nothing.setVisible(bool(self._state.portraits) and not self.shown)
        self._mark()

    def _mark(self) -> None:
        own = self._state.portrait is not None and self._state.portrait.own
        name = self._state.portrait.name if self._state.portrait is not None else ""
        self._actions["favorite"].setChecked(name in self._state.settings.favorites)
        for name in ("rename", "delete"):
            enable(self._actions[name], "" if own else self.tr("Only for portraits that you have added."))
        names = [item.name for item in self.shown]
        if self._state.portrait is not None and self._state.portrait.name in names:
            with QSignalBlocker(self.view.selectionModel()):
                self.view.select(names.index(self._state.portrait.name))
        self.view.viewport().update()

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self._state.choose_portrait(current.data(NAME))

    def _move(self, name: str, row: int) -> None:
        """Move a portrait to the place of one that is shown."""
        shown, names = self.shown, [item.name for item in self._state.portraits]
        self._state.move_portrait(name, names.index(shown[min(row, len(shown) - 1)].name))

    def _open_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self.view.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for name in ("favorite", "earlier", "later", "rename", "delete", "undo", "add", "paste"):
            menu.addAction(self._actions[name])
        menu.popup(self.view.viewport().mapToGlobal(at))
