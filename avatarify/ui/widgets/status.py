"""The status line: state, figures, and who computes, always visible."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.bridge import Figures
from avatarify.ui.state import AppState

_NONE = "–"
_WIDEST = {
    "State": "No face in view",
    "Speed": "000 fps",
    "Added latency": "000 ms (p95 000)",
    "Dropped": "00000 frames",
    "Model": "built-in",
}


class StatusLine(QFrame):
    """Five figures above one line that names runtime, device and the reason for them."""

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Status")
        self._values = {name: QLabel(_NONE) for name in _WIDEST}
        self._engine = ElidedLabel()
        self._engine.setProperty("role", "quiet")
        figures = QHBoxLayout()
        figures.setSpacing(28)
        for name, value in self._values.items():
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance(_WIDEST[name]))  # or it jumps with each digit
            figures.addLayout(_figure(name, value))
        figures.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addLayout(figures)
        column.addWidget(self._engine)
        state.session_changed.connect(self._show_state)
        self._show_state(state.session)
        self._engine.setText("Runtime and device are chosen at the start")
        self._set("Model", state.settings.model)

    def text_of(self, name: str) -> str:
        """Return what stands under a caption: State, Speed, Added latency, Dropped or Model."""
        return self._values[name].text()

    @property
    def engine(self) -> str:
        """The line about runtime and device, unshortened."""
        return self._engine.text()

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of a running session."""
        median, late = figures.latency_ms
        self._set("Speed", f"{figures.fps:.0f} fps")
        self._set("Added latency", f"{median:.0f} ms (p95 {late:.0f})" if late else _NONE)
        self._set("Dropped", f"{figures.dropped} frames")
        if figures.runtime:
            self._set("Model", figures.model)
            reason = figures.reason.removeprefix(f"{figures.runtime}: ")
            self._engine.setText(f"{figures.runtime} on {figures.device}: {reason}")

    def _show_state(self, state: SessionState) -> None:
        self._set("State", state.value.capitalize())
        if state is SessionState.STARTING or state.final:
            self._set("Speed", _NONE)
            self._set("Added latency", _NONE)

    def _set(self, name: str, text: str) -> None:
        self._values[name].setText(text)
        self._values[name].setAccessibleName(f"{name}: {text}")


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
