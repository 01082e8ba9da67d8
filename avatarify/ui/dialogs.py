"""Asks the user for files, names, a crop, and confirmation."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QSystemTrayIcon

from avatarify import __version__
from avatarify.files import IMAGE_SUFFIXES
from avatarify.ui.controller import Controller
from avatarify.ui.main_window import MainWindow
from avatarify.ui.widgets.drop import DroppedData


class Dialogs(QObject):
    """Opens dialogs over the window; each returns at once and acts when the user has answered.

    Args:
        window: The main window; owns the dialogs.
        controller: Does what the user has confirmed.
    """

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._state = controller.state
        self._closing: QMessageBox | None = None
        self._to_crop: list[tuple[QImage, str]] = []
        self._cropping = False

    def ask_passthrough(self, on: bool) -> None:
        """Ask for confirmation before sending the user's real face."""
        action = self._window.actions_["passthrough"]
        if not on:
            self._controller.live.show_camera(False)
            return
        action.setChecked(False)
        question = QMessageBox(self._window)
        question.setIcon(QMessageBox.Icon.Warning)
        question.setWindowTitle(self.tr("Show my real face"))
        question.setText(self.tr("Send your real face instead of the portrait?"))
        question.setInformativeText(
            self.tr("Everyone who sees the output will see your camera image, marked as such, until you turn this off.")
        )
        yes = question.addButton(self.tr("Show my face"), QMessageBox.ButtonRole.AcceptRole)
        no = question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(no)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes.clicked.connect(lambda: self._controller.live.show_camera(True))
        question.open()

    def ask_interrupted(self) -> None:
        """Ask whether to keep recordings that were interrupted; a question that is closed is asked again next time."""
        from avatarify.output.interrupted import interrupted

        for recording in interrupted():
            question = QMessageBox(self._window)
            question.setIcon(QMessageBox.Icon.Question)
            question.setWindowTitle(self.tr("Interrupted recording"))
            question.setText(self.tr("A recording was interrupted. Keep it?"))
            question.setInformativeText(str(recording.goal))
            keep = question.addButton(self.tr("Keep"), QMessageBox.ButtonRole.AcceptRole)
            delete = question.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
            later = question.addButton(self.tr("Ask later"), QMessageBox.ButtonRole.RejectRole)
            question.setDefaultButton(keep)
            question.setEscapeButton(later)
            question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            keep.clicked.connect(partial(self._controller.recordings.keep_interrupted, recording))
            delete.clicked.connect(partial(self._controller.recordings.delete_interrupted, recording))
            question.open()

    def ask_for_files(self) -> None:
        """Ask for image files to add as portraits."""
        patterns = " ".join(f"*{suffix}" for suffix in IMAGE_SUFFIXES)
        kinds = self.tr("Images ({})").format(patterns)
        dialog = QFileDialog(self._window, self.tr("Add portraits"), str(Path.home()), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        take = self._controller.portraits.take
        dialog.filesSelected.connect(lambda names: take(DroppedData([Path(name) for name in names])))
        dialog.open()

    def ask_for_folder(self) -> None:
        """Ask for the folder of recordings and snapshots."""
        dialog = QFileDialog(self._window, self.tr("Folder for recordings and snapshots"), str(self._state.recordings))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self._state.choose_output(recordings=folder))
        dialog.open()

    def ask_for_name(self) -> None:
        """Ask for a new name of the selected portrait; only the user's own can be renamed."""
        portrait = self._state.portrait
        if portrait is None or not portrait.own:
            return
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Rename portrait"))
        dialog.setLabelText(self.tr("Portrait name"))
        dialog.setTextValue(portrait.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(
            lambda name: self._controller.portraits.rename(portrait, name) if name.strip() else None
        )
        dialog.open()

    def crop(self, picture: QImage, name: str) -> None:
        """Ask which part of a picture becomes a portrait; several pictures are asked about one after the other."""
        self._to_crop.append((picture, name))
        if not self._cropping:
            self._crop_next()

    def _crop_next(self) -> None:
        from avatarify.ui.widgets.crop_dialog import CropDialog

        self._cropping = bool(self._to_crop)
        if not self._cropping:
            return
        picture, name = self._to_crop.pop(0)
        portraits = self._controller.portraits
        dialog = CropDialog(picture, name, portraits.find_faces, self._window)
        dialog.cropped.connect(portraits.add)
        dialog.finished.connect(self._crop_next)
        dialog.open()

    def ask_to_close(self) -> None:
        """Ask what to do with a running session; once, however often the window is closed meanwhile."""
        if self._closing is not None:
            return
        question = self._closing = QMessageBox(self._window)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(self.tr("A session is running"))
        question.setText(self.tr("Stop sending the portrait and quit?"))
        question.setInformativeText(self._consequence())
        leave = question.addButton(self.tr("Stop and quit"), QMessageBox.ButtonRole.DestructiveRole)
        stay = question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(leave)
        question.setEscapeButton(stay)
        leave.clicked.connect(self._window.shut)
        if QSystemTrayIcon.isSystemTrayAvailable():
            keep = question.addButton(self.tr("Keep running in the tray"), QMessageBox.ButtonRole.ActionRole)
            keep.clicked.connect(self._window.hide)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.finished.connect(self._closed)
        question.open()

    def _consequence(self) -> str:
        if self._state.flag("record"):
            return self.tr("Others will no longer see the portrait. The recording is finished and kept.")
        return self.tr("Others will no longer see the portrait.")

    def _closed(self) -> None:
        self._closing = None

    def show_about(self) -> None:
        """Show name, version, and license."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About Avatarify"))
        box.setText(f"Avatarify {__version__}")
        box.setInformativeText(self.tr("Everything runs on this computer. MIT license."))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def show_privacy(self) -> None:
        """Show the privacy notice again."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Privacy"))
        box.setText("\n\n".join(self._window.welcome.points))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
