"""Recordings and snapshots of the running session."""

from __future__ import annotations

import itertools
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from avatarify.errors import AvatarifyError, InputError
from avatarify.files import private_folder
from avatarify.live.commands import StartRecording, StopRecording
from avatarify.live.state import SessionState
from avatarify.ui.bridge import SessionBridge
from avatarify.ui.choices import Notice
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.worker import Worker

if TYPE_CHECKING:
    from avatarify.frames import U8
    from avatarify.output.interrupted import Interrupted


class Recordings(QObject):
    """Begins and ends recordings, and saves snapshots, in the user's folder.

    Args:
        state: State of the window.
        services: Writes snapshots.
        bridge: To the session.
        worker: Writes snapshots in the background.
        parent: Owns this.

    Signals:
        requested: A recording is to begin or end.
        notice: Where a file was saved, or why it could not be.
    """

    requested = Signal()
    notice = Signal(object)

    def __init__(
        self, state: AppState, services: Services, bridge: SessionBridge, worker: Worker, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._state, self._services, self._bridge, self._worker = state, services, bridge, worker
        self._newest: U8 | None = None
        bridge.picture.connect(self._keep)
        bridge.state_changed.connect(self._follow)
        bridge.recorded.connect(lambda file: self._show(self.tr("Recording saved: {}"), file))

    def record(self, on: bool) -> None:
        """Begin or end a recording."""
        try:
            file = new_file(self._state.recordings, datetime.now(), ".mp4") if on else None
        except AvatarifyError as error:
            self.notice.emit(Notice.of(error))
            self._state.flag_changed.emit("record")
            return
        self.requested.emit()
        self._state.set_flag("record", on)
        self._bridge.execute(StopRecording() if file is None else StartRecording(file))

    def take_snapshot(self) -> None:
        """Save the current output frame."""
        if self._newest is None:
            return
        try:
            file = new_file(self._state.recordings, datetime.now(), ".png")
        except AvatarifyError as error:
            self._fail(error)
            return
        self._worker.submit(
            partial(self._services.save_snapshot, self._newest, file),
            lambda saved: self._show(self.tr("Snapshot saved: {}"), saved),
            self._fail,
        )

    def keep_interrupted(self, recording: Interrupted) -> None:
        """Keep a recording that a kill or crash interrupted."""
        self._worker.submit(recording.keep, self._show_kept, self._fail)

    def delete_interrupted(self, recording: Interrupted) -> None:
        """Delete a recording that a kill or crash interrupted."""
        self._worker.submit(recording.delete, lambda _: None, self._fail)

    def _show_kept(self, file: Path | None) -> None:
        if file is None:
            self.notice.emit(Notice(self.tr("Nothing had been recorded yet.")))
        else:
            self._show(self.tr("Recording saved: {}"), file)

    def _keep(self, picture: U8) -> None:
        self._newest = picture

    def _follow(self, state: SessionState) -> None:
        if state.final:
            self._newest = None

    def _show(self, template: str, file: Path) -> None:
        self.notice.emit(Notice(template.format(file), command="open_folder", argument=str(file.parent)))

    def _fail(self, error: Exception) -> None:
        self.notice.emit(Notice.of(error))


def new_file(folder: Path, now: datetime, suffix: str) -> Path:
    """Return a new file for a recording or snapshot; creates its folder.

    Raises:
        InputError: the folder cannot be created.
    """
    try:
        private_folder(folder)
    except OSError as error:
        raise InputError(
            "Cannot create the folder {folder}: {reason}.",
            "Choose another folder.",
            folder=folder,
            reason=error.strerror,
        ) from error
    name = f"Avatarify {now:%Y-%m-%d %H.%M.%S}"
    numbered = (f"{name} {number}" for number in itertools.count(2))
    files = (folder / f"{free}{suffix}" for free in itertools.chain([name], numbered))
    return next(file for file in files if not file.exists())
