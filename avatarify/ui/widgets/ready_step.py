"""The assistant's last step: how to use Avatarify in a call, whether everything is prepared, and how fast it is."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from avatarify.messages import Message
from avatarify.ui.estimate import Estimate
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.text.meetings import meeting_apps
from avatarify.ui.text.translate import translate
from avatarify.ui.widgets.factories import quiet
from avatarify.ui.widgets.speed_check import SpeedCheck
from avatarify.ui.worker import Worker


class ReadyStep(QWidget):
    """Where the camera is chosen in three meeting apps, the progress of the preparation, and a speed check.

    Args:
        state: Says what is measured.
        services: Measures.
        worker: Runs it in the background.
    """

    def __init__(self, state: AppState, services: Services, worker: Worker) -> None:
        super().__init__()
        self._estimate = Estimate()
        self.words = quiet(self.tr("Press Start here first. Then choose the camera in the meeting app:"))
        apps = QLabel("\n".join(meeting_apps()))
        self.preparing, self.bar = quiet(), QProgressBar(maximum=1000, textVisible=False)
        self.bar.setAccessibleName(self.tr("Preparation"))
        self.speed = SpeedCheck(state, services, worker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, apps, self.preparing, self.bar, self.speed):
            column.addWidget(widget)
        self.bar.hide()

    def show_preparation(self, text: Message, share: float) -> None:
        """Show a step of the preparation, and the time that it still takes."""
        self.bar.show()
        self.bar.setValue(round(1000 * share))
        self.preparing.setText(self._estimate.words(text, share))

    def end_preparation(self, problem: Message) -> None:
        """Show that everything is prepared, or what is not."""
        self.bar.hide()
        self.preparing.setText(translate(problem) if problem else self.tr("Everything is prepared."))
