"""Asks, before a picture is added, whether its face may be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_consent(parent: QWidget, files: list[Path], agreed: Callable[[list[Path]], None]) -> QMessageBox:
    """Open the question; returns at once. ``agreed`` is called with the files if the answer is yes."""
    names = ", ".join(file.name for file in files)
    question = QMessageBox(parent)
    question.setIcon(QMessageBox.Icon.Question)
    question.setWindowTitle("Add a portrait")
    question.setText(f"May you use the face in {names}?")
    question.setInformativeText("It should be your own, a work of art, or of a person who agreed to it.")
    yes = question.addButton("Yes, add", QMessageBox.ButtonRole.AcceptRole)
    question.addButton(QMessageBox.StandardButton.Cancel)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    question.setTextFormat(Qt.TextFormat.PlainText)
    yes.clicked.connect(lambda: agreed(files))
    question.open()
    return question
