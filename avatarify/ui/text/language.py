"""The window's languages: English in the code, the others in ``translations``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español", "ja": "日本語", "zh": "中文"}
_OF_QT = {"zh": "zh_CN"}  # how Qt calls a language where it calls it otherwise
FOLDER = Path(__file__).parents[1] / "translations"


def install(app: QCoreApplication, wanted: str) -> list[QTranslator]:
    """Let the application speak a language, and Qt's own dialogs and menus too.

    Args:
        app: Which keeps the translators.
        wanted: One of ``LANGUAGES``; empty takes the system's.

    Returns:
        The translators; none for English, which needs none.
    """
    code = wanted or QLocale.system().name().split("_")[0]
    if code == "en" or code not in LANGUAGES:
        return []
    of_qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{_OF_QT.get(code, code)}.qm"
    loaded = []
    for file in (of_qt, FOLDER / f"avatarify_{code}.qm"):
        translator = QTranslator(app)
        if translator.load(str(file)) and app.installTranslator(translator):
            loaded.append(translator)
    return loaded
