"""Draws the newest output picture, as large as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.state import AppState
from avatarify.ui.theme import is_dark, mix

if TYPE_CHECKING:
    from avatarify.frames import U8

_CAPTIONS = {
    SessionState.STARTING: "Starting …",
    SessionState.RUNNING: "",
    SessionState.NO_FACE: "No face in view",
    SessionState.CAMERA_LOST: "Camera lost, waiting for it",
    SessionState.STOPPING: "Stopping …",
}
_RADIUS = 10.0


class Preview(QWidget):
    """What the others see; the still portrait while no session runs."""

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._picture: U8 | None = None
        self._fitted: tuple[U8, QImage] | None = None  # the image only borrows the array's memory
        self._still = QImage()
        self.setMinimumSize(320, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview: what the others see")
        state.session_changed.connect(self._follow)

    @property
    def shows_live(self) -> bool:
        """True while a picture of a session is shown, not the still portrait."""
        return self._picture is not None

    @property
    def has_still(self) -> bool:
        """True once there is a portrait to show while no session runs."""
        return not self._still.isNull()

    def sizeHint(self) -> QSize:
        """Ask for room for a picture of usual size."""
        return QSize(800, 450)

    def set_picture(self, picture: U8) -> None:
        """Show an output picture, (H, W, 3) uint8 RGB; it is kept until the next one and must not change."""
        self._picture, self._fitted = picture, None
        self.update()

    def set_still(self, still: QImage) -> None:
        """Show this portrait whenever no session runs."""
        self._still = still
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stage, the picture and the caption."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._stage_colour())
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        if self._picture is not None:
            self._draw_live(painter, self._picture)
        elif not self._still.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._room_for(self._still.width(), self._still.height()), self._still)
        self._draw_caption(painter, _CAPTIONS.get(self._state.session, "Not running"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture again."""
        self._fitted = None

    def _follow(self, state: SessionState) -> None:
        if state.final:
            self._picture = self._fitted = None
        self.update()

    def _draw_live(self, painter: QPainter, picture: U8) -> None:
        room = self._room_for(picture.shape[1], picture.shape[0])
        if self._fitted is None:
            self._fitted = _fit(picture, room.size().toSize() * self.devicePixelRatio())
        painter.drawImage(room, self._fitted[1])

    def _draw_caption(self, painter: QPainter, text: str) -> None:
        if not text:
            return
        width = painter.fontMetrics().horizontalAdvance(text) + 24
        pill = QRectF(12, 12, width, painter.fontMetrics().height() + 10)
        painter.setBrush(QColor(0, 0, 0, 175))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor("white"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _room_for(self, width: int, height: int) -> QRectF:
        """Return the largest centred rectangle of this shape, on whole pixels."""
        scale = min(self.width() / width, self.height() / height)
        room = QRectF(0, 0, round(width * scale), round(height * scale))
        room.moveCenter(QPointF(round(self.width() / 2), round(self.height() / 2)))
        return room

    def _stage_colour(self) -> QColor:
        window = self.palette().color(QPalette.ColorRole.Window)
        return mix(window, QColor("black"), 0.5 if is_dark(self.palette()) else 0.12)


def _fit(picture: U8, size: QSize) -> tuple[U8, QImage]:
    """Scale and convert in this thread, in a millisecond.

    Qt's own smooth scaling takes forty, and both it and Qt's conversion from RGB wait for helper threads that the
    session's threads leave no processor to.
    """
    import cv2

    scaled = cv2.resize(picture, (max(1, size.width()), max(1, size.height())))
    native: U8 = cv2.cvtColor(scaled, cv2.COLOR_RGB2BGRA)  # what QImage calls RGB32
    height, width = native.shape[:2]
    return native, QImage(native.data, width, height, native.strides[0], QImage.Format.Format_RGB32)
