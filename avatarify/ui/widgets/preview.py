"""The preview: the newest output frame, as large as possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.state import AppState
from avatarify.ui.theme import is_dark, mix
from avatarify.ui.widgets.camera_view import CameraView

if TYPE_CHECKING:
    from avatarify.face.face import Face
    from avatarify.frames import U8

_RADIUS = 10.0
_PIP_SHARE = 0.26  # of the width
_PIP_GAP = 12


class Preview(QWidget):
    """Shows what others see, or the portrait while no session runs."""

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._picture: U8 | None = None
        self._fitted: tuple[U8, QImage] | None = None  # the image only borrows the array's memory
        self._still = QImage()
        self._lines: list[str] = []
        self._step = ""
        self.camera = CameraView(state, self)
        self.setMinimumSize(320, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Preview: what others see"))
        state.session_changed.connect(self._follow)
        state.view_changed.connect(self._lay_out)
        state.flag_changed.connect(lambda name: self.update())
        self._lay_out()

    @property
    def shows_live(self) -> bool:
        """Whether a frame of a session is shown, not the portrait."""
        return self._picture is not None

    @property
    def has_still(self) -> bool:
        """Whether there is a portrait to show while no session runs."""
        return not self._still.isNull()

    def sizeHint(self) -> QSize:
        """Return the usual size of the preview."""
        return QSize(800, 450)

    def set_picture(self, picture: U8) -> None:
        """Show an output frame, (H, W, 3) uint8 RGB; it is kept until the next one and must not change."""
        self._picture, self._fitted = picture, None
        self.update()

    def set_camera(self, frame: U8, face: Face | None) -> None:
        """Show a camera frame, (H, W, 3) uint8 RGB, beside the output or in its corner."""
        first = not self.camera.has_frame
        self.camera.set_frame(frame, face)
        if first:
            self._lay_out()

    def set_lines(self, lines: list[str]) -> None:
        """Set the statistics that are drawn over the preview if enabled."""
        self._lines = lines
        if self._state.settings.figures:
            self.update()

    def set_step(self, step: str) -> None:
        """Set what is done while a session starts."""
        self._step = step
        self.update()

    def set_still(self, still: QImage) -> None:
        """Set the portrait that is shown while no session runs."""
        self._still = still
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw background, frame, and caption."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._stage_color())
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        if self._picture is not None:
            self._draw_live(painter, self._picture)
        elif not self._still.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            still = self._still
            if self._state.settings.mirror_preview:
                still = still.flipped(Qt.Orientation.Horizontal)
            painter.drawImage(self._room_for(still.width(), still.height()), still)
        self._draw_caption(painter, self._caption())
        if self._state.settings.figures and self._picture is not None and self._lines:
            self._draw_lines(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the frame to the new size."""
        self._lay_out()

    def _follow(self, state: SessionState) -> None:
        if state is SessionState.STARTING:
            self._step = ""
        if state.final:
            self._picture = self._fitted = None
            self.camera.set_frame(None, None)
            self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        """Place the camera view beside the output or in its corner, or hide it."""
        kept = self._state.settings
        self._fitted = None
        self.camera.setVisible(self.camera.has_frame and (kept.side_by_side or kept.camera_preview))
        if kept.side_by_side:
            self.camera.setGeometry(0, 0, self.width() // 2 - 4, self.height())
        else:
            width = max(150, round(self.width() * _PIP_SHARE))
            height = width * 9 // 16
            self.camera.setGeometry(_PIP_GAP, self.height() - height - _PIP_GAP, width, height)
        self.update()

    @property
    def _stage(self) -> QRectF:
        """Area of the output: beside the camera, or the whole widget."""
        if self._state.settings.side_by_side and self.camera.has_frame:
            return QRectF(self.width() // 2 + 4, 0, self.width() // 2 - 4, self.height())
        return QRectF(self.rect())

    def _caption(self) -> str:
        if self._state.flag("passthrough"):
            return self.tr("Your real face is being sent")
        if self._state.flag("freeze"):
            return self.tr("Frozen")
        captions = {
            SessionState.STARTING: self._step or self.tr("Starting…"),
            SessionState.RUNNING: "",
            SessionState.NO_FACE: self.tr("No face in view"),
            SessionState.CAMERA_LOST: self.tr("Camera lost, reconnecting"),
            SessionState.CAMERA_BUSY: self.tr("Camera in use by another program"),
            SessionState.CAMERA_FROZEN: self.tr("Camera frozen, reconnecting"),
            SessionState.CAMERA_DARK: self.tr("Camera covered or dark"),
            SessionState.SINK_LOST: self.tr("Output lost, reconnecting"),
            SessionState.STOPPING: self.tr("Stopping…"),
        }
        return captions.get(self._state.session, self.tr("Not running"))

    def _draw_lines(self, painter: QPainter) -> None:
        words = "\n".join(self._lines)
        painter.setPen(QColor("white"))  # without a pen, Qt measures no text
        room = painter.boundingRect(QRectF(self.rect()), Qt.AlignmentFlag.AlignLeft, words)  # as its script needs
        box = QRectF(0, 12, room.width() + 20, room.height() + 12)
        box.moveRight(self.width() - 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 165))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor("white"))
        painter.drawText(box.adjusted(10, 6, -8, -6), Qt.AlignmentFlag.AlignLeft, words)

    def _draw_live(self, painter: QPainter, picture: U8) -> None:
        room = self._room_for(picture.shape[1], picture.shape[0])
        if self._fitted is None:
            size = room.size().toSize() * self.devicePixelRatio()
            self._fitted = fit_picture(picture, size, flipped=self._state.settings.mirror_preview)
        painter.drawImage(room, self._fitted[1])

    def _draw_caption(self, painter: QPainter, text: str) -> None:
        if not text:
            return
        width = painter.fontMetrics().horizontalAdvance(text) + 24
        pill = QRectF(12, 12, width, painter.fontMetrics().height() + 10)
        painter.setPen(Qt.PenStyle.NoPen)
        alarm = self._state.flag("passthrough")
        painter.setBrush(QColor(196, 43, 28, 235) if alarm else QColor(0, 0, 0, 175))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor("white"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _room_for(self, width: int, height: int) -> QRectF:
        """Return the largest centered rectangle of this shape, on whole pixels."""
        stage = self._stage
        scale = min(stage.width() / width, stage.height() / height)
        room = QRectF(0, 0, round(width * scale), round(height * scale))
        room.moveCenter(QPointF(round(stage.center().x()), round(stage.center().y())))
        return room

    def _stage_color(self) -> QColor:
        window = self.palette().color(QPalette.ColorRole.Window)
        return mix(window, QColor("black"), 0.5 if is_dark(self.palette()) else 0.12)


def fit_picture(picture: U8, size: QSize, *, flipped: bool) -> tuple[U8, QImage]:
    """Scale and convert in this thread, in about a millisecond.

    Qt's smooth scaling takes about 40 ms, and it and Qt's conversion from RGB wait for helper threads, which get no
    processor time while a session runs.
    """
    import cv2

    scaled = cv2.resize(picture, (max(1, size.width()), max(1, size.height())))
    if flipped:
        scaled = cv2.flip(scaled, 1)
    native: U8 = cv2.cvtColor(scaled, cv2.COLOR_RGB2BGRA)  # what QImage calls RGB32
    height, width = native.shape[:2]
    return native, QImage(native.data, width, height, native.strides[0], QImage.Format.Format_RGB32)
