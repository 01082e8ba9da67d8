"""Languages of the window: English in the code, the others in ``translations``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español", "ja": "日本語", "zh": "中文"}
_OF_QT = {"zh": "zh_CN"}  # Qt's code of a language where it differs
FOLDER = Path(__file__).parents[1] / "translations"


def install(app: QCoreApplication, wanted: str) -> list[QTranslator]:
    """Install the translators of a language, for the application and for Qt's own dialogs.

    Args:
        app: Holds the translators.
        wanted: One of ``LANGUAGES``; empty for the system's.

    Returns:
        The translators; none for English.
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
