"""The shortcuts page; every shortcut can be changed, and some commands can have global ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from avatarify.ui.actions import Actions
from avatarify.ui.commands import COMMANDS, EDIT, HELP, NUMBERS, PICTURE, PORTRAIT, SESSION, VIEW, group_words, words
from avatarify.ui.hotkeys.manager import COMMANDS as EVERYWHERE
from avatarify.ui.hotkeys.manager import HotKeys
from avatarify.ui.pages.page import Page
from avatarify.ui.screen_fit import fit
from avatarify.ui.state import AppState
from avatarify.ui.widgets.controls import Tabs
from avatarify.ui.widgets.factories import quiet, with_tooltip
from avatarify.ui.widgets.switches import Switch

_AROUND = QSize(64, 150)  # room for tabs, margins, and buttons
_COLUMNS = ((SESSION, HELP), (EDIT, PORTRAIT), (PICTURE, VIEW))


class KeysPage(Page):
    """All commands in columns, with editable shortcuts; a second tab holds global shortcuts.

    Args:
        state: Has the settings of the keys.
        actions: The commands.
        hot_keys: The global shortcuts.
        parent: The main window.
    """

    def __init__(self, state: AppState, actions: Actions, hot_keys: HotKeys, parent: QWidget) -> None:
        super().__init__(self.tr("Keyboard shortcuts"), parent)
        self._state = state
        self._actions = actions
        self._hot_keys = hot_keys
        self.fields: dict[str, QKeySequenceEdit] = {}
        self.everywhere: dict[str, QKeySequenceEdit] = {}
        self.tabs = Tabs()
        self.sheet = self._make_sheet()
        self.tabs.addTab(self.sheet, self.tr("In this window"))
        self.tabs.addTab(self._make_everywhere(), self.tr("Global"))
        self.column.addWidget(self.tabs, 1)
        self.message = quiet()
        self.column.addWidget(self.message)
        self.usual = with_tooltip(
            QPushButton(self.tr("Restore defaults")),
            self.tr("Restore the default shortcut of every command"),
            self._reset,
        )
        self.buttons.insertWidget(0, self.usual)
        self.tabs.currentChanged.connect(lambda index: self._turned(index))
        fit(self, (self._inside.sizeHint() + _AROUND).expandedTo(QSize(1130, 700)))

    def showEvent(self, event: QShowEvent) -> None:
        """Pause global shortcuts, so that their keys can be typed here; seen once, single letters work."""
        self._hot_keys.pause(True)
        if not self._state.settings.keys_shown:
            self._state.settings.keys_shown = True
            self.letters.click()
        super().showEvent(event)

    def leave(self) -> None:
        """Resume global shortcuts."""
        self._hot_keys.pause(False)

    def _make_sheet(self) -> QScrollArea:
        self._inside = QWidget()
        row = QHBoxLayout()
        row.setSpacing(14)
        for groups in _COLUMNS:
            row.addLayout(self._make_column(groups), 1)
        column = QVBoxLayout(self._inside)
        column.addWidget(
            quiet(self.tr("Click a shortcut and press new keys to change it. Number keys select portraits."))
        )
        column.addLayout(row, 1)
        tooltip = self.tr("Off: a letter or digit typed by mistake changes nothing that others see")
        self.letters = Switch(
            self.tr("Single letters change what others see"), tooltip, on=self._state.settings.letter_keys
        )
        self.letters.toggled.connect(self._allow_letters)
        column.addWidget(self.letters)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(self._inside)
        return area

    def _allow_letters(self, on: bool) -> None:
        self._state.settings.letter_keys = on
        self._actions.allow_letters(on)

    def _make_everywhere(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(10)
        column.addWidget(
            quiet(self.tr("Global shortcuts work while another program has the focus. None is set by default."))
        )
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        for row, name in enumerate(EVERYWHERE):
            field = self._field(name, self._hot_keys.key(name), partial(self._chosen, name))
            field.setFixedWidth(200)
            field.setEnabled(not self._hot_keys.why_not)
            grid.addWidget(QLabel(words(self._actions.commands[name])), row, 0)
            grid.addWidget(field, row, 1)
            self.everywhere[name] = field
        grid.setColumnMinimumWidth(0, 260)
        grid.setColumnStretch(2, 1)
        column.addLayout(grid)
        if self._hot_keys.why_not:
            column.addWidget(QLabel(self._hot_keys.why_not, wordWrap=True))
        column.addStretch(1)
        return page

    def _make_column(self, groups: tuple[str, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for group in groups:
            title = QLabel(group_words(group))
            title.setProperty("role", "heading")
            title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            column.addWidget(title)
            grid = QGridLayout()
            grid.setVerticalSpacing(2)
            grid.setColumnStretch(0, 1)
            for row, command in enumerate(command for command in COMMANDS if command.group == group):
                self._add(grid, row, command.name)
            if group == PORTRAIT:
                row = grid.rowCount()
                grid.addWidget(QLabel(words(NUMBERS[0]).replace("1", "1–9")), row, 0)
                grid.addWidget(quiet("1 … 9"), row, 1)
            column.addLayout(grid)
            column.addSpacing(8)
        column.addStretch(1)
        return column

    def _add(self, grid: QGridLayout, row: int, name: str) -> None:
        label = QLabel(words(self._actions.commands[name]))
        field = self._field(name, self._actions.key(name), partial(self._changed, name))
        field.setFixedWidth(122)
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignTop)
        self.fields[name] = field

    def _field(self, name: str, key: str, changed: Callable[[], None]) -> QKeySequenceEdit:
        field = QKeySequenceEdit(QKeySequence(key))
        field.setMaximumSequenceLength(1)
        field.setClearButtonEnabled(True)
        field.setAccessibleName(words(self._actions.commands[name]))
        field.editingFinished.connect(changed)
        return field

    def _changed(self, name: str) -> None:
        field = self.fields[name]
        key = _text(field)
        taken = self._actions.taken(key, by_other_than=name) if key else ""
        if taken:
            self.message.setText(
                self.tr("{} is already assigned to “{}”.").format(key, words(self._actions.commands[taken]))
            )
            field.setKeySequence(QKeySequence(self._actions.key(name)))
        elif key != self._actions.key(name):
            self._actions.rebind(name, key)
            self.message.setText("")

    def _chosen(self, name: str) -> None:
        field = self.everywhere[name]
        if _text(field) == self._hot_keys.key(name):
            return
        self.message.setText(self._hot_keys.choose(name, _text(field)))
        field.setKeySequence(QKeySequence(self._hot_keys.key(name)))

    def _turned(self, index: int) -> None:
        self.usual.setVisible(index == 0)
        self.message.setText("")

    def _reset(self) -> None:
        for name, field in self.fields.items():
            usual = self._actions.commands[name].key
            self._actions.rebind(name, usual)
            field.setKeySequence(QKeySequence(usual))
        self.message.setText("")


def _text(field: QKeySequenceEdit) -> str:
    return field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
