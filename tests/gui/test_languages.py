"""Every language is complete, keeps the places of values, and is what the app loads."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from helpers.cut import cut_words
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialogButtonBox

from avatarify.settings import Settings
from avatarify.ui.pages.page import Page
from avatarify.ui.text import language
from avatarify.ui.widgets.crop_dialog import CropDialog

pytestmark = pytest.mark.gui

OTHERS = [code for code in language.LANGUAGES if code != "en"]
LUPDATE = shutil.which("pyside6-lupdate") or shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))


def messages(code):
    tree = ElementTree.parse(language.FOLDER / f"avatarify_{code}.ts")
    for context in tree.getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            yield context.findtext("name"), message.findtext("source"), translation


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_left_untranslated(code):
    assert [source for _, source, found in messages(code) if found.get("type") or not found.text] == []


@pytest.mark.parametrize("code", OTHERS)
def test_values_keep_their_places(code):
    wrong = [
        source
        for _, source, found in messages(code)
        if len(re.findall(r"{\d?}", source)) != len(re.findall(r"{\d?}", found.text))
    ]
    assert wrong == []


@pytest.fixture
def spoken(qapp, request):
    """Let the application speak the language of the parameter for a test."""
    translators = language.install(qapp, request.param)
    yield request.param
    for translator in translators:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize("spoken", OTHERS, indirect=True)
def test_what_is_compiled_is_what_was_written(spoken):
    wrong = [
        source
        for context, source, found in messages(spoken)
        if QCoreApplication.translate(context, source) != found.text
    ]
    assert wrong == []


@pytest.mark.parametrize("spoken", OTHERS, indirect=True)
def test_qts_own_words_are_translated_too(spoken):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    assert box.buttons()[0].text() != "Close"


@pytest.mark.parametrize("spoken", language.LANGUAGES, indirect=True)
def test_no_word_is_cut_in_window_and_pages(open_app, live, until, spoken):
    window = live(open_app())
    window.resize(window.minimumSize())
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
            bars = [page.sheet.verticalScrollBar(), page.sheet.horizontalScrollBar()]
            assert [bar.maximum() for bar in bars] == [0, 0]
        page.close()
        until(lambda: not window.findChildren(Page))
    assert {where: words for where, words in found.items() if words} == {}


@pytest.mark.parametrize("spoken", language.LANGUAGES, indirect=True)
def test_the_first_steps_and_the_cropping_cut_no_word(open_app, until, spoken):
    window = open_app(Settings())
    window.resize(window.minimumSize())
    QCoreApplication.processEvents()
    found = cut_words(window)
    dialog = CropDialog(QImage(300, 200, QImage.Format.Format_RGB32), "", lambda *_: None, window)
    dialog.show()
    QCoreApplication.processEvents()
    found += cut_words(dialog)
    dialog.close()
    assert found == []


def test_english_needs_no_translator(qapp):
    assert language.install(qapp, "en") == []


@pytest.mark.skipif(LUPDATE is None, reason="pyside6-lupdate is not installed")
def test_no_words_of_the_code_are_missing(tmp_path):
    known = {(context, source) for context, source, _ in messages("de")}
    fresh = tmp_path / "fresh.ts"
    files = [str(file) for file in language.FOLDER.parent.rglob("*.py")]
    subprocess.run([LUPDATE, *files, "-ts", str(fresh)], check=True, capture_output=True, timeout=120)
    tree = ElementTree.parse(fresh)
    found = {
        (context.findtext("name"), message.findtext("source"))
        for context in tree.getroot().iter("context")
        for message in context.iter("message")
    }
    assert found - known == set()
