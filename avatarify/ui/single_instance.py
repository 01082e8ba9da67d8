"""One window per user: a second start brings the first one to the front and passes its files to it."""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import os
import socket
import stat
import struct
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from avatarify import paths

_WAIT_MS = 500
_ANSWER_S, _SLICE_MS = 10.0, 50  # of a window that is busy; one that is closing hangs up
_SHOWN = b"shown\n"
_LONGEST = 1 << 20  # bytes of a list of files


def server_name() -> str:
    """Return the server's name, one per user and settings folder: a path in a folder that only this user can enter.

    Returns:
        The name; empty if there is no such folder, and so no way to find a window that is open.
    """
    words = f"{getpass.getuser()} {paths.config().resolve()}"
    name = f"avatarify-{hashlib.sha256(os.fsencode(words)).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    folder = _private_folder()
    return str(folder / name) if folder else ""


def activate_running(files: Sequence[str] = ()) -> bool:
    """Bring an already open window of this user to the front; return False if there is none, or it is closing."""
    name = server_name()
    connection = QLocalSocket()
    connection.connectToServer(name)
    if not name or not connection.waitForConnected(_WAIT_MS) or not _is_own(connection):
        return False
    connection.write(json.dumps(list(files)).encode() + b"\n")
    connection.waitForBytesWritten(_WAIT_MS)
    answer, until = b"", time.monotonic() + _ANSWER_S
    while answer != _SHOWN and time.monotonic() < until:
        if connection.waitForReadyRead(_SLICE_MS):
            answer += bytes(connection.readAll().data())
        elif connection.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            break
    connection.disconnectFromServer()
    return answer == _SHOWN


def _private_folder() -> Path | None:
    """Return a folder for sockets: the session's own, or one in the folder for temporary files."""
    places = [Path(folder)] if (folder := os.environ.get("XDG_RUNTIME_DIR")) else []
    fallback = Path(tempfile.gettempdir()) / f"avatarify-{os.getuid()}"
    with contextlib.suppress(OSError):
        fallback.mkdir(mode=0o700, exist_ok=True)
    return next((place for place in (*places, fallback) if _is_private(place)), None)


def _is_private(folder: Path) -> bool:
    try:
        state = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o077


def _is_own(connection: QLocalSocket) -> bool:
    """Return whether the process at the other end belongs to this user, where the system says so."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # its folder is private
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(connection.socketDescriptor()))) as peer:
        _, user, _ = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        return bool(user == os.getuid())
    return False


class InstanceServer(QObject):
    """Listens for later starts.

    Signals:
        activated: Files (list of str) passed to a later start.
    """

    activated = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        name = server_name()
        if name and not self._server.listen(name):
            QLocalServer.removeServer(name)  # left behind by a crashed process
            self._server.listen(name)

    def close(self) -> None:
        """Stop listening, and hang up on starts that were not answered."""
        self._server.close()
        for connection in self._server.findChildren(QLocalSocket):
            connection.abort()

    def _hear(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.setReadBufferSize(_LONGEST)
            connection.readyRead.connect(partial(self._read, connection))
            connection.disconnected.connect(connection.deleteLater)
            self._read(connection)

    def _read(self, connection: QLocalSocket) -> None:
        """Take the files once their line is whole, and answer."""
        if not self._server.isListening() or not connection.canReadLine():
            return
        try:
            files = json.loads(bytes(connection.readLine().data()).decode())
        except (ValueError, RecursionError):
            files = []
        connection.write(_SHOWN)
        connection.flush()
        self.activated.emit([str(file) for file in files] if isinstance(files, list) else [])
