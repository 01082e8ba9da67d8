"""One model on one builder: what is on disk, with buttons to build and delete it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from avatarify.ui.engine_list import EngineRow
from avatarify.ui.text.translate import translate
from avatarify.ui.widgets.factories import quiet, with_tooltip


class EngineCard(QFrame):
    """One model on one builder.

    Signals:
        build_requested, delete_requested: A button was pressed.
    """

    build_requested = Signal()
    delete_requested = Signal()

    def __init__(self, row: EngineRow) -> None:
        super().__init__()
        self.row = row
        self.setProperty("role", "card")
        title = QLabel(f"{row.model}  ·  {row.target}")
        title.setProperty("role", "heading")
        self.state = quiet(self._words())
        words = self.tr("Build {} for {}").format(row.model, row.target)
        self.build = with_tooltip(QPushButton(self.tr("Build")), words, self.build_requested.emit)
        words = self.tr("Delete {} for {}").format(row.model, row.target)
        self.delete = with_tooltip(QPushButton(self.tr("Delete")), words, self.delete_requested.emit)
        column, line = QVBoxLayout(), QHBoxLayout(self)
        column.addWidget(title)
        column.addWidget(self.state)
        line.addLayout(column, 1)
        line.addWidget(self.build, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_free(True)

    def set_free(self, free: bool) -> None:
        """Enable the buttons while no other build is running."""
        self.build.setEnabled(free and not self.row.obstacle)
        self.delete.setEnabled(free and bool(self.row.built))

    def _words(self) -> str:
        if self.row.built:
            return ", ".join(f"{precision}: {size:.1f} MB" for precision, size in self.row.built)
        return translate(self.row.obstacle) if self.row.obstacle else self.tr("Not built yet")
