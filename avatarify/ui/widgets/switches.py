"""A switch and a check box, custom drawn because style sheets drop their contrast."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton

from avatarify.ui.theme import control_colors

_TRACK = QSize(34, 18)
_GAP = 8
_PAD = 5


class Switch(QCheckBox):
    """A check box that looks like a switch.

    Args:
        text: Label.
        explanation: Tool tip.
        on: Initial state.
    """

    def __init__(self, text: str, explanation: str, on: bool) -> None:
        super().__init__(text)
        self.setToolTip(explanation)
        self.setAccessibleDescription(explanation)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for track, text, and focus ring."""
        metrics = self.fontMetrics()
        width = _TRACK.width() + _GAP + metrics.horizontalAdvance(self.text()) + 2 * _PAD
        return QSize(width, max(_TRACK.height(), metrics.height()) + 2 * _PAD)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: it must not be cut off."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Accept clicks anywhere on the widget."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, knob and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = control_colors(self.palette(), self.isEnabled())
        if self.hasFocus():
            painter.setPen(QPen(colors.on, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        track = QRectF(_PAD, (self.height() - _TRACK.height()) / 2, _TRACK.width(), _TRACK.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.on if self.isChecked() else colors.off)
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = QRectF(0, 0, track.height() - 6, track.height() - 6)
        knob.moveCenter(track.center())
        (knob.moveRight if self.isChecked() else knob.moveLeft)(
            track.right() - 3 if self.isChecked() else track.left() + 3
        )
        painter.setBrush(colors.knob)
        painter.drawEllipse(knob)
        painter.setPen(colors.text)
        room = QRectF(track.right() + _GAP, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())


class Tick(QCheckBox):
    """A check box with a frame that is visible on dark backgrounds."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, tick and text."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = control_colors(self.palette(), self.isEnabled())
        painter.setPen(QPen(colors.on if self.hasFocus() else colors.off, 1.6))
        painter.setBrush(colors.on if self.isChecked() else colors.knob)
        painter.drawRoundedRect(box.adjusted(0.8, 0.8, -0.8, -0.8), 3, 3)
        if self.isChecked():
            painter.setPen(QPen(colors.knob, 2))
            places = ((0.25, 0.52), (0.43, 0.70), (0.76, 0.32))
            painter.drawPolyline([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in places])
