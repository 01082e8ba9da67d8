"""What is set once: theme, language, runtime."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from avatarify.ui.language import LANGUAGES
from avatarify.ui.pages.page import Page
from avatarify.ui.state import AppState
from avatarify.ui.widgets.controls import Chooser
from avatarify.ui.widgets.make import heading, quiet


class PreferencesPage(Page):
    """Lists to choose from.

    Signals:
        theme_chosen: ``system``, ``light`` or ``dark``.
    """

    theme_chosen = Signal(str)

    def __init__(self, state: AppState, parent: QWidget) -> None:
        super().__init__(self.tr("Preferences"), parent)
        self._state = state
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(10)
        self.column.addLayout(self._grid)
        themes = (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark")))
        self.theme = self._add("theme", self.tr("&Theme"), themes)
        self.theme.activated.connect(lambda: self.theme_chosen.emit(self.theme.currentData()))
        languages = [("", self.tr("As the system")), *LANGUAGES.items()]
        self.language = self._add("language", self.tr("&Language"), languages)
        runtimes = [("auto", self.tr("The fastest that works")), *((name, name) for name in ("openvino", "torch"))]
        self.runtime = self._add("runtime", self.tr("&Runtime"), runtimes)
        neutral = (("best", self.tr("Found by itself")), ("first", self.tr("The first face that is seen")))
        self.neutral = self._add("neutral", self.tr("&Neutral face"), neutral)
        self.column.addWidget(quiet(self.tr("The language and the runtime change with the next start.")))
        self.column.addStretch(1)
        self.resize(460, 300)

    def _add(self, name: str, label: str, pairs: Sequence[tuple[str, str]]) -> Chooser:
        chooser = Chooser(label.replace("&", ""))
        for value, text in pairs:
            chooser.addItem(text, value)
        chooser.setCurrentIndex(max(0, chooser.findData(getattr(self._state.settings, name))))
        chooser.activated.connect(lambda: self._state.choose_output(**{name: chooser.currentData()}))
        row = self._grid.rowCount()
        self._grid.addWidget(heading(label, chooser), row, 0)
        self._grid.addWidget(chooser, row, 1)
        return chooser
