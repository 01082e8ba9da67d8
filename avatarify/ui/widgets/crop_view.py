"""An image under a crop frame, which can be moved, zoomed, and rotated."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from avatarify.ui.portrait_files import FoundFace

MOST_ZOOM = 8.0
_MARGIN = 18
_SHOULDERS = 4.6  # head and shoulders in face heights (brows to chin)
_FACE_SHIFT = 0.35  # in face heights: more room below than above


class CropView(QWidget):
    """Shows an image behind a crop frame. Drag or arrow keys move it; the wheel, + and - zoom.

    Args:
        picture: Image in its EXIF orientation.

    Signals:
        changed: The crop has changed.
        face_chosen: Index of the clicked face.
    """

    changed = Signal()
    face_chosen = Signal(int)

    def __init__(self, picture: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.faces: list[FoundFace] = []
        self.chosen = 0
        self._shape: float | None = None  # width by height; None for the image's own
        self._zoom = 1.0
        self._angle = 0.0
        self._centre = QPointF(picture.width() / 2, picture.height() / 2)
        self._grabbed: QPointF | None = None
        self.setMinimumSize(420, 320)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(self.tr("Crop area"))

    @property
    def zoom(self) -> float:
        """Zoom factor; at 1 the image just fills the frame."""
        return self._zoom

    @property
    def angle(self) -> float:
        """Rotation of the image, degrees clockwise."""
        return self._angle

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(560, 420)

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom factor, 1 to ``MOST_ZOOM``."""
        self._zoom = min(MOST_ZOOM, max(1.0, zoom))
        self._settle()

    def set_angle(self, angle: float) -> None:
        """Set the rotation, degrees clockwise."""
        self._angle = math.remainder(angle, 360.0)
        self._settle()

    def set_shape(self, shape: float | None) -> None:
        """Set the frame's aspect ratio, width by height; None for the image's own."""
        self._shape = shape
        self._settle()

    def set_faces(self, faces: list[FoundFace]) -> None:
        """Mark faces; the first one is selected."""
        self.faces, self.chosen = faces, 0
        self.update()

    def show_face(self, number: int) -> None:
        """Select a face and frame head and shoulders."""
        self.chosen = number
        face = self.faces[number]
        self._centre = QPointF(face.x, face.y + _FACE_SHIFT * face.height)
        inner = self._extent(1.0)
        self._zoom = min(MOST_ZOOM, max(1.0, min(inner.width(), inner.height()) / (_SHOULDERS * face.height)))
        self._settle()

    def show_all(self) -> None:
        """Frame the whole image."""
        self._zoom, self._angle, self._shape = 1.0, 0.0, None
        self._settle()

    def result(self) -> QImage:
        """Return the crop at the image's resolution; areas outside the image get a solid color."""
        part = self._extent(self._zoom)
        size = QSize(max(1, round(part.width())), max(1, round(part.height())))
        kind = QImage.Format.Format_ARGB32 if self.picture.hasAlphaChannel() else QImage.Format.Format_RGB32
        made = QImage(size, kind)
        made.fill(Qt.GlobalColor.transparent if self.picture.hasAlphaChannel() else self._mean_color())
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(self._map(QPointF(size.width() / 2, size.height() / 2), 1.0))
        painter.drawImage(0, 0, self.picture)
        painter.end()
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the image, darkened outside the frame, and the faces."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(24, 26, 30))
        frame, scale = self._frame(), self._scale()
        transform = self._map(frame.center(), scale)
        painter.setTransform(transform)
        painter.drawImage(0, 0, self.picture)
        painter.resetTransform()
        self._shade(painter, frame)
        for number, face in enumerate(self.faces):
            self._draw_face(painter, transform, face, number)
        ring = self.palette().color(QPalette.ColorRole.Accent) if self.hasFocus() else QColor(255, 255, 255, 220)
        painter.setPen(QPen(ring, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a face, or start dragging the image."""
        at = self._to_picture(event.position())
        for number, face in enumerate(self.faces):
            if math.hypot(at.x() - face.x, at.y() - face.y) < face.height * 0.8 and number != self.chosen:
                self.face_chosen.emit(number)
                return
        self._grabbed = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the image."""
        if self._grabbed is not None:
            self._centre += self._grabbed - self._to_picture(event.position())
            self._settle()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stop dragging."""
        self._grabbed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self.set_zoom(self._zoom * 1.1 ** (event.angleDelta().y() / 120))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with arrow keys, zoom with + and -."""
        step = self._extent(self._zoom).width() / 20
        ways = {
            Qt.Key.Key_Left: QPointF(-step, 0),
            Qt.Key.Key_Right: QPointF(step, 0),
            Qt.Key.Key_Up: QPointF(0, -step),
            Qt.Key.Key_Down: QPointF(0, step),
        }
        if event.key() in ways:
            self._centre += ways[Qt.Key(event.key())]
            self._settle()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.set_zoom(self._zoom * (1.1 if event.key() == Qt.Key.Key_Plus else 1 / 1.1))
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        """Keep the frame's center on the image, and the whole frame inside it unless it is rotated."""
        part = self._extent(self._zoom)
        turned = abs(self._angle) > 0.05
        room_x = 0.0 if turned else min(part.width(), self.picture.width()) / 2
        room_y = 0.0 if turned else min(part.height(), self.picture.height()) / 2
        x = min(max(self._centre.x(), room_x), self.picture.width() - room_x)
        y = min(max(self._centre.y(), room_y), self.picture.height() - room_y)
        self._centre = QPointF(x, y)
        self.update()
        self.changed.emit()

    def _extent(self, zoom: float) -> QRectF:
        """Return the size of the crop in image pixels."""
        width, height = self.picture.width(), self.picture.height()
        shape = self._shape or width / height
        inner = min(width / shape, height)
        return QRectF(0, 0, inner * shape / zoom, inner / zoom)

    def _frame(self) -> QRectF:
        part = self._extent(self._zoom)
        scale = self._scale()
        frame = QRectF(0, 0, part.width() * scale, part.height() * scale)
        frame.moveCenter(QRectF(self.rect()).center())
        return frame

    def _scale(self) -> float:
        """Return the drawn size of an image pixel."""
        part = self._extent(self._zoom)
        return min((self.width() - 2 * _MARGIN) / part.width(), (self.height() - 2 * _MARGIN) / part.height())

    def _map(self, middle: QPointF, scale: float) -> QTransform:
        """Return the transform from the image to the widget, with the crop centered on ``middle``."""
        way = QTransform()
        way.translate(middle.x(), middle.y())
        way.scale(scale, scale)
        way.rotate(self._angle)
        way.translate(-self._centre.x(), -self._centre.y())
        return way

    def _to_picture(self, place: QPointF) -> QPointF:
        return self._map(self._frame().center(), self._scale()).inverted()[0].map(place)

    def _shade(self, painter: QPainter, frame: QRectF) -> None:
        outside = QPolygonF(QRectF(self.rect())).subtracted(QPolygonF(frame))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawPolygon(outside, Qt.FillRule.OddEvenFill)

    def _draw_face(self, painter: QPainter, transform: QTransform, face: FoundFace, number: int) -> None:
        corners = QTransform().translate(face.x, face.y).rotate(face.tilt)
        half = face.height * 0.85
        box = transform.map(corners.map(QPolygonF(QRectF(-half, -half * 1.15, 2 * half, 2.1 * half))))
        mine = number == self.chosen
        painter.setPen(QPen(QColor("#3fbf6a") if mine else QColor(255, 255, 255, 190), 2.5 if mine else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(box)

    def _mean_color(self) -> QColor:
        return self.picture.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation).pixelColor(0, 0)
