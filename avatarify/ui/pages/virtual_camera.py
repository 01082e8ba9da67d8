"""How to install a virtual camera on this system, test it, and select it in a meeting app."""

from __future__ import annotations

import sys
import threading
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from avatarify.output.mjpeg_address import page_address
from avatarify.output.virtual_devices import LOAD_COMMAND
from avatarify.ui.choices import PAGE, PREVIEW, VIRTUAL, Notice
from avatarify.ui.pages.page import Page
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.text.meetings import meeting_apps
from avatarify.ui.widgets.factories import with_tooltip
from avatarify.ui.widgets.set_up import SetUp
from avatarify.ui.widgets.switches import Tick
from avatarify.ui.worker import Worker

PATTERN_S = 30.0


class VirtualCameraPage(Page):
    """The virtual camera page for one operating system.

    Args:
        state: Knows whether there is a virtual camera.
        services: Sends the test pattern.
        worker: Runs it in the background.
        parent: The main window.
        system: As ``sys.platform`` names it.

    Signals:
        refresh_requested: Search for virtual cameras again.
    """

    refresh_requested = Signal()

    def __init__(
        self, state: AppState, services: Services, worker: Worker, parent: QWidget, system: str = sys.platform
    ) -> None:
        super().__init__(self.tr("Virtual camera"), parent)
        self._state = state
        self._services = services
        self._worker = worker
        self._stop = threading.Event()
        self._running = False
        self.verdict = self.heading("")
        if system.startswith("linux"):
            self._add_linux()
        elif system == "darwin":
            self._add_mac()
        else:
            self._add_windows()
        self._add_programs("Avatarify" if system.startswith("linux") else "OBS Virtual Camera")
        self._add_page()
        self._add_pattern()
        state.sinks_changed.connect(self._show)
        state.session_changed.connect(self._show)
        self.set_size(680, 680)
        self._show()

    def leave(self) -> None:
        """Stop the test pattern."""
        self._stop.set()

    def _add_linux(self) -> None:
        self.set_up = SetUp(self._state, self._services, self._worker, on_help_page=True)
        self.set_up.refresh_requested.connect(self.refresh_requested)
        self.column.addWidget(self.set_up)
        self.words(
            self.tr("On Linux, the kernel module v4l2loopback provides the virtual camera. To install it yourself:")
        )
        self.command("sudo apt install v4l2loopback-dkms")
        self.words(self.tr("Load it after each reboot (Chrome and Meet need exclusive_caps=1):"))
        self.command(LOAD_COMMAND)
        self.words(
            self.tr(
                "With Secure Boot, the module must be signed; otherwise modprobe reports “Key was rejected by service”."
            )
        )

    def _add_windows(self) -> None:
        self.words(self.tr("1. Install OBS Studio 26 or newer from obsproject.com."))
        self.words(self.tr("2. Start OBS once, click “Start Virtual Camera”, then stop it and close OBS."))
        self.words(
            self.tr("3. Return to this page and check again. Only one program can use the OBS camera at a time.")
        )

    def _add_mac(self) -> None:
        self.words(self.tr("1. Install OBS Studio 30 or newer in the Applications folder."))
        self.words(self.tr("2. Start OBS, click “Start Virtual Camera”, and allow its extension in System Settings."))
        self.words(self.tr("3. Restart the computer, then return to this page and check again."))

    def _add_programs(self, name: str) -> None:
        self.heading(self.tr("In the meeting app, select the camera “{}”").format(name))
        self.words("\n".join(meeting_apps()))
        self.words(
            self.tr(
                "Start Avatarify first. Restart any meeting app that was already open. If the picture is mirrored "
                "there, only the app's own preview is mirrored; others see it correctly."
            )
        )

    def _add_page(self) -> None:
        self.heading(self.tr("Without a virtual camera: a browser source in OBS"))
        tooltip = self.tr("Only programs on this computer can open it. In OBS, add a browser source with this address.")
        self.page = with_tooltip(Tick(self.tr("Send to {}").format(page_address())), tooltip, self._toggle_page)
        self.column.addWidget(self.page)
        self.words(tooltip)

    def _toggle_page(self) -> None:
        there = VIRTUAL if not self._state.remedy else PREVIEW
        self._state.choose_sink(PAGE if self.page.isChecked() else there)

    def _add_pattern(self) -> None:
        tooltip = self.tr("Send color bars to the virtual camera for 30 seconds")
        self.pattern = with_tooltip(QPushButton(self.tr("Test pattern")), tooltip, self._toggle_pattern)
        self.again = with_tooltip(
            QPushButton(self.tr("Check again")), self.tr("Check for virtual cameras again"), self.refresh_requested.emit
        )
        self.buttons.insertWidget(0, self.pattern)
        self.buttons.insertWidget(1, self.again)
        self.message = self.words("")
        self.column.addStretch(1)

    def _show(self) -> None:
        there = not self._state.remedy
        self.verdict.setText(self.tr("The virtual camera is ready.") if there else self.tr("No virtual camera found."))
        self.page.setChecked(self._state.sink.value == PAGE)
        self.pattern.setText(self.tr("Stop pattern") if self._running else self.tr("Test pattern"))
        self.pattern.setEnabled(there and not self._state.busy)

    def _toggle_pattern(self) -> None:
        if self._running:
            self._stop.set()
            return
        self._running, self._stop = True, threading.Event()
        self.message.setText(self.tr("The meeting app should now show color bars with a moving white bar."))
        work = partial(self._services.show_test_pattern, PATTERN_S, self._stop.is_set)
        self._worker.submit(work, self._sent, self._fail)
        self._show()

    def _sent(self, name: str) -> None:
        self._end(self.tr("The test pattern was sent to {}.").format(name))

    def _fail(self, error: Exception) -> None:
        self._end(Notice.of(error).words)

    def _end(self, text: str) -> None:
        self._running = False
        self.message.setText(text)
        self._show()
