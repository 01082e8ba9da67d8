"""The window's languages: English in the code, the others in ``translations``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español", "ja": "日本語", "zh": "中文"}
FOLDER = Path(__file__).with_name("translations")


def install(app: QCoreApplication, wanted: str) -> QTranslator | None:
    """Let the application speak a language.

    Args:
        app: Which keeps the translator.
        wanted: One of ``LANGUAGES``; empty takes the system's.

    Returns:
        The translator; None for English, which needs none.
    """
    code = wanted or QLocale.system().name().split("_")[0]
    translator = QTranslator(app)
    if code == "en" or code not in LANGUAGES or not translator.load(str(FOLDER / f"avatarify_{code}.qm")):
        return None
    app.installTranslator(translator)
    return translator
