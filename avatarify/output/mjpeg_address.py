"""The address of the page for OBS; separate from the page itself, which imports numpy."""

from __future__ import annotations

import contextlib
import functools
import re
import secrets
from pathlib import Path

from avatarify import paths
from avatarify.files import private_folder, write_atomic

HOST, PORT = "127.0.0.1", 8090


def page_address(port: int = PORT) -> str:
    """Return the address of the page. It contains a secret: other users and web pages cannot guess it."""
    return f"http://{HOST}:{port}/{token()}/"


def token() -> str:
    """Return the secret part of the address, 32 hexadecimal digits; it stays the same, so that OBS can remember it."""
    return _token(paths.config() / "page-token")


@functools.cache
def _token(file: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        found = file.read_text(encoding="ascii").strip()
        if re.fullmatch(r"[0-9a-f]{32}", found):
            return found
    made = secrets.token_hex(16)
    with contextlib.suppress(OSError):  # in a folder that cannot be written, the address is another one at each start
        private_folder(file.parent)
        write_atomic(file, made.encode(), private=True)
    return made
