"""The first start: privacy notice, camera, portrait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.state import AppState
from avatarify.ui.widgets.camera_chooser import CameraChooser
from avatarify.ui.widgets.factories import primary, quiet
from avatarify.ui.widgets.scroll import Scroll

_WIDTH = 560
_PAD = 28


class Welcome(QWidget):
    """Three pages; the last one can start a session.

    Args:
        state: State of the window.
        previewer: Provides live camera images.

    Signals:
        accepted: The user accepted the privacy notice.
        finished: The user completed the pages.
        start_requested: The user wants to start a session.
    """

    accepted = Signal()
    finished = Signal()
    start_requested = Signal()

    def __init__(self, state: AppState, previewer: CameraPreviewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.agree = _button(self.tr("I agree"))
        self.onward = _button(self.tr("Use this camera"))
        self.start = _button(self.tr("Start"))
        self.cameras = CameraChooser(state, previewer)
        self.portrait = QLabel()
        self._pages = QStackedWidget()
        for page in (self._privacy(), self._camera(), self._portrait()):
            self._pages.addWidget(page)
        self.agree.clicked.connect(self._agreed)
        self.onward.clicked.connect(lambda: self._turn_to(2))
        self.start.clicked.connect(self._through)
        state.portrait_changed.connect(self._show_portrait)
        state.portraits_changed.connect(self._show_portrait)
        card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(_WIDTH)
        QVBoxLayout(card).addWidget(self._pages)
        around = QHBoxLayout()
        around.addStretch(1)
        around.addWidget(card, 8, Qt.AlignmentFlag.AlignVCenter)
        around.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(around))
        self._show_portrait()

    @property
    def page(self) -> int:
        """The page that is open: 0 privacy, 1 camera, 2 portrait."""
        return self._pages.currentIndex()

    def focus(self) -> None:
        """Give the keyboard focus to the page's button."""
        (self.agree, self.onward, self.start)[self.page].setFocus()

    def _privacy(self) -> QWidget:
        self.points = (
            self.tr("Your camera image stays on this computer. Nothing is sent over the network."),
            self.tr("Use only faces you have the right to use: your own, works of art, or people who have agreed."),
            self.tr(
                "The output is marked as an AI avatar. Keep the mark on wherever the output could be taken for real."
            ),
            self.tr("Your own face is never sent unless you ask for it."),
        )
        self.agree.setAccessibleDescription(" ".join(self.points))
        words = [_bullet(point) for point in self.points]
        return _page(self.tr("Become a painting in your next call"), words, self.agree)

    def _camera(self) -> QWidget:
        self.cameras.setMinimumHeight(190)
        words = quiet(self.tr("Choose the camera that shows you. No camera? The demo clip can drive the portrait too."))
        return _page(self.tr("Your camera"), [words, self.cameras], self.onward)

    def _portrait(self) -> QWidget:
        self.portrait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.portrait.setMinimumHeight(200)
        words = quiet(
            self.tr(
                "Choose a portrait on the right, or drop an image on the window. Then look straight ahead for a "
                "moment while Avatarify finds your neutral frame."
            )
        )
        return _page(self.tr("Your portrait"), [words, self.portrait], self.start)

    def _agreed(self) -> None:
        self.accepted.emit()
        self._turn_to(1)

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.focus()

    def _through(self) -> None:
        self.finished.emit()
        self.start_requested.emit()

    def _show_portrait(self) -> None:
        portrait = self._state.portrait
        self.start.setEnabled(portrait is not None)
        if portrait is not None:
            from PySide6.QtGui import QPixmap

            self.portrait.setPixmap(QPixmap.fromImage(portrait.thumbnail))
            self.portrait.setAccessibleName(portrait.label)


def _page(title: str, parts: Sequence[QWidget], button: QPushButton) -> QWidget:
    page, heading = QWidget(), QLabel(title, wordWrap=True)
    heading.setProperty("role", "title")
    column = QVBoxLayout(page)
    column.setContentsMargins(_PAD - 8, _PAD - 12, _PAD - 8, _PAD - 12)
    column.setSpacing(14)
    column.addWidget(heading)
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, CameraChooser) else 0)
    column.addStretch(1)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return page


class _Words(QLabel):
    """A wrapped label with the exact height of its text, which layouts do not guarantee."""

    def __init__(self, text: str) -> None:
        super().__init__(text, wordWrap=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the text."""
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))


def _bullet(text: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(QLabel("•"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(_Words(text), 1)
    return line


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    primary(button)
    return button
