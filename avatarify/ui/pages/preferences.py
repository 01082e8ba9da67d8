"""Preferences: theme, language, model, runtime, quality."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from avatarify.ui.choices import Notice
from avatarify.ui.pages.page import Page
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.text.language import LANGUAGES
from avatarify.ui.widgets.controls import Chooser
from avatarify.ui.widgets.factories import heading, quiet
from avatarify.ui.widgets.switches import Switch
from avatarify.ui.worker import Worker


class PreferencesPage(Page):
    """The preferences as lists, and a switch.

    Args:
        state: State of the window.
        services: Lists models and runtimes.
        worker: Runs it in the background.
        parent: The main window.

    Signals:
        theme_chosen: ``system``, ``light`` or ``dark``.
    """

    theme_chosen = Signal(str)

    def __init__(self, state: AppState, services: Services, worker: Worker, parent: QWidget) -> None:
        super().__init__(self.tr("Preferences"), parent)
        self._state = state
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(10)
        self.column.addLayout(self._grid)
        themes = (("system", self.tr("System default")), ("light", self.tr("Light")), ("dark", self.tr("Dark")))
        self.theme = self._add("theme", self.tr("&Theme"), themes)
        self.theme.activated.connect(lambda: self.theme_chosen.emit(self.theme.currentData()))
        languages = [("", self.tr("System default")), *LANGUAGES.items()]
        self.language = self._add("language", self.tr("&Language"), languages)
        self.model = self._add("model", self.tr("&Model"), [(state.settings.model, state.settings.model)])
        self.runtime = self._add("runtime", self.tr("&Runtime"), [("auto", self.tr("Fastest available"))])
        neutral = (("best", self.tr("Automatic")), ("first", self.tr("First face in view")))
        self.neutral = self._add("neutral", self.tr("&Neutral frame"), neutral)
        self.best = Switch(
            self.tr("Always best quality"),
            self.tr("Off: detail is reduced while this computer is too slow or too busy for the camera's frame rate."),
            on=state.settings.quality == "best",
        )
        self.best.toggled.connect(lambda on: state.choose_output(quality="best" if on else "auto"))
        self._grid.addWidget(self.best, self._grid.rowCount(), 0, 1, 2)
        self.message = quiet(
            self.tr(
                "A new language takes effect when you reopen Avatarify; a new model, runtime, or quality at the next "
                "start."
            )
        )
        self.column.addWidget(self.message)
        self.column.addStretch(1)
        self.set_size(480, 380)
        worker.submit(services.list_models_and_runtimes, self._fill, self._fail)

    def _fill(self, found: tuple[list[str], list[str]]) -> None:
        """Fill the lists of models and runtimes, which take a moment to find."""
        for name, chooser, values in zip(("model", "runtime"), (self.model, self.runtime), found, strict=True):
            for value in values:
                if chooser.findData(value) < 0:
                    chooser.addItem(value, value)
            chooser.setCurrentIndex(max(0, chooser.findData(getattr(self._state.settings, name))))

    def _fail(self, error: Exception) -> None:
        self.message.setText(Notice.of(error).words)

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
