"""Where the page for OBS is found; apart from the page itself, which loads numpy."""

from __future__ import annotations

HOST, PORT = "127.0.0.1", 8090
ADDRESS = f"http://{HOST}:{PORT}/"
