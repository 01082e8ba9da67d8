"""A small view of the user's camera with the detected face, to align with the portrait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from avatarify.ui.state import AppState

if TYPE_CHECKING:
    from avatarify.face.box import CropBox
    from avatarify.face.face import Face
    from avatarify.frames import U8

_RADIUS = 8.0
_FOUND = QColor("#3fbf6a")


class CameraView(QWidget):
    """Draws mirrored camera frames with the face box and, optionally, the landmarks.

    Args:
        state: Selects what to draw.

    Signals:
        clicked: A place in the frame, x and y in its pixels.
    """

    clicked = Signal(float, float)

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._frame: U8 | None = None
        self._fitted: tuple[U8, QImage] | None = None  # the image only borrows the array's memory
        self._face: Face | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Camera image"))
        self.setToolTip(self.tr("Click the face that should drive the portrait"))

    @property
    def sees_face(self) -> bool:
        """Whether a face is known in what is shown."""
        return self._face is not None

    @property
    def has_frame(self) -> bool:
        """Whether there is a camera frame to show."""
        return self._frame is not None

    def sizeHint(self) -> QSize:
        """Return the usual size of the camera view."""
        return QSize(208, 117)

    def set_frame(self, frame: U8 | None, face: Face | None) -> None:
        """Show a camera frame, (H, W, 3) uint8 RGB; it is kept until the next one and must not change."""
        self._frame, self._face, self._fitted = frame, face, None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell where in the frame the user clicked."""
        if self._frame is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        room, scale = self._room_for(self._frame)
        if room.contains(event.position()):
            at = event.position() - room.topLeft()
            self.clicked.emit((room.width() - at.x()) / scale, at.y() / scale)  # it is shown mirrored

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, portrait and face."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), QColor(20, 22, 26))
        if self._frame is not None:
            self._draw(painter, self._frame)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255, 150), 1.2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), _RADIUS, _RADIUS)

    def _draw(self, painter: QPainter, frame: U8) -> None:
        room, scale = self._room_for(frame)
        if self._fitted is None:
            self._fitted = _fit(frame, room.size().toSize() * self.devicePixelRatio())
        painter.drawImage(room, self._fitted[1])
        if self._face is None:
            return
        painter.translate(room.right(), room.top())  # frame coordinates, mirrored
        painter.scale(-scale, scale)
        self._draw_portrait(painter, self._face)
        self._draw_face(painter, self._face, 1 / scale)
        painter.resetTransform()

    def _room_for(self, frame: U8) -> tuple[QRectF, float]:
        """Return where a frame is drawn, and its scale."""
        height, width = frame.shape[:2]
        scale = min(self.width() / width, self.height() / height)
        room = QRectF(0, 0, width * scale, height * scale)
        room.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        return room, scale

    def _draw_portrait(self, painter: QPainter, face: Face) -> None:
        portrait = self._state.portrait
        if self._state.settings.overlay > 0 and portrait is not None:
            painter.setOpacity(self._state.settings.overlay)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(_square(face.portrait_box()), portrait.thumbnail.flipped(Qt.Orientation.Horizontal))
            painter.setOpacity(1.0)

    def _draw_face(self, painter: QPainter, face: Face, unit: float) -> None:
        painter.setPen(QPen(_FOUND, 1.6 * unit))
        painter.drawRoundedRect(_square(face.keypoint_box()), 6 * unit, 6 * unit)
        if self._state.settings.landmarks:
            painter.setPen(QPen(_FOUND, 1.4 * unit, c=Qt.PenCapStyle.RoundCap))
            painter.drawPoints(QPolygonF([QPointF(float(x), float(y)) for x, y in face.landmarks[::2]]))


def _square(box: CropBox) -> QRectF:
    return QRectF(box.x - box.size / 2, box.y - box.size / 2, box.size, box.size)


def _fit(frame: U8, size: QSize) -> tuple[U8, QImage]:
    """Scale, flip and convert in this thread (see ``preview``)."""
    import cv2

    small = cv2.resize(frame, (max(1, size.width()), max(1, size.height())), interpolation=cv2.INTER_AREA)
    native: U8 = cv2.cvtColor(cv2.flip(small, 1), cv2.COLOR_RGB2BGRA)
    height, width = native.shape[:2]
    return native, QImage(native.data, width, height, native.strides[0], QImage.Format.Format_RGB32)
