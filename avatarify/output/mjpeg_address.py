"""The address of the page for OBS; separate from the page itself, which imports numpy."""

from __future__ import annotations

HOST, PORT = "127.0.0.1", 8090
ADDRESS = f"http://{HOST}:{PORT}/"
