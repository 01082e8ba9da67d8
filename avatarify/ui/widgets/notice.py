"""The strip with the current notice and the button that helps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStyle, QVBoxLayout, QWidget

from avatarify.ui.choices import Notice, Severity
from avatarify.ui.widgets.factories import restyle, tool

_ICONS = {
    Severity.INFO: QStyle.StandardPixmap.SP_MessageBoxInformation,
    Severity.WARNING: QStyle.StandardPixmap.SP_MessageBoxWarning,
    Severity.ERROR: QStyle.StandardPixmap.SP_MessageBoxCritical,
}


class NoticeStrip(QFrame):
    """Shows the newest notice until it is dismissed or resolved; hidden while there is none.

    Args:
        label: Returns the button label of a command.

    Signals:
        action_requested: The command of the notice and its argument.
    """

    action_requested = Signal(str, str)

    def __init__(self, label: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self.current: Notice | None = None
        self._icon = QLabel()
        self._message, self._hint = _text("heading"), _text("")
        self.button = QPushButton()
        self.button.clicked.connect(self._help)
        close = tool("✕", self.tr("Dismiss"), self.clear)
        close.setProperty("role", "flat")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def words(self) -> str:
        """The displayed text; empty if there is no notice."""
        return f"{self._message.text()} {self._hint.text()}".strip() if self.current is not None else ""

    def minimumSizeHint(self) -> QSize:
        """Return the height that the words need at the width there is, not at the least one."""
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.heightForWidth(max(self.width(), least.width()))))

    def show_notice(self, notice: Notice) -> None:
        """Replace the current notice."""
        self.current = notice
        self._message.setText(notice.message)
        self._hint.setText(notice.hint)
        self._hint.setVisible(bool(notice.hint))
        self.button.setText(self._label(notice.command) if notice.command else "")
        self.button.setVisible(bool(notice.command))
        self._icon.setPixmap(self.style().standardIcon(_ICONS[notice.severity]).pixmap(22, 22))
        self.setProperty("notice", notice.severity.value)
        restyle(self)
        self.setAccessibleName(f"{notice.severity.value}: {notice.message}")
        self.setAccessibleDescription(notice.hint)
        self.show()

    def clear(self) -> None:
        """Hide the notice."""
        self.current = None
        self.hide()

    def _help(self) -> None:
        notice = self.current
        if notice is not None:
            self.clear()
            self.action_requested.emit(notice.command, notice.argument)

    def clear_warning(self) -> None:
        """Hide the notice if it is a warning, because its cause is gone."""
        if self.current is not None and self.current.severity is Severity.WARNING:
            self.clear()


def _text(role: str) -> QLabel:
    label = QLabel(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    label.setProperty("role", role)
    return label
