"""Every language is complete, keeps the places of values, and is what the app loads."""

from collections.abc import Iterator
from typing import Any

import pytest
from extract_messages import read
from helpers.cut import cut_words
from helpers.studio import GoLive, OpenApp, Until
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from avatarify.settings import Settings
from avatarify.ui.pages.keys import KeysPage
from avatarify.ui.pages.page import Page
from avatarify.ui.text import language
from avatarify.ui.widgets.crop_dialog import CropDialog

pytestmark = pytest.mark.gui

OTHERS = [code for code in language.LANGUAGES if code != "en"]


@pytest.fixture
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Let the application speak the language of the parameter for a test."""
    translators = language.install(qapp, request.param)
    yield request.param
    for translator in translators:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize("spoken", OTHERS, indirect=True)
def test_what_is_compiled_is_what_was_written(spoken: Any) -> None:
    known = read(language.FOLDER / f"avatarify_{spoken}.ts")
    assert known
    wrong = [
        english for (context, english), words in known.items() if QCoreApplication.translate(context, english) != words
    ]
    assert wrong == []


@pytest.mark.parametrize("spoken", OTHERS, indirect=True)
def test_qts_own_words_are_translated_too(spoken: Any) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    assert box.buttons()[0].text() != "Close"


@pytest.mark.parametrize("spoken", language.LANGUAGES, indirect=True)
def test_no_word_is_cut_in_window_and_pages(open_app: OpenApp, live: GoLive, until: Until, spoken: Any) -> None:
    window = live(open_app())
    window.resize(window.minimumSizeHint())
    window.state.change(background="#3a6ea5")
    found = {}
    for tab in (0, 1):
        window.tabs.setCurrentIndex(tab)
        QCoreApplication.processEvents()
        found[f"tab {tab}"] = cut_words(window)
    for name in ("virtual_camera", "keys", "engines", "diagnostics", "preferences"):
        window.actions_[name].trigger()
        (page,) = window.findChildren(Page)
        QCoreApplication.processEvents()
        found[name] = cut_words(page)
        if name == "keys":  # the cheat sheet is seen whole
            assert isinstance(page, KeysPage)
            bars = [page.sheet.verticalScrollBar(), page.sheet.horizontalScrollBar()]
            assert [bar.maximum() for bar in bars] == [0, 0]
        page.close()
        until(lambda: not window.findChildren(Page))
    assert {where: words for where, words in found.items() if words} == {}


@pytest.mark.parametrize("spoken", ["de"], indirect=True)
def test_the_layout_has_room_for_a_wider_font(open_app: OpenApp, until: Until, qapp: QApplication, spoken: Any) -> None:
    if "DejaVu Sans" not in QFontDatabase.families():
        pytest.skip("the font DejaVu Sans is not installed")
    window, before = open_app(), qapp.font()
    qapp.setFont(QFont("DejaVu Sans", before.pointSize()))
    window.resize(window.minimumSizeHint())
    QCoreApplication.processEvents()
    found = cut_words(window)
    window.actions_["keys"].trigger()
    (page,) = window.findChildren(Page)
    QCoreApplication.processEvents()
    found += cut_words(page)
    assert isinstance(page, KeysPage)
    assert page.sheet.horizontalScrollBar().maximum() == page.sheet.verticalScrollBar().maximum() == 0
    page.close()
    until(lambda: not window.findChildren(Page))
    qapp.setFont(before)
    assert found == []


def test_the_window_uses_the_bundled_font(open_app: OpenApp) -> None:
    window = open_app()
    assert QFontInfo(window.font()).family() == "Noto Sans"
    assert {"Noto Sans", "Noto Sans Symbols2", "Noto Sans Math"} <= set(QFontDatabase.families())


@pytest.mark.parametrize("spoken", language.LANGUAGES, indirect=True)
def test_the_first_steps_and_the_cropping_cut_no_word(open_app: OpenApp, until: Until, spoken: Any) -> None:
    window = open_app(Settings())
    window.resize(window.minimumSizeHint())
    QCoreApplication.processEvents()
    found = cut_words(window)
    dialog = CropDialog(QImage(300, 200, QImage.Format.Format_RGB32), "", lambda *_: None, window)
    dialog.show()
    QCoreApplication.processEvents()
    found += cut_words(dialog)
    dialog.close()
    assert found == []


def test_english_needs_no_translator(qapp: QApplication) -> None:
    assert language.install(qapp, "en") == []
