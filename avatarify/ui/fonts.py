"""The window's font: Noto Sans from the assets; the system's own font for scripts that it lacks."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from avatarify import paths

FAMILIES = ("Noto Sans", "Noto Sans Symbols2", "Noto Sans Math")


def install(app: QApplication) -> None:
    """Load the bundled fonts and use them in the whole application; may be called again."""
    font = app.font()
    if font.families()[:1] == [FAMILIES[0]]:
        return
    for file in sorted((paths.assets() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    font.setFamilies([*FAMILIES, *font.families()])  # the system's last, for Chinese and Japanese
    app.setFont(font)
