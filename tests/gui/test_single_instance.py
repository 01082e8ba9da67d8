"""Only this user's own window is found, and only in a folder that others cannot enter."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from avatarify.ui import single_instance

pytestmark = [pytest.mark.gui, pytest.mark.skipif(sys.platform == "win32", reason="needs folders with modes")]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use a folder for temporary files of this test's own, and no session folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return tmp_path


def test_the_socket_is_in_the_sessions_folder(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = temporary / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    assert Path(single_instance.server_name()).parent == folder


def test_without_a_session_the_socket_is_in_a_private_folder(temporary: Path) -> None:
    folder = Path(single_instance.server_name()).parent
    assert folder == temporary / f"avatarify-{os.getuid()}"
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("kind", ["open", "link", "file", "foreign"])
def test_a_folder_that_others_control_is_not_used(
    kind: str, temporary: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    squatted = temporary / f"avatarify-{os.getuid()}"
    if kind == "file":
        squatted.write_bytes(b"")
    else:
        real = temporary / "elsewhere" if kind == "link" else squatted
        real.mkdir(mode=0o700)
        real.chmod(0o777 if kind == "open" else 0o700)
        if kind == "link":
            squatted.symlink_to(real)
    if kind == "foreign":
        mine = os.getuid()
        squatted.rename(temporary / f"avatarify-{mine + 1}")
        monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    assert single_instance.server_name() == ""
    assert not single_instance.activate_running(["/home/me/secret.png"])


def test_another_users_server_gets_nothing(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(socket, "SO_PEERCRED"):
        pytest.skip("the system does not say who is at the other end")
    server, client = QLocalServer(), QLocalSocket()
    assert server.listen(single_instance.server_name())
    client.connectToServer(server.fullServerName())
    assert client.waitForConnected(5000)
    assert single_instance._is_own(client)
    mine = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    assert not single_instance._is_own(client)
    client.abort()
    server.close()
