"""Watches a running session's statistics for what the window has to correct or warn about."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from avatarify.live.state import SessionState
from avatarify.ui.choices import PREVIEW, Notice, Severity, smaller_size
from avatarify.ui.state import AppState
from avatarify.ui.statistics import Statistics

POOR_MATCH = 0.42  # see ``animate.neutral.match``
POOR_TIMES = 8  # reports in a row, twice a second; a better frame may still be found automatically
SLOW_TIMES = 16  # reports in a row; the governor needs some seconds to react
GONE_TIMES = 4  # reports in a row without the requested recording or sink: it has failed


class SessionWatch(QObject):
    """Counts reports in a row, and reacts once a fault lasts.

    Args:
        state: State of the window; a recording or sink that has failed is switched off in it.
        parent: Owns this.

    Signals:
        notice: Notice of a lasting poor neutral match.
        warning_over: The match is good again.
    """

    notice = Signal(object)
    warning_over = Signal()

    def __init__(self, state: AppState, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self.restart()

    def restart(self) -> None:
        """Forget everything: another session begins."""
        self._unsent = self._slow = 0
        self._warned_of_speed = False
        self.forget_match()
        self.forget_recording()

    def forget_match(self) -> None:
        """Start over with the neutral match: another neutral frame was requested."""
        self._warned_of_match, self._poor = False, 0

    def forget_recording(self) -> None:
        """Start over with the recording: one was requested or ended."""
        self._gone = 0

    def see(self, statistics: Statistics) -> None:
        """Take one report."""
        self._watch_match(statistics.match)
        self._watch_speed(statistics)
        self._gone = self._gone + 1 if self._state.flag("record") and statistics.recording is None else 0
        if self._gone >= GONE_TIMES:
            self._state.set_flag("record", False)
        astray = statistics.sink == PREVIEW and self._state.sink.value != PREVIEW and self._state.session.live
        self._unsent = self._unsent + 1 if astray else 0
        if self._unsent >= GONE_TIMES:  # the failure was already reported; the switch must not claim that others see it
            self._state.choose_sink(PREVIEW)

    def _watch_speed(self, statistics: Statistics) -> None:
        """Say once that this computer is too slow, with a button that helps."""
        running = self._state.session is SessionState.RUNNING
        self._slow = self._slow + 1 if running and statistics.slow(self._state.settings.fps) else 0
        if self._slow < SLOW_TIMES or self._warned_of_speed:
            return
        self._warned_of_speed = True
        fps, camera = round(statistics.fps), round(min(statistics.camera_fps, self._state.settings.fps))
        message = self.tr("This computer is too slow or too busy: {} of {} frames a second are shown.")
        smaller = smaller_size(self._state.settings.size)
        hint = self.tr("Close other programs, or choose a smaller output.")
        command = "smaller" if smaller else "diagnostics"
        self.notice.emit(Notice(message.format(fps, camera), hint, Severity.WARNING, command, smaller))

    def _watch_match(self, match: float | None) -> None:
        """Warn about a lasting poor neutral match; remove the warning once it fits."""
        poor = match is not None and match < POOR_MATCH
        self._poor = self._poor + 1 if poor else 0
        if self._warned_of_match and not poor:
            self._warned_of_match = False
            self.warning_over.emit()
        elif match is not None and self._poor >= POOR_TIMES and not self._warned_of_match:
            self._warned_of_match = True
            message = self.tr("Poor neutral match ({}%).").format(round(match * 100))
            hint = self.tr("Look straight ahead with your mouth closed and eyes open.")
            self.notice.emit(Notice(message, hint, Severity.WARNING, "recalibrate"))
