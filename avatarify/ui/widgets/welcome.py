"""The assistant of the first start: privacy notice, camera, portrait, virtual camera, and how to use it in a call."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.widgets.camera_step import CameraStep
from avatarify.ui.widgets.factories import enable, primary, quiet
from avatarify.ui.widgets.ready_step import ReadyStep
from avatarify.ui.widgets.scroll import Scroll
from avatarify.ui.widgets.set_up import SetUp
from avatarify.ui.widgets.welcome_page import bullet, make_page
from avatarify.ui.worker import Worker

_WIDTH = 600
LOOK_AGAIN_MS = 3000  # for cameras that are plugged in while there is none


class Welcome(QWidget):
    """Five steps, each with a way back; the last one can start a session. The keyboard alone is enough.

    Args:
        state: State of the window.
        services: Sets up a virtual camera, measures the speed.
        worker: Runs it in the background.
        previewer: Provides live camera images.

    Signals:
        accepted: The user accepted the privacy notice.
        refresh_requested: Look for devices again.
        setup_requested: Show how to set up a virtual camera.
        finished: The user completed the steps.
        start_requested: The user wants to start a session.
    """

    accepted = Signal()
    refresh_requested = Signal()
    setup_requested = Signal()
    finished = Signal()
    start_requested = Signal()

    def __init__(self, state: AppState, services: Services, worker: Worker, previewer: CameraPreviewer) -> None:
        super().__init__()
        self._state = state
        self.agree, self.onward, self.pick = QPushButton(self.tr("I agree")), QPushButton(), QPushButton()
        self.go_on, self.start = QPushButton(self.tr("Next")), QPushButton(self.tr("Start"))
        self.onward.setText(self.tr("Use this camera"))
        self.pick.setText(self.tr("Use this portrait"))
        self.camera_step = CameraStep(state, previewer)
        self.cameras = self.camera_step.cameras
        self.portrait = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.set_up = SetUp(state, services, worker)
        self.ready = ReadyStep(state, services, worker)
        self.back, self.progress = QPushButton(self.tr("Back")), quiet()
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._pages = QStackedWidget()
        for page in (self._privacy(), self._camera(), self._portrait(), self._virtual(), self._ready()):
            self._pages.addWidget(page)
        self._lay_out()
        self._connect()
        self._show_portrait()
        self._turn_to(0)

    @property
    def page(self) -> int:
        """The step that is open: 0 privacy, 1 camera, 2 portrait, 3 virtual camera, 4 ready."""
        return self._pages.currentIndex()

    def focus(self) -> None:
        """Give the keyboard focus to the step's button."""
        self._buttons[self.page].setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for cameras that are plugged in."""
        super().showEvent(event)
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop watching."""
        super().hideEvent(event)
        self._again.stop()

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
        return make_page(self.tr("Become a painting in your next call"), [bullet(point) for point in self.points])

    def _camera(self) -> QWidget:
        return make_page(self.tr("Which camera shows you?"), [self.camera_step], stretched=True)

    def _portrait(self) -> QWidget:
        self.portrait.setMinimumHeight(200)
        words = quiet(
            self.tr(
                "Choose a portrait on the right, or drop an image on the window. Then look straight ahead for a "
                "moment while Avatarify finds your neutral frame."
            )
        )
        return make_page(self.tr("Your portrait"), [words, self.portrait])

    def _virtual(self) -> QWidget:
        return make_page(self.tr("Virtual camera"), [self.set_up])

    def _ready(self) -> QWidget:
        return make_page(self.tr("In your next call"), [self.ready])

    def _lay_out(self) -> None:
        self._buttons = (self.agree, self.onward, self.pick, self.go_on, self.start)
        footer = QHBoxLayout()
        footer.addWidget(self.back)
        footer.addWidget(self.progress, 1)
        for button in self._buttons:
            primary(button)
            footer.addWidget(button)
        self.progress.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 16, 20, 16)
        pages = QVBoxLayout()
        pages.addWidget(self._pages)
        inside.addWidget(Scroll(pages), 1)
        inside.addLayout(footer)
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(1)
        around.addWidget(card, 8)
        around.addStretch(1)

    def _connect(self) -> None:
        self.agree.clicked.connect(self.accepted)
        for button in self._buttons[:-1]:
            button.clicked.connect(lambda: self._turn_to(self.page + 1))
        self.back.clicked.connect(lambda: self._turn_to(self.page - 1))
        self.start.clicked.connect(self._through)
        self._again.timeout.connect(self._look_again)
        self.camera_step.refresh_requested.connect(self.refresh_requested)
        self.set_up.refresh_requested.connect(self.refresh_requested)
        self.set_up.help_requested.connect(self.setup_requested)
        self._state.portrait_changed.connect(self._show_portrait)
        self._state.portraits_changed.connect(self._show_portrait)

    def _look_again(self) -> None:
        if self.page == 1 and not self.camera_step.found:
            self.refresh_requested.emit()

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        for number, button in enumerate(self._buttons):
            button.setVisible(number == page)
        self.back.setVisible(page > 0)
        self.progress.setText(self.tr("Step {} of {}").format(page + 1, self._pages.count()))
        if self.isVisible():
            self.focus()

    def _through(self) -> None:
        self.finished.emit()
        self.start_requested.emit()

    def _show_portrait(self) -> None:
        portrait = self._state.portrait
        for button in (self.pick, self.start):
            enable(button, "" if portrait else self.tr("Choose a portrait first."))
        if portrait is not None:
            from PySide6.QtGui import QPixmap

            self.portrait.setPixmap(QPixmap.fromImage(portrait.thumbnail))
            self.portrait.setAccessibleName(portrait.label)
