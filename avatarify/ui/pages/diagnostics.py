"""Diagnostics with remedies, and crash reports."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from avatarify.pasteable import pasteable
from avatarify.ui import crash
from avatarify.ui.choices import Notice
from avatarify.ui.pages.page import Page, plain_text
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import translate, translate_template
from avatarify.ui.widgets.command_line import CommandLine, copy_button
from avatarify.ui.widgets.factories import quiet, with_tooltip
from avatarify.ui.widgets.speed_check import SpeedCheck
from avatarify.ui.worker import Worker

if TYPE_CHECKING:
    from avatarify.doctor.finding import Finding

_ORDER = ("fail", "warn", "ok")
_MARKS = {"ok": ("✓", "good"), "warn": ("!", "warning"), "fail": ("✕", "error")}


class DiagnosticsPage(Page):
    """Findings in the user's language, failures first; a speed check, and crash reports below them.

    Args:
        state: Says what the speed check measures.
        services: Runs the checks.
        worker: Runs it in the background.
        parent: The main window.
    """

    def __init__(self, state: AppState, services: Services, worker: Worker, parent: QWidget) -> None:
        super().__init__(self.tr("Diagnostics"), parent)
        self.findings: list[Finding] = []
        self._busy = QProgressBar(maximum=0, textVisible=False)
        self._busy.setAccessibleName(self.tr("Running checks…"))
        self.verdict = self.heading(self.tr("Running checks…"))
        self.column.addWidget(self._busy)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setSpacing(8)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(inside)
        self.column.addWidget(area, 1)
        self.speed = SpeedCheck(state, services, worker)
        self.column.addWidget(self.speed)
        self._add_reports()
        self.copy = copy_button(lambda: self.text)
        self.copy.setText(self.tr("Copy diagnostics"))
        self.buttons.insertWidget(0, self.copy)
        self.set_size(720, 620)
        worker.submit(services.diagnose, self._show, self._fail)

    def leave(self) -> None:
        """Stop a measurement."""
        self.speed.stop()

    @property
    def text(self) -> str:
        """All findings in English, for a bug report."""
        lines = [f"[{finding.status}] {finding.name}: {finding.detail} {finding.remedy}" for finding in self.findings]
        return "\n".join(line.strip() for line in lines)

    def _show(self, findings: list[Finding]) -> None:
        self.findings = findings
        self._busy.hide()
        self.verdict.setText(self._headline(sum(finding.status == "fail" for finding in findings)))
        for finding in sorted(findings, key=lambda finding: _ORDER.index(finding.status)):
            self._rows.addWidget(self._row(finding))
        self._rows.addStretch(1)

    def _headline(self, missing: int) -> str:
        if missing == 0:
            return self.tr("Everything for a call is there.")
        if missing == 1:
            return self.tr("One thing is missing for a call.")
        return self.tr("{} things are missing for a call.").format(missing)

    def _row(self, finding: Finding) -> QFrame:
        sign, look = _MARKS[finding.status]
        card, mark = QFrame(), QLabel(sign)
        card.setProperty("role", "card")
        mark.setProperty("mark", look)
        mark.setFixedWidth(22)
        text = self.tr("{}: {}").format(translate_template(finding.name), translate(finding.detail))
        row, words = QHBoxLayout(card), QVBoxLayout()
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        words.addWidget(QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText))
        if finding.command:
            words.addWidget(CommandLine(pasteable(finding.command)))
        elif finding.remedy:
            remedy = QLabel(translate(finding.remedy), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            remedy.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(remedy)
        return card

    def _fail(self, error: Exception) -> None:
        self._busy.hide()
        self.verdict.setText(Notice.of(error).words)

    def _add_reports(self) -> None:
        found = crash.reports()
        if not found:
            return
        self.heading(self.tr("Crash reports"))
        self.column.addWidget(quiet(self.tr("They stay on this computer. You decide whether to share them.")))
        self.reports = QListWidget()
        self.reports.setAccessibleName(self.tr("Reports"))
        self.reports.setMaximumHeight(96)
        for file in found:
            self.reports.addItem(file.stem)
        self.reports.itemActivated.connect(lambda item: self._open(found[self.reports.row(item)]))
        row = QHBoxLayout()
        row.addWidget(self.reports, 1)
        show = with_tooltip(QPushButton(self.tr("Show")), self.tr("Show report"), self._open_chosen)
        row.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def _open_chosen(self) -> None:
        found = crash.reports()
        if found:
            self._open(found[max(0, self.reports.currentRow())])

    def _open(self, file: Path) -> None:
        ReportPage(file, self).show()


class ReportPage(Page):
    """One crash report, to read, copy, or delete."""

    def __init__(self, file: Path, parent: QWidget) -> None:
        super().__init__(self.tr("Report"), parent)
        self._file = file
        self.column.addWidget(
            quiet(self.tr("This is the whole report. Copy it into a message if you want someone to look at it."))
        )
        try:
            words = file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            words = str(error)
        self.column.addWidget(plain_text(words, self.tr("Report")), 1)
        self.buttons.insertWidget(0, copy_button(words))
        delete = with_tooltip(
            QPushButton(self.tr("Delete")), self.tr("Delete this report"), partial(self._delete, file)
        )
        self.buttons.insertWidget(1, delete)
        self.set_size(720, 480)

    def _delete(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        self.close()
