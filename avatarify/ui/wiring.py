"""Connects the window's commands to their handlers, and opens pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from avatarify.ui import crash
from avatarify.ui.adjustment_handlers import adjustment_handlers
from avatarify.ui.choices import PREVIEW, VIRTUAL, Notice, Severity
from avatarify.ui.controller import Controller
from avatarify.ui.dialogs import Dialogs
from avatarify.ui.main_window import MainWindow
from avatarify.ui.text.translate import translate
from avatarify.ui.widgets.drop import DroppedData, read_mime_data
from avatarify.ui.widgets.factories import enable


class Wiring(QObject):
    """Connects one window to its controller."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._state = controller.state
        self._dialogs = Dialogs(window, controller)
        self._pages: dict[str, QWidget] = {}
        self._handlers = self._table()
        window.actions_.connect_all({name: self._handlers[name] for name in window.actions_})
        for signal in (window.actions_.rebound, window.hot_keys.changed):
            signal.connect(self._state.chosen)
        self._connect()
        self._show_switches()
        self._show_undo(False)

    def do(self, command: str, argument: str = "") -> None:
        """Execute the command of a notice."""
        others: dict[str, Callable[[], object]] = {
            "open_folder": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(argument)),
            "restart": self._controller.starter.restart,
            "smaller": partial(self._use_size, argument),
            "report": lambda: self._open_report(Path(argument)),
        }
        others.get(command, self._handlers.get(command, lambda: None))()

    def _use_size(self, size: str) -> None:
        """Send smaller pictures, which needs a restart."""
        self._state.choose_output(size=size)
        self._window.notice.clear()
        self._controller.starter.restart()

    def open_files(self, files: list[str]) -> None:
        """Open the files of a later start."""
        self._window.come_to_front()
        if files:
            self._controller.portraits.take(DroppedData([Path(file) for file in files]))

    def report_crash(self) -> None:
        """Show a notice if the last run crashed, once, and ask about its recordings."""
        report = crash.take_end()
        if report is not None:
            text = self.tr("Avatarify quit unexpectedly last time.")
            hint = self.tr("The report stays on this computer; you decide whether to share it.")
            self._window.notice.show_notice(Notice(text, hint, Severity.WARNING, "report", str(report)))
        self._dialogs.ask_interrupted()

    def _table(self) -> dict[str, Callable[..., object]]:
        window, controller, state, dialogs = self._window, self._controller, self._state, self._dialogs
        portraits = controller.portraits
        table: dict[str, Callable[..., object]] = {
            "start": controller.starter.toggle,
            "recalibrate": controller.live.recalibrate,
            "search": controller.live.search,
            "freeze": controller.live.freeze,
            "passthrough": dialogs.ask_passthrough,
            "snapshot": controller.recordings.take_snapshot,
            "record": controller.recordings.record,
            "virtual": self._switch_virtual,
            "cameras": partial(self._open, "cameras"),
            "quit": window.close,
            "full_screen": window.outputs.show_full_screen,
            "projector": window.outputs.show_projector,
            "previous": partial(state.step_portrait, -1),
            "next": partial(state.step_portrait, 1),
            "random": portraits.choose_random,
            "favorite": state.set_favorite,
            "earlier": partial(state.shift_portrait, -1),
            "later": partial(state.shift_portrait, 1),
            "add": dialogs.ask_for_files,
            "paste": lambda: portraits.take(read_mime_data(QGuiApplication.clipboard().mimeData())),
            "rename": dialogs.ask_for_name,
            "delete": portraits.delete,
            "undo": portraits.undo,
            "reload": portraits.refresh,
            "privacy": dialogs.show_privacy,
            "about": dialogs.show_about,
        }
        for page in ("virtual_camera", "engines", "diagnostics", "preferences", "keys", "insight", "documentation"):
            table[page] = partial(self._open, page)
        for number in range(1, 10):
            table[f"portrait_{number}"] = partial(window.gallery.choose_number, number)
        return table | adjustment_handlers(state)

    def _connect(self) -> None:
        window, controller, state, dialogs = self._window, self._controller, self._state, self._dialogs
        window.welcome.accepted.connect(state.accept_privacy)
        window.welcome.start_requested.connect(controller.starter.toggle)
        window.welcome.refresh_requested.connect(controller.refresh_devices)
        window.welcome.setup_requested.connect(partial(self._open, "virtual_camera"))
        controller.preparation.advanced.connect(window.welcome.ready.show_preparation)
        controller.preparation.finished.connect(window.welcome.ready.end_preparation)
        window.closing.connect(window.welcome.ready.speed.stop)
        window.drop.dropped.connect(controller.portraits.take)
        window.devices.refresh_requested.connect(controller.refresh_devices)
        window.devices.cameras_requested.connect(partial(self._open, "cameras"))
        window.devices.setup_requested.connect(partial(self._open, "virtual_camera"))
        window.adjust.folder_requested.connect(dialogs.ask_for_folder)
        window.notice.action_requested.connect(self.do)
        window.hot_keys.notice.connect(window.notice.show_notice)
        window.close_requested.connect(dialogs.ask_to_close)
        window.closing.connect(window.hot_keys.close)
        window.closing.connect(window.outputs.close)
        window.closing.connect(self._close_others)  # before the controller, which waits for their work
        window.closing.connect(controller.close)
        controller.notice.connect(window.notice.show_notice)
        controller.warning_over.connect(window.notice.clear_warning)
        for still in (controller.portraits.still, controller.idle.made):
            still.connect(window.preview.set_still)
            still.connect(window.outputs.set_still)
        controller.portraits.can_undo.connect(self._show_undo)
        controller.portraits.opened.connect(dialogs.crop)
        controller.bridge.picture.connect(window.preview.set_picture)
        controller.bridge.picture.connect(window.outputs.set_picture)
        controller.bridge.camera.connect(window.preview.set_camera)
        window.preview.camera.clicked.connect(controller.live.follow_face)
        controller.bridge.preparing.connect(window.status.show_preparation)
        controller.bridge.preparing.connect(lambda text, share: window.preview.set_step(window.status.engine))
        controller.bridge.statistics.connect(window.status.show_statistics)
        controller.bridge.statistics.connect(lambda statistics: window.transport.show_recording(statistics.recording))
        controller.bridge.statistics.connect(lambda statistics: window.preview.set_lines(window.status.lines))
        for signal in (state.controls_changed, state.view_changed, state.sinks_changed):
            signal.connect(self._show_switches)

    def _close_others(self) -> None:
        """Close the other windows, so that they end their work."""
        for dialog in self._window.findChildren(QDialog):
            dialog.close()

    def _show_switches(self) -> None:
        """Update the checked state of menu items."""
        actions, state = self._window.actions_, self._state
        for name in ("mirror", "follow"):
            actions[name].setChecked(getattr(state.controls, name))
        for name in ("mirror_preview", "figures", "landmarks", "camera_preview", "side_by_side"):
            actions[name].setChecked(getattr(state.settings, name))
        enable(actions["virtual"], translate(state.remedy))
        actions["virtual"].setChecked(state.sink.value == VIRTUAL)

    def _show_undo(self, can: bool) -> None:
        enable(self._window.actions_["undo"], "" if can else self.tr("Nothing was deleted."))

    def _switch_virtual(self, on: bool) -> None:
        self._state.choose_sink(VIRTUAL if on else PREVIEW)

    def _open(self, name: str) -> None:
        """Open a page, or bring it to the front."""
        page = self._pages.get(name)
        if page is None:
            page = self._make(name)
            self._pages[name] = page
            page.destroyed.connect(lambda: self._pages.pop(name, None))
        page.show()
        page.raise_()
        page.activateWindow()

    def _make(self, name: str) -> QWidget:
        from avatarify.ui import pages

        return pages.make(name, self._window, self._controller)

    def _open_report(self, file: Path) -> None:
        from avatarify.ui.pages.diagnostics import ReportPage

        ReportPage(file, self._window).show()
