"""No content of the settings file stops a start."""

from __future__ import annotations

import subprocess
import sys

from field.kit import Kit, expect

CONTENTS = (
    '{"fps": ' + "9" * 400 + "}",
    '{"fps": ' + "9" * 5000 + "}",
    "[" * 100_000,
    '{"fps": 0}',
    '{"fps": NaN}',
    '{"presets": {"mona-lisa": 3}}',
    '{"window": "\\ud800", "recordings": "a\\u0000"}',
    "",
)
_CODE = """
from PySide6.QtWidgets import QApplication
from avatarify import settings
from avatarify.ui.application import open_window
from avatarify.ui.services import Services
app = QApplication([])
window = open_window(app, settings.load(), Services())
print(window.isVisible())
window.close()
"""


def check(kit: Kit) -> str:
    """Open the window with each content."""
    folder = kit.folder / "config"
    folder.mkdir()
    for number, content in enumerate(CONTENTS):
        (folder / "settings.json").write_text(content)
        done = subprocess.run(
            [sys.executable, "-P", "-c", _CODE],
            cwd=kit.folder,
            env=kit.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        expect("True" in done.stdout, f"content {number}: {done.stderr[-200:]}")
    return f"{len(CONTENTS)} contents"
