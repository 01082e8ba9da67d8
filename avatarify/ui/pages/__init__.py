"""Secondary windows: virtual camera, engines, diagnostics, shortcuts, preferences, documentation, how it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from avatarify.ui.controller import Controller
    from avatarify.ui.main_window import MainWindow


def make(name: str, window: MainWindow, controller: Controller) -> QWidget:
    """Create the page of a command; pages are imported on first use."""
    state, services, worker = controller.state, controller.services, controller.worker
    if name == "cameras":
        from avatarify.ui.widgets.camera_chooser import CameraDialog

        return CameraDialog(state, controller.previewer, window)
    if name == "virtual_camera":
        from avatarify.ui.pages.virtual_camera import VirtualCameraPage

        page = VirtualCameraPage(state, services, worker, window)
        page.refresh_requested.connect(controller.refresh_devices)
        return page
    if name == "keys":
        from avatarify.ui.pages.keys import KeysPage

        return KeysPage(state, window.actions_, window.hot_keys, window)
    if name == "preferences":
        from avatarify.ui.pages.preferences import PreferencesPage

        preferences = PreferencesPage(state, services, worker, window)
        preferences.theme_chosen.connect(window.theme_requested)
        return preferences
    if name == "engines":
        from avatarify.ui.pages.engines import EnginesPage

        return EnginesPage(services, worker, window)
    if name == "documentation":
        from avatarify.ui.pages.documentation import DocumentationPage

        return DocumentationPage(window)
    if name == "insight":
        from avatarify.ui.pages.insight import InsightPage

        return InsightPage(controller, window)
    from avatarify.ui.pages.diagnostics import DiagnosticsPage

    return DiagnosticsPage(state, services, worker, window)
