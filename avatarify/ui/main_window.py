"""The main window and its layout. ``controller`` and ``wiring`` hold the behavior."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QCoreApplication, QSize, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.actions import Actions
from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.choices import Notice
from avatarify.ui.commands import COMMANDS, EDIT, HELP, PICTURE, PORTRAIT, SESSION, VIEW, group_words
from avatarify.ui.hotkeys import open_catcher, why_not
from avatarify.ui.hotkeys.manager import HotKeys
from avatarify.ui.output_window import OutputWindows
from avatarify.ui.screen_fit import fit
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.widgets.adjust import Adjust
from avatarify.ui.widgets.device_picker import DevicePicker
from avatarify.ui.widgets.drop import FileDrop
from avatarify.ui.widgets.gallery import Gallery
from avatarify.ui.widgets.notice import NoticeStrip
from avatarify.ui.widgets.preview import Preview
from avatarify.ui.widgets.side import Side
from avatarify.ui.widgets.status import StatusLine
from avatarify.ui.widgets.transport import Transport
from avatarify.ui.widgets.welcome import Welcome
from avatarify.ui.worker import Worker

_MARGIN = 14
_SIZE = QSize(1280, 780)
_BEFORE_A_LINE = (
    *("freeze", "virtual", "cameras", "undo", "delete", "random", "later", "zoom_out", "pan_right", "overlay_more"),
    *("side_by_side", "keys", "diagnostics", "privacy"),
)


class MainWindow(QMainWindow):
    """Preview and its buttons on the left, portraits and controls on the right, status below.

    Args:
        state: What is shown.
        services, worker: Do what is slow in the assistant.
        previewer: Provides live camera images.

    Signals:
        close_requested: The user wants to close the window while a session runs.
        leaving: The window is closing; later starts must not find it.
        closing: After that; its geometry is already in the settings. Slow work ends here.
        theme_requested: ``system``, ``light`` or ``dark``.
        activated: Files (list of str) passed to a later start.
        unexpected: An unexpected error; may be emitted from any thread.
    """

    close_requested = Signal()
    leaving = Signal()
    closing = Signal()
    theme_requested = Signal(str)
    activated = Signal(object)
    unexpected = Signal(object)

    def __init__(self, state: AppState, services: Services, worker: Worker, previewer: CameraPreviewer) -> None:
        super().__init__()
        self.setWindowTitle("Avatarify")
        self.state = state
        self._sure = False
        self.actions_ = Actions(self, state.settings.keys, state.settings.letter_keys)
        platform = QGuiApplication.platformName()
        catches, obstacle = partial(open_catcher, platform), why_not(platform)
        self.hot_keys = HotKeys(self.actions_, state.settings.global_keys, catches, obstacle, self)
        self.notice = NoticeStrip(help_words)
        self.welcome, self.preview = Welcome(state, services, worker, previewer), Preview(state)
        self.transport = Transport(state, self.actions_)
        self.gallery, self.devices = Gallery(state, self.actions_), DevicePicker(state)
        self.adjust = Adjust(state)
        self.status = StatusLine(state)
        self.drop = FileDrop(self)
        self.outputs = OutputWindows(state, self.actions_, self)
        self._add_menus()
        self.setCentralWidget(self._lay_out())
        fit(self, _SIZE)
        self.restoreGeometry(QByteArray.fromBase64(state.settings.window.encode("utf-8")))
        self.welcome.finished.connect(self._show_preview)
        state.session_changed.connect(self._leave_welcome)
        self.unexpected.connect(lambda error: self.notice.show_notice(Notice.of(error)))
        self._stage.setCurrentWidget(self.preview if state.settings.privacy_accepted else self.welcome)
        (self.gallery.view if state.settings.privacy_accepted else self.welcome.agree).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide at once, unless a session runs and the user has not confirmed it; slow work follows."""
        if self.state.session.live and not self._sure:
            event.ignore()
            self.close_requested.emit()
            return
        self.state.settings.window = self.saveGeometry().toBase64().toStdString()
        self.hide()
        self.leaving.emit()
        self.closing.emit()
        super().closeEvent(event)

    def shut(self) -> None:
        """Close the window, and end a session that runs."""
        self._sure = True
        self.close()

    def come_to_front(self) -> None:
        """Show the window and bring it to the front."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def _add_menus(self) -> None:
        for group in (SESSION, EDIT, PORTRAIT, PICTURE, VIEW, HELP):
            menu = self.menuBar().addMenu(group_words(group))
            menu.setToolTipsVisible(True)  # they say why a command is disabled
            for command in COMMANDS:
                if command.group == group:
                    menu.addAction(self.actions_[command.name])
                    if command.name in _BEFORE_A_LINE:
                        menu.addSeparator()

    def _lay_out(self) -> QWidget:
        self._stage = QStackedWidget()
        self._stage.addWidget(self.welcome)
        self._stage.addWidget(self.preview)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._stage, 1)
        left.addWidget(self.transport)
        middle = QHBoxLayout()
        middle.setSpacing(_MARGIN)
        middle.addLayout(left, 1)
        side = Side(self.gallery, self.adjust, self.devices)
        self.tabs = side.tabs
        middle.addWidget(side)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        rows.setSpacing(12)
        rows.addWidget(self.notice)
        rows.addLayout(middle, 1)
        rows.addWidget(self.status)
        return whole

    def _leave_welcome(self, session: SessionState) -> None:
        """Leave the welcome pages when a session is started elsewhere in the window."""
        if session is SessionState.STARTING and self._stage.currentWidget() is self.welcome:
            self._show_preview()

    def _show_preview(self) -> None:
        self._stage.setCurrentWidget(self.preview)
        self.gallery.view.setFocus()


def help_words(command: str) -> str:
    """Return the button label of a notice's command."""
    translate = QCoreApplication.translate
    return {
        "cameras": translate("Help", "Choose a camera"),
        "diagnostics": translate("Help", "Diagnostics"),
        "keys": translate("Help", "Keyboard shortcuts"),
        "open_folder": translate("Help", "Show in folder"),
        "recalibrate": translate("Help", "Recalibrate"),
        "report": translate("Help", "Show report"),
        "restart": translate("Help", "Restart now"),
        "smaller": translate("Help", "Smaller output"),
        "undo": translate("Help", "Undo"),
        "virtual_camera": translate("Help", "Set up…"),
    }.get(command, command)
