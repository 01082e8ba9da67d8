"""What a person reads and accepts once, before the first start."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from avatarify.ui.widgets.make import primary

PRIVACY = (
    "The picture of your camera stays on this machine: nothing is sent anywhere. "
    "Use only faces you may use: your own, works of art, or people who agreed. "
    "The picture that goes out is marked as an AI avatar; leave the mark on when others may take it for real."
)


class Welcome(QWidget):
    """A card with the terms in plain words.

    Signals:
        accepted: The user agreed.
    """

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title, words = QLabel("Be a painting in your next call"), QLabel(PRIVACY)
        title.setProperty("role", "title")
        title.setWordWrap(True)
        words.setWordWrap(True)
        self.agree = QPushButton("I agree")
        primary(self.agree)
        self.agree.setAccessibleDescription(PRIVACY)
        self.agree.clicked.connect(self.accepted)
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(500)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(16)
        words.setMinimumHeight(words.heightForWidth(500 - 2 * 28))
        column.addWidget(title)
        column.addWidget(words)
        column.addWidget(self.agree, 0, Qt.AlignmentFlag.AlignLeft)
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(1)
