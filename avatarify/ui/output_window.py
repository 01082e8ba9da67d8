"""Windows that show only the picture: full screen, and one without a frame that other programs can capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from avatarify.ui.actions import Actions
from avatarify.ui.screen_fit import fit
from avatarify.ui.state import AppState
from avatarify.ui.widgets.preview import fit_picture

if TYPE_CHECKING:
    from avatarify.frames import U8

_USUAL = QSize(1280, 720)


class OutputWindow(QWidget):
    """The output on black, with nothing around it. Escape closes it, dragging moves it.

    Args:
        state: Knows whether the preview is mirrored.
        mirrored: Show the picture as the preview does; otherwise as others see it.
        parent: The main window; its keys work here too.

    Signals:
        closed: It is gone.
    """

    closed = Signal()

    def __init__(self, state: AppState, actions: Actions, mirrored: bool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._state, self._mirrored = state, mirrored
        self._picture: U8 | None = None
        self._fitted: tuple[U8, QImage] | None = None  # the image only borrows the array's memory
        self._still = QImage()
        self.setWindowTitle(self.tr("Avatarify output"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addActions([actions[name] for name in actions])
        fit(self, _USUAL)

    def set_picture(self, picture: U8) -> None:
        """Show an output frame, (H, W, 3) uint8 RGB; it is kept until the next one and must not change."""
        self._picture, self._fitted = picture, None
        self.update()

    def set_still(self, still: QImage) -> None:
        """Set what is shown while no session runs."""
        self._still = still
        self.update()

    def end_session(self) -> None:
        """Show the still picture again."""
        self._picture = self._fitted = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture as large as possible."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("black"))
        flipped = self._mirrored and self._state.settings.mirror_preview
        if self._picture is not None:
            room = self._room(QSize(self._picture.shape[1], self._picture.shape[0]))
            if self._fitted is None:
                size = room.size().toSize() * self.devicePixelRatio()
                self._fitted = fit_picture(self._picture, size, flipped=flipped)
            painter.drawImage(room, self._fitted[1])
        elif not self._still.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            still = self._still.flipped(Qt.Orientation.Horizontal) if flipped else self._still
            painter.drawImage(self._room(still.size()), still)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to close it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Close"), self.close)
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the window manager move the window, which has no title bar."""
        if event.button() is Qt.MouseButton.LeftButton and not self.isFullScreen():
            self.windowHandle().startSystemMove()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it is gone."""
        self.closed.emit()
        super().closeEvent(event)

    def _room(self, size: QSize) -> QRectF:
        shown = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        room = QRectF(0, 0, shown.width(), shown.height())
        room.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        return room


class OutputWindows(QObject):
    """Opens and closes the windows that show only the picture.

    Args:
        state: State of the window.
        actions: The commands ``full_screen`` and ``projector`` are unchecked when their window is closed.
        parent: The main window.
    """

    def __init__(self, state: AppState, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._state, self._actions, self._window = state, actions, parent
        self._open: dict[str, OutputWindow] = {}
        self._still = QImage()
        state.session_changed.connect(lambda session: self._end_session() if session.final else None)

    def show_full_screen(self, on: bool) -> None:
        """Show or leave a full-screen picture; the main window stays as it is."""
        self._switch("full_screen", on, mirrored=True)

    def show_projector(self, on: bool) -> None:
        """Open or close the window that other programs capture."""
        self._switch("projector", on, mirrored=False)

    def set_picture(self, picture: U8) -> None:
        """Show an output frame, (H, W, 3) uint8 RGB."""
        for window in self._open.values():
            window.set_picture(picture)

    def set_still(self, still: QImage) -> None:
        """Set what is shown while no session runs."""
        self._still = still
        for window in self._open.values():
            window.set_still(still)

    def close(self) -> None:
        """Close all."""
        for window in list(self._open.values()):
            window.close()

    def _switch(self, name: str, on: bool, *, mirrored: bool) -> None:
        if not on:
            if name in self._open:
                self._open[name].close()
            return
        window = self._open[name] = OutputWindow(self._state, self._actions, mirrored, self._window)
        window.set_still(self._still)
        window.closed.connect(lambda: self._forget(name))
        if name == "full_screen":
            window.setScreen(self._window.screen())
            window.showFullScreen()
        else:
            window.show()

    def _forget(self, name: str) -> None:
        self._open.pop(name, None)
        self._actions[name].setChecked(False)

    def _end_session(self) -> None:
        for window in self._open.values():
            window.end_session()
