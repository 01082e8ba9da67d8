"""Menus, keys, and the tray: what they offer, and when."""

import pytest
from helpers.studio import GoLive, OpenApp, Until
from helpers.values import not_none
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QMessageBox, QSlider
from pytestqt.qtbot import QtBot

from avatarify.live.state import SessionState
from avatarify.settings import Settings
from avatarify.ui.commands import COMMANDS, EDIT, HELP, is_letter
from avatarify.ui.main_window import MainWindow
from avatarify.ui.pages.documentation import DocumentationPage
from avatarify.ui.pages.keys import KeysPage
from avatarify.ui.tray import Tray

pytestmark = pytest.mark.gui


def test_commands_are_where_desktops_have_them(open_app: OpenApp) -> None:
    window = open_app()
    groups = {command.name: command.group for command in COMMANDS}
    assert [groups[name] for name in ("undo", "paste", "preferences", "keys", "about")] == [EDIT] * 3 + [HELP] * 2
    roles = {name: window.actions_[name].menuRole() for name in ("quit", "preferences", "about")}
    kind = QAction.MenuRole
    assert roles == {"quit": kind.QuitRole, "preferences": kind.PreferencesRole, "about": kind.AboutRole}
    window.actions_["about"].trigger()
    (box,) = window.findChildren(QMessageBox)
    assert box.text().startswith("Avatarify ")


def test_undo_is_offered_while_there_is_something_to_undo(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    undo = window.actions_["undo"]
    assert (undo.isEnabled(), undo.toolTip()) == (False, "Nothing was deleted.")
    window.state.choose_portrait("zoe")
    window.actions_["delete"].trigger()
    until(undo.isEnabled)
    undo.trigger()
    until(lambda: not undo.isEnabled())


def test_letters_work_only_after_the_list_of_keys_was_shown(open_app: OpenApp, qtbot: QtBot) -> None:
    window = open_app(Settings(privacy_accepted=True))
    qtbot.keyClick(window, Qt.Key.Key_T)
    qtbot.keyClick(window, Qt.Key.Key_3)
    assert not window.state.controls.mirror
    assert not_none(window.state.portrait).name == "zoe"
    qtbot.keyClick(window, "?")
    (page,) = window.findChildren(KeysPage)
    assert page.letters.isChecked()
    page.close()
    window.actions_["mirror"].trigger()
    assert window.actions_["mirror"].shortcut().toString() == "T"
    assert window.state.settings.letter_keys


def test_letters_can_be_switched_off_for_good(open_app: OpenApp) -> None:
    window = open_app()
    window.actions_["keys"].trigger()
    (page,) = window.findChildren(KeysPage)
    page.letters.click()
    page.close()
    letters = [c.name for c in COMMANDS if is_letter(c, c.key)]
    assert len(letters) > 10
    assert [name for name in letters if not window.actions_[name].shortcut().isEmpty()] == []
    assert not window.actions_["start"].shortcut().isEmpty()
    assert not window.state.settings.letter_keys


def disabled(window: MainWindow) -> list[str]:
    """Return the disabled controls that do not say why."""
    kinds = (QAbstractButton, QComboBox, QSlider)
    widgets = [widget for kind in kinds for widget in not_none(window.centralWidget()).findChildren(kind)]
    silent = [w for w in widgets if w.isVisible() and not w.isEnabled() and not w.property("why_not")]
    actions = [window.actions_[name] for name in window.actions_]
    return [w.accessibleName() or str(w) for w in silent] + [
        action.text() for action in actions if not action.isEnabled() and not action.property("why_not")
    ]


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("tab", [0, 1])
def test_every_disabled_control_says_why(open_app: OpenApp, accepted: bool, tab: int) -> None:
    window = open_app(Settings(privacy_accepted=accepted))
    window.tabs.setCurrentIndex(tab)
    assert disabled(window) == []
    assert window.transport.freeze.toolTip() == "Available while a session runs."


def test_the_tray_shows_the_state_and_offers_portraits(open_app: OpenApp, live: GoLive, until: Until) -> None:
    window = open_app()
    tray = not_none(window.findChild(Tray))
    idle = tray.icon.icon().cacheKey()
    live(window)
    assert tray.icon.toolTip() == "Avatarify: Running"
    assert tray.icon.icon().cacheKey() != idle or window.windowIcon().isNull()
    tray.portraits.aboutToShow.emit()
    labels = [action.text() for action in tray.portraits.actions()]
    assert labels == [item.label for item in window.state.portraits]
    tray.portraits.actions()[1].trigger()
    assert window.state.portrait is window.state.portraits[1]
    window.transport.start.click()
    until(lambda: window.state.session is SessionState.STOPPED)
    assert tray.icon.toolTip() == "Avatarify: Stopped"


def test_the_documentation_opens_in_the_window_and_its_links_lead_to_pages(open_app: OpenApp) -> None:
    window = open_app()
    window.actions_["documentation"].trigger()
    (page,) = window.findChildren(DocumentationPage)
    titles = [page.chooser.itemText(row) for row in range(page.chooser.count())]
    assert "The window" in titles
    assert all(titles)
    page.chooser.setCurrentIndex(titles.index("The window"))
    page.chooser.activated.emit(titles.index("The window"))
    assert page.text.toPlainText().startswith("The window")
    page.text.anchorClicked.emit(QUrl("cameras.md#names"))
    assert page.chooser.currentText() == titles[2]
    page.text.anchorClicked.emit(QUrl("../../avatarify/paths.py"))
    assert page.chooser.currentText() == titles[2]
