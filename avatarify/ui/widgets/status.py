"""The status line: state, statistics, and runtime, always visible."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from avatarify.live.state import SessionState
from avatarify.messages import Message
from avatarify.ui.estimate import Estimate
from avatarify.ui.state import AppState
from avatarify.ui.statistics import Statistics
from avatarify.ui.text.translate import percent, translate

_NONE = "–"
_LATE_MS = 90.0  # median; audio that is this much ahead of the video is noticeable


class StatusLine(QFrame):
    """Statistics, and one line with the runtime, the device, and the reason for them."""

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Status"))
        self._captions = {
            "state": (self.tr("State"), self.tr("No face in view")),
            "speed": (self.tr("Frame rate"), "000 fps"),
            "latency": (self.tr("Added latency"), "000 ms (p95 000)"),
            "dropped": (self.tr("Dropped"), "00000"),
            "match": (self.tr("Neutral match"), "000 %"),
            "size": (self.tr("Output"), "1920x1080"),
            "model": (self.tr("Model"), "built-in"),
        }
        self._values = {name: QLabel(_NONE) for name in self._captions}
        self._engine, self._estimate = ElidedLabel(), Estimate()
        self._engine.setProperty("role", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addLayout(self._lay_out())
        column.addWidget(self._engine)
        state.session_changed.connect(self._show_state)
        state.output_changed.connect(lambda name: self._show_chosen())
        self._show_state(state.session)
        self._show_chosen()
        self._engine.setText(self.tr("Runtime and device are selected at start"))

    def text_of(self, name: str) -> str:
        """Return a displayed value: state, speed, latency, dropped, match, size, or model."""
        return self._values[name].text()

    @property
    def engine(self) -> str:
        """The whole text of the runtime line."""
        return self._engine.text()

    @property
    def lines(self) -> list[str]:
        """The statistics as lines of text."""
        return [f"{self._captions[name][0]}: {value.text()}" for name, value in self._values.items()]

    def show_preparation(self, message: Message, share: float) -> None:
        """Show what is done while a session starts, and the time it still takes, in place of the runtime."""
        self._engine.setText(self._estimate.words(message, share))

    def show_statistics(self, statistics: Statistics) -> None:
        """Show the statistics of a running session."""
        median, late = statistics.latency_ms
        self._set("speed", f"{statistics.fps:.0f} fps")
        if self._state.session is SessionState.RUNNING:
            slow = statistics.slow(self._state.settings.fps)
            self._set("state", self.tr("Running slowly") if slow else state_words(self._state.session))
        self._set("latency", f"{median:.0f} ms (p95 {late:.0f})" if late else _NONE)
        self._set("dropped", str(statistics.dropped))
        self._set("match", _NONE if statistics.match is None else percent(statistics.match))
        if statistics.runtime:
            self._set("model", statistics.model)
            self._set("size", statistics.size)
            self._engine.setText(self._engine_line(statistics))

    def _engine_line(self, statistics: Statistics) -> str:
        reason = translate(_without_name(statistics.reason))
        line = self.tr("{} on {}: {}").format(statistics.runtime, statistics.device, reason)
        if statistics.quality:
            line = translate(statistics.quality) + "  " + line
        if statistics.latency_ms[0] <= _LATE_MS:
            return line
        lag = self.tr("The picture is {} ms behind your voice: close other programs, or choose a smaller output.")
        return lag.format(round(statistics.latency_ms[0] / 10) * 10) + "  " + line

    def _lay_out(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        for name, (caption, widest) in self._captions.items():
            value = self._values[name]
            value.setMinimumWidth(
                value.fontMetrics().horizontalAdvance(widest)
            )  # so that it does not jump with each digit
            row.addLayout(_figure(caption, value))
        row.addStretch(1)
        return row

    def _show_chosen(self) -> None:
        if not self._state.busy:
            self._set("size", self._state.settings.size)
            self._set("model", self._state.settings.model)

    def _show_state(self, state: SessionState) -> None:
        self._set("state", state_words(state))
        if state is SessionState.STARTING or state.final:
            for name in ("speed", "latency", "match"):
                self._set(name, _NONE)
            self._show_chosen()

    def _set(self, name: str, text: str) -> None:
        self._values[name].setText(text)
        self._values[name].setAccessibleName(f"{self._captions[name][0]}: {text}")


def _without_name(reason: Message) -> Message:
    """Return the reason alone, which may be given as ``runtime: reason``."""
    inner = reason.values.get("reason")
    return inner if isinstance(inner, Message) else reason


def state_words(state: SessionState) -> str:
    """Return the name of a session's state in the user's language."""
    translate = QCoreApplication.translate
    return {
        SessionState.IDLE: translate("State", "Idle"),
        SessionState.STARTING: translate("State", "Starting"),
        SessionState.RUNNING: translate("State", "Running"),
        SessionState.NO_FACE: translate("State", "No face in view"),
        SessionState.CAMERA_LOST: translate("State", "Camera lost"),
        SessionState.CAMERA_BUSY: translate("State", "Camera in use"),
        SessionState.CAMERA_FROZEN: translate("State", "Camera frozen"),
        SessionState.CAMERA_DARK: translate("State", "Camera covered"),
        SessionState.SINK_LOST: translate("State", "Output lost"),
        SessionState.STOPPING: translate("State", "Stopping"),
        SessionState.STOPPED: translate("State", "Stopped"),
        SessionState.FAILED: translate("State", "Failed"),
    }[state]


class ElidedLabel(QLabel):
    """One line, elided if there is no room, with the whole text as tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Set the whole text."""
        super().setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _figure(name: str, value: QLabel) -> QVBoxLayout:
    caption = QLabel(name)
    caption.setProperty("role", "quiet")
    value.setProperty("role", "heading")
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(caption)
    column.addWidget(value)
    return column
