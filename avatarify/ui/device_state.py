"""The chosen devices and output, part of the window's state."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Signal

from avatarify.messages import Message
from avatarify.settings import Settings
from avatarify.ui.choices import Choice, chosen
from avatarify.ui.device_choices import camera_choices, other_sinks, sink_choices


class DeviceState(QObject):
    """Cameras, outputs, and what is sent; used only on the window's thread.

    Args:
        settings: The user's settings; changed in place.

    Attributes:
        cameras, sinks: The available choices.
        remedy: How to get a virtual camera; empty if there is one.

    Signals:
        chosen: A setting has changed.
        cameras_changed, sinks_changed: A list, and perhaps its selection, has changed.
        output_changed: Camera, sink, size, frame rate, or folder has changed; its name.
    """

    chosen = Signal()
    cameras_changed = Signal()
    sinks_changed = Signal()
    output_changed = Signal(str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.cameras = camera_choices([])
        self.sinks = other_sinks()
        self.remedy = Message("")

    @property
    def camera(self) -> Choice:
        """The selected camera; the first one if it is not connected."""
        return chosen(self.cameras, self.settings.camera)

    @property
    def sink(self) -> Choice:
        """The selected output; the first usable one if it cannot be used."""
        return chosen(self.sinks, self.settings.sink)

    @property
    def recordings(self) -> Path:
        """The folder of recordings and snapshots."""
        movies = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        return Path(self.settings.recordings or movies)

    def set_cameras(self, cameras: Sequence[tuple[int, str]]) -> None:
        """Replace the list of cameras, given by number and name; cameras with equal names are selected by number."""
        self.cameras = camera_choices(cameras)
        self.cameras_changed.emit()

    def set_virtual_cameras(self, names: Sequence[str], remedy: Message) -> None:
        """Replace the list of outputs; ``remedy`` says how to get a virtual camera."""
        self.remedy = Message("") if names else remedy
        self.sinks = sink_choices(names, self.remedy)
        self.sinks_changed.emit()

    def choose_camera(self, value: str) -> None:
        """Select a camera."""
        self.show_camera_choice(value)
        self.output_changed.emit("camera")

    def show_camera_choice(self, value: str) -> None:
        """Show which camera is used, without changing it."""
        self.settings.camera = value
        self.cameras_changed.emit()
        self.chosen.emit()

    def choose_sink(self, value: str) -> None:
        """Select an output."""
        self.settings.sink = value
        self.sinks_changed.emit()
        self.chosen.emit()
        self.output_changed.emit("sink")

    def choose_output(self, **values: Any) -> None:
        """Change output settings: ``size``, ``fps``, ``recordings``."""
        for name, value in values.items():
            if getattr(self.settings, name) != value:
                setattr(self.settings, name, value)
                self.output_changed.emit(name)
        self.chosen.emit()
