"""Lists engines; builds them with progress, compares, and deletes them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from avatarify.messages import Message
from avatarify.ui.choices import Notice
from avatarify.ui.engine_list import EngineRow
from avatarify.ui.estimate import Estimate
from avatarify.ui.pages.page import Page
from avatarify.ui.services import Services
from avatarify.ui.text.translate import translate
from avatarify.ui.text.words import QT_TRANSLATE_NOOP
from avatarify.ui.widgets.engine_card import EngineCard
from avatarify.ui.widgets.factories import with_tooltip
from avatarify.ui.worker import Worker

_MEASURES = {
    "keypoints": QT_TRANSLATE_NOOP("EnginesPage", "key points {}"),
    "image": QT_TRANSLATE_NOOP("EnginesPage", "image {}"),
    "motion": QT_TRANSLATE_NOOP("EnginesPage", "motion {}"),
    "frames": QT_TRANSLATE_NOOP("EnginesPage", "frames {}"),
}


class _Progress(QObject):
    """Carries the builder's progress to the window's thread."""

    advanced = Signal(object, float)


class EnginesPage(Page):
    """One card for each model and builder.

    Args:
        services: Lists, builds and deletes.
        worker: Runs it in the background.
        parent: The main window.
    """

    def __init__(self, services: Services, worker: Worker, parent: QWidget) -> None:
        super().__init__(self.tr("Engines"), parent)
        self._services = services
        self._worker = worker
        self._progress = _Progress(self)
        self._progress.advanced.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._stop: threading.Event | None = None
        self._estimate = Estimate()
        self.cards: dict[tuple[str, str], EngineCard] = {}
        self.words(
            self.tr(
                "An engine is a model compiled for one processor, so that it starts and runs faster. Engines are "
                "optional. Each one is compared with the reference before it is used."
            )
        )
        self._inside = QVBoxLayout()
        inside = QWidget()
        inside.setLayout(self._inside)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(inside)
        self.column.addWidget(area, 1)
        self._add_progress()
        self.set_size(720, 600)
        self.refresh()

    @property
    def building(self) -> bool:
        """Whether a build is running."""
        return self._stop is not None

    def leave(self) -> None:
        """Stop the build when the page is closed; finished engines are kept."""
        self.stop()

    def refresh(self) -> None:
        """List the engines again."""
        self._worker.submit(self._services.list_engines, self._show, self._show_error)

    def stop(self) -> None:
        """Cancel the running build."""
        if self._stop is not None:
            self._stop.set()
            self.message.setText(self.tr("Stopping…"))

    def build(self, row: EngineRow) -> None:
        """Build the missing engines of one model for one builder."""
        if self.building:
            return
        stop = self._stop = threading.Event()
        advance = self._progress.advanced.emit
        work = partial(self._services.build_engines, row.model, row.target, advance, stop.is_set)
        self._worker.submit(work, self._built, self._fail)
        self._show_progress(Message("Starting…"), 0.0)
        self._show_busy()

    def delete(self, row: EngineRow) -> None:
        """Delete the engines of a model for a builder."""
        work = partial(self._services.delete_engines, row.model, row.target)
        self._worker.submit(work, self._deleted, self._show_error)

    def _add_progress(self) -> None:
        self.message = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self.bar.setAccessibleName(self.tr("Build progress"))
        words = self.tr("Stop the build and keep what is finished")
        self.cancel = with_tooltip(QPushButton(self.tr("Cancel")), words, self.stop)
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.column.addWidget(self.message)
        self.column.addLayout(row)
        self._show_busy()

    def _show_busy(self) -> None:
        for widget in (self.bar, self.cancel):
            widget.setVisible(self.building)
        for card in self.cards.values():
            card.set_free(not self.building)

    def _show(self, rows: Sequence[EngineRow]) -> None:
        for card in self.cards.values():
            card.deleteLater()
        self.cards = {}
        while self._inside.count():
            self._inside.takeAt(0)
        for row in rows:
            card = self.cards[row.model, row.target] = EngineCard(row)
            card.build_requested.connect(partial(self.build, row))
            card.delete_requested.connect(partial(self.delete, row))
            self._inside.addWidget(card)
        self._inside.addStretch(1)
        self._show_busy()

    def _show_progress(self, text: Message, share: float) -> None:
        if not self.building:
            return
        self.bar.setValue(round(share * 1000))
        self.message.setText(self._estimate.words(text, share))

    def _deleted(self, nothing: None) -> None:
        self.refresh()

    def _built(self, report: dict[str, Any]) -> None:
        self._stop = None
        self.message.setText(self._result(report) if report else self.tr("The build was stopped."))
        self._show_busy()
        self.refresh()

    def _result(self, report: dict[str, Any]) -> str:
        lines = [
            self.tr("{} {}: {} MB in {} s").format(
                engine["graph"], engine["precision"], engine["mb"], engine["seconds"]
            )
            for engine in report["engines"]
        ]
        for target, compared in report["compared"].items():
            lines.append(f"{target}: {_compared(compared)}")
        return "\n".join([*lines, *map(translate, report["warnings"])])

    def _fail(self, error: Exception) -> None:
        self._stop = None
        self._show_error(error)
        self._show_busy()

    def _show_error(self, error: Exception) -> None:
        self.message.setText(Notice.of(error).words)


def _compared(result: object) -> str:
    """Summarize a comparison."""
    if isinstance(result, dict):
        return ", ".join(_measure(name).format(f"{value:.3g}") for name, value in result.items())
    return translate(result) if isinstance(result, Message) else str(result)


def _measure(name: str) -> str:
    """Return the label of a measure, with {} for the difference."""
    return QCoreApplication.translate("EnginesPage", _MEASURES[name]) if name in _MEASURES else f"{name} {{}}"
