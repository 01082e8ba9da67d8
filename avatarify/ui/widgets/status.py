"""The status line: state, figures, and who computes, always visible."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.bridge import Figures
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import percent, translate

_NONE = "–"
_LATE_MS = 90.0  # sound that is so much earlier than the picture is noticed


class StatusLine(QFrame):
    """Figures above one line that names runtime, device and the reason for them."""

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
        self._engine = ElidedLabel()
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
        """Return what stands under a caption: state, speed, latency, dropped, match, size or model."""
        return self._values[name].text()

    @property
    def engine(self) -> str:
        """The line about runtime and device, unshortened."""
        return self._engine.text()

    @property
    def lines(self) -> list[str]:
        """The figures as lines of text."""
        return [f"{self._captions[name][0]}: {value.text()}" for name, value in self._values.items()]

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of a running session."""
        median, late = figures.latency_ms
        self._set("speed", f"{figures.fps:.0f} fps")
        self._set("latency", f"{median:.0f} ms (p95 {late:.0f})" if late else _NONE)
        self._set("dropped", str(figures.dropped))
        self._set("match", _NONE if figures.match is None else percent(figures.match))
        if figures.runtime:
            self._set("model", figures.model)
            self._set("size", figures.size)
            self._engine.setText(self._engine_line(figures))

    def _engine_line(self, figures: Figures) -> str:
        reason = translate(figures.reason.removeprefix(f"{figures.runtime}: "))
        line = self.tr("{} on {}: {}").format(figures.runtime, figures.device, reason)
        if figures.latency_ms[1] <= _LATE_MS:
            return line
        delay = round(figures.latency_ms[0] / 10) * 10
        return self.tr("Delay your audio by {} ms in the meeting app.").format(delay) + "  " + line

    def _lay_out(self) -> QHBoxLayout:
        figures = QHBoxLayout()
        figures.setSpacing(20)
        for name, (caption, widest) in self._captions.items():
            value = self._values[name]
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance(widest))  # or it jumps with each digit
            figures.addLayout(_figure(caption, value))
        figures.addStretch(1)
        return figures

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


def state_words(state: SessionState) -> str:
    """Return what a session is doing in the user's language."""
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
    """One line that ends in … where there is no room, and shows all of it as a tool tip."""

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
        """Be as narrow as needed."""
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
