"""Camera list with live images."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QIcon, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.screen_fit import fit
from avatarify.ui.state import AppState

_PICTURE = QSize(192, 108)
_VALUE = Qt.ItemDataRole.UserRole
_MOST = 4  # cameras open at the same time


class CameraChooser(QListWidget):
    """A list of camera images; cameras are open only while it is visible, and a session shows its own.

    Args:
        state: State of the window.
        previewer: Provides live camera images.

    Signals:
        taken: A camera was chosen by double click or Return.
    """

    taken = Signal()

    def __init__(self, state: AppState, previewer: CameraPreviewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._previewer = previewer
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMovement(QListWidget.Movement.Static)
        self.setIconSize(_PICTURE)
        self.setGridSize(_PICTURE + QSize(20, 44))
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("Cameras"))
        previewer.seen.connect(self._show_picture)
        previewer.failed.connect(self._show_failure)
        state.cameras_changed.connect(self._fill)
        state.session_changed.connect(self._follow)
        self.currentItemChanged.connect(self._choose)
        self.itemActivated.connect(lambda item: self.taken.emit())
        self._fill()

    @property
    def pictured(self) -> set[str]:
        """The cameras whose picture has come."""
        return {item.data(_VALUE) for item in self._entries() if item.data(_VALUE + 1)}

    def showEvent(self, event: QShowEvent) -> None:
        """Open the cameras."""
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the cameras before a session needs one."""
        super().hideEvent(event)
        self._previewer.stop()

    def _entries(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _fill(self) -> None:
        values = [choice.value for choice in self._state.cameras]
        if values != [item.data(_VALUE) for item in self._entries()]:
            self.blockSignals(True)
            self.clear()
            for choice in self._state.cameras:
                item = QListWidgetItem(_icon(QImage()), choice.label, self)
                item.setData(_VALUE, choice.value)
                item.setToolTip(choice.label)
            self.blockSignals(False)
            self._previewer.stop()
        if not self._previewer.watching:
            self._look()
        for item in self._entries():
            if item.data(_VALUE) == self._state.camera.value:
                self.setCurrentItem(item)

    def _follow(self, session: SessionState) -> None:
        """Open the cameras again after a session has taken or freed one."""
        if session.final or not self._previewer.watching:
            self._look()

    def _look(self) -> None:
        """Open the cameras that are free; of the one in use, the session gives the pictures."""
        if not self.isVisible() or self._state.session in (SessionState.STARTING, SessionState.STOPPING):
            return
        used = self._state.camera.value if self._state.busy else ""
        values = [choice.value for choice in self._state.cameras if choice.value != used]
        self._previewer.start(values[-_MOST:])

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_VALUE) != self._state.camera.value:
            self._state.choose_camera(item.data(_VALUE))

    def _show_picture(self, value: str, image: QImage) -> None:
        for item in self._entries():
            if item.data(_VALUE) == value:
                item.setIcon(_icon(image))
                item.setData(_VALUE + 1, True)

    def _show_failure(self, value: str, why: str) -> None:
        for item, choice in zip(self._entries(), self._state.cameras, strict=False):
            if item.data(_VALUE) == value:
                item.setText(self.tr("{} (no image)").format(choice.label))
                item.setToolTip(why)


class CameraDialog(QDialog):
    """The camera list in a dialog."""

    def __init__(self, state: AppState, previewer: CameraPreviewer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Choose a camera"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chooser = CameraChooser(state, previewer)
        self.chooser.taken.connect(self.accept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(self.tr("Which camera shows you?")))
        column.addWidget(self.chooser, 1)
        column.addWidget(buttons)
        fit(self, QSize(480, 420))


def _icon(image: QImage) -> QIcon:
    """Return the image centered on a dark background, so that all icons have the same size."""
    from PySide6.QtGui import QPainter

    board = QPixmap(_PICTURE)
    board.fill(QColor(28, 30, 34))
    if not image.isNull():
        mode = Qt.TransformationMode.SmoothTransformation
        shown = image.scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio, mode)
        painter = QPainter(board)
        painter.drawImage((board.width() - shown.width()) // 2, (board.height() - shown.height()) // 2, shown)
        painter.end()
    icon = QIcon(board)
    icon.addPixmap(board, QIcon.Mode.Selected)  # otherwise Qt tints it
    return icon
