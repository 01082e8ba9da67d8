"""One window per user: a second start brings the first one to the front and passes its files to it."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from avatarify import paths

_WAIT_MS = 500


def _name() -> str:
    """Return the server name, one per user and settings folder."""
    words = f"{getpass.getuser()} {paths.config().resolve()}"
    return f"avatarify-{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def activate_running(files: Sequence[str] = ()) -> bool:
    """Bring an already open window to the front; return False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name())
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(json.dumps(list(files)).encode())
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True


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
        if not self._server.listen(_name()):
            QLocalServer.removeServer(_name())  # left behind by a crashed process
            self._server.listen(_name())

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _hear(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(lambda: self._read(socket))
        if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        try:
            files = json.loads(bytes(socket.readAll().data()).decode() or "[]")
        except ValueError:
            files = []
        socket.deleteLater()
        self.activated.emit([str(file) for file in files] if isinstance(files, list) else [])
