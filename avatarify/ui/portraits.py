"""Gallery operations: add, rename, delete, and restore portraits."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from avatarify.ui import thumbnails
from avatarify.ui.choices import Notice, PortraitItem, Severity
from avatarify.ui.portrait_files import Added, FoundFace
from avatarify.ui.portrait_name import plain_name
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import translate
from avatarify.ui.widgets.drop import DroppedData
from avatarify.ui.worker import Worker


class Portraits(QObject):
    """Manages the list of portraits in the background.

    Args:
        state: Holds the list.
        services: Does the work.
        worker: Runs it in the background.

    Signals:
        notice: Notice to show.
        opened: An image (QImage) and a name, to crop and add.
        still: QImage of the chosen portrait.
        can_undo: Whether there is a deleted portrait to restore.
    """

    notice = Signal(object)
    opened = Signal(QImage, str)
    still = Signal(QImage)
    can_undo = Signal(bool)

    def __init__(self, state: AppState, services: Services, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._services = services
        self._worker = worker
        self._deleted: list[tuple[Path, Any, bool]] = []  # with preset and consent
        state.portrait_changed.connect(self._load_still)

    def refresh(self, choose: str = "") -> None:
        """Read the folders again, and select a portrait if one is named."""

        def show(items: list[PortraitItem]) -> None:
            self._state.set_portraits(items)
            if choose:
                self._state.choose_portrait(choose)

        self._worker.submit(self._services.list_portraits, show, self._fail)

    def find_thumbnails(self) -> None:
        """Create missing thumbnails; called once the libraries are loaded."""
        self._worker.submit(self._services.find_thumbnails, lambda new: self.refresh() if new else None, self._fail)

    def take(self, brought: DroppedData) -> None:
        """Open dropped or pasted images."""
        for file in brought.files:
            self._worker.submit(partial(thumbnails.read, file), partial(self._open, file), self._fail)
        if brought.image is not None:
            self.opened.emit(brought.image, self.tr("New portrait"))
        elif brought.address:
            self._warn(
                self.tr("This image is not on this computer: {}").format(brought.address[:80]),
                self.tr("Avatarify does not download it. Copy the image in your browser, then paste it here."),
            )
        elif not brought.files:
            self._warn(self.tr("That does not contain an image."), self.tr("Copy an image, then paste it here."))

    def find_faces(self, picture: QImage, then: Callable[[list[FoundFace]], None]) -> None:
        """Find the faces in an image in the background."""
        self._worker.submit(partial(self._services.find_faces, picture), then, self._fail)

    def add(self, picture: QImage, name: str) -> None:
        """Add an image that the user has the right to use."""
        self._worker.submit(partial(self._services.add_portrait, picture, name), self._added, self._fail)

    def rename(self, portrait: PortraitItem, name: str) -> None:
        """Rename a portrait."""

        def then(new: str) -> None:
            presets, consents = self._state.settings.presets, self._state.settings.consents
            if portrait.name in presets:
                presets[new] = presets.pop(portrait.name)
            for names in (consents, self._state.settings.favorites, self._state.settings.order):
                if portrait.name in names:
                    names[names.index(portrait.name)] = new
            self.refresh(choose=new)

        self._worker.submit(partial(self._services.rename_portrait, portrait, name), then, self._fail)

    def delete(self) -> None:
        """Delete the selected portrait if the user added it; it can be restored until the window closes."""
        portrait = self._state.portrait
        if portrait is None or not portrait.own:
            return

        def then(waits: Path) -> None:
            self._deleted.append((waits, *self._forget(portrait.name)))
            self.can_undo.emit(True)
            self.notice.emit(Notice(self.tr("{} deleted.").format(portrait.label), command="undo"))
            self.refresh()

        self._worker.submit(partial(self._services.delete_portrait, portrait), then, self._fail)

    def undo(self) -> None:
        """Restore the portrait that was deleted last."""
        if not self._deleted:
            return
        waits, preset, consent = self._deleted.pop()
        self.can_undo.emit(bool(self._deleted))

        def then(name: str) -> None:
            settings = self._state.settings
            if preset is not None:
                settings.presets[name] = preset
            if consent:
                settings.consents.append(name)
            self.refresh(choose=name)

        self._worker.submit(partial(self._services.restore_portrait, waits), then, self._fail)

    def choose_random(self) -> None:
        """Select another portrait at random."""
        others = [item.name for item in self._state.portraits if item is not self._state.portrait]
        if others:
            self._state.choose_portrait(random.choice(others))

    def _forget(self, name: str) -> tuple[Any, bool]:
        """Remove what the settings say about a portrait; return its preset, or None, and whether consent was given."""
        settings = self._state.settings
        consent = name in settings.consents
        settings.consents = [other for other in settings.consents if other != name]
        preset = settings.presets.pop(name, None)
        self._state.chosen.emit()
        return preset, consent

    def _open(self, file: Path, picture: QImage) -> None:
        if picture.isNull():
            message = self.tr("Cannot read {} as an image.").format(file.name)
            self._warn(message, self.tr("Use a PNG, JPEG, WebP, BMP, or TIFF image."))
        else:
            self.opened.emit(picture, plain_name(file.stem) or self.tr("New portrait"))

    def _added(self, added: Added) -> None:
        self._state.settings.consents.append(added.name)
        self.refresh(choose=added.name)
        for text in added.warnings:
            self.notice.emit(Notice(translate(text), severity=Severity.WARNING))

    def _load_still(self) -> None:
        portrait = self._state.portrait
        if portrait is not None:
            load = partial(self._services.load_still, portrait.file)
            self._worker.submit(load, partial(self._show_still, portrait), self._fail)

    def _show_still(self, portrait: PortraitItem, still: QImage) -> None:
        if self._state.portrait is not None and portrait.file == self._state.portrait.file:  # or the user has moved on
            self.still.emit(still)

    def _warn(self, message: str, hint: str) -> None:
        self.notice.emit(Notice(message, hint, Severity.WARNING))

    def _fail(self, error: Exception) -> None:
        self.notice.emit(Notice.of(error))
