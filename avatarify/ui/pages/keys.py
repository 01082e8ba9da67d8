"""The cheat sheet of keys; each can be changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
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

from avatarify.ui.commands import COMMANDS, HELP, NUMBERS, PICTURE, PORTRAIT, SESSION, VIEW, Actions, group_words, words
from avatarify.ui.pages.page import Page
from avatarify.ui.widgets.make import explained, quiet

_COLUMNS = ((SESSION, VIEW), (PORTRAIT,), (PICTURE, HELP))


class KeysPage(Page):
    """All commands in three columns; a click on a key waits for another one.

    Args:
        actions: The commands.
        parent: The main window.
    """

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(self.tr("Keys"), parent)
        self._actions = actions
        self.fields: dict[str, QKeySequenceEdit] = {}
        self.column.addWidget(
            quiet(self.tr("Click a key and press another one to change it. Numbers choose portraits."))
        )
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setSpacing(28)
        for groups in _COLUMNS:
            row.addLayout(self._make_column(groups))
        area = QScrollArea(widgetResizable=True)
        area.setWidget(inside)
        self.column.addWidget(area, 1)
        self.told = quiet()
        self.column.addWidget(self.told)
        self.usual = explained(
            QPushButton(self.tr("Usual keys")), self.tr("Give every command its usual key again"), self._reset
        )
        self.buttons.insertWidget(0, self.usual)
        self.resize(1040, 760)

    def _make_column(self, groups: tuple[str, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        for group in groups:
            title = QLabel(group_words(group))
            title.setProperty("role", "heading")
            title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            column.addWidget(title)
            grid = QGridLayout()
            grid.setVerticalSpacing(3)
            grid.setColumnStretch(0, 1)
            for row, command in enumerate(command for command in COMMANDS if command.group == group):
                self._add(grid, row, command.name)
            if group == PORTRAIT:
                row = grid.rowCount()
                grid.addWidget(QLabel(words(NUMBERS[0]).replace("1", "1–9")), row, 0)
                grid.addWidget(quiet("1 … 9"), row, 1)
            column.addLayout(grid)
            column.addSpacing(12)
        column.addStretch(1)
        return column

    def _add(self, grid: QGridLayout, row: int, name: str) -> None:
        text = words(self._actions.commands[name])
        label = QLabel(text, wordWrap=True)
        field = QKeySequenceEdit(QKeySequence(self._actions.key(name)))
        field.setMaximumSequenceLength(1)
        field.setClearButtonEnabled(True)
        field.setAccessibleName(text)
        field.setFixedWidth(124)
        field.editingFinished.connect(lambda: self._changed(name))
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignTop)
        self.fields[name] = field

    def _changed(self, name: str) -> None:
        field = self.fields[name]
        key = field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        taken = self._actions.taken(key, by_other_than=name) if key else ""
        if taken:
            self.told.setText(self.tr("{} already means “{}”.").format(key, words(self._actions.commands[taken])))
            field.setKeySequence(QKeySequence(self._actions.key(name)))
        elif key != self._actions.key(name):
            self._actions.rebind(name, key)
            self.told.setText("")

    def _reset(self) -> None:
        for name, field in self.fields.items():
            usual = self._actions.commands[name].key
            self._actions.rebind(name, usual)
            field.setKeySequence(QKeySequence(usual))
        self.told.setText("")
