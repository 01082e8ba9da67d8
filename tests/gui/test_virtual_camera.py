"""The virtual camera in the window: there or not, its page, the page for OBS, the test pattern."""

from typing import Any

import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until
from helpers.values import not_none

from avatarify.settings import Settings
from avatarify.ui.main_window import MainWindow
from avatarify.ui.pages.virtual_camera import VirtualCameraPage
from avatarify.ui.session_options import session_options
from avatarify.ui.widgets.command_line import CommandLine

pytestmark = pytest.mark.gui


def test_without_a_virtual_camera_the_preview_is_used_and_the_remedy_shown(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    studio.virtual = []
    window = open_app()
    assert not window.devices.virtual.isEnabled()
    window.devices.setup.click()
    page = page_of(window, VirtualCameraPage)
    commands = [line.text for line in page.findChildren(CommandLine)]
    assert any("modprobe v4l2loopback exclusive_caps=1" in command for command in commands)
    assert not page.pattern.isEnabled()
    studio.virtual = ["Avatarify"]
    page.again.click()
    until(page.pattern.isEnabled)
    assert page.verdict.text() == "The virtual camera is ready."
    page.close()
    window.devices.virtual.click()  # it was wished for before, and is there now
    live(window)
    assert studio.options[0].sink == "null"


def page_of(window: MainWindow, kind: Any) -> Any:
    (page,) = window.findChildren(kind)
    return page


def test_the_page_for_obs_is_switched_on_and_off(open_app: OpenApp, live: GoLive, studio: Studio, until: Until) -> None:
    window = open_app()
    window.actions_["virtual_camera"].trigger()
    page = page_of(window, VirtualCameraPage)
    assert not page.page.isChecked()
    page.page.click()
    assert window.state.sink.value == "mjpeg"
    assert not window.devices.virtual.isChecked()
    assert session_options(window.state).sink == "mjpeg"
    page.page.click()
    assert window.state.sink.value == "virtual"
    page.page.click()
    window.devices.virtual.click()
    assert not page.page.isChecked()


def test_the_test_pattern_runs_and_is_stopped(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    window.actions_["virtual_camera"].trigger()
    page = page_of(window, VirtualCameraPage)
    page.pattern.click()
    assert page.pattern.text() == "Stop pattern"
    page.pattern.click()
    until(lambda: page.message.text() == "The test pattern was sent to Avatarify.")


def test_the_virtual_camera_is_switched_while_it_runs(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    window = live(open_app())
    window.devices.virtual.click()
    until(lambda: len(studio.sinks) == 2 and len(studio.sinks[1].values) > 0)
    assert studio.sinks[0].closed
    assert window.state.session.live


def test_a_virtual_camera_that_cannot_be_opened_is_switched_off_again(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    studio.devices.refused = "virtual"
    window = live(open_app(Settings(privacy_accepted=True, sink="null")))
    window.devices.virtual.click()
    until(lambda: window.notice.words.startswith("A virtual camera cannot be opened: it is busy."))
    assert not_none(window.notice.current).command == "virtual_camera"
    until(lambda: not window.devices.virtual.isChecked())
    assert window.state.session.live
    studio.devices.refused = ""
    window.devices.virtual.click()
    until(lambda: studio.sinks[-1].name == "virtual" and len(studio.sinks[-1].values) > 0)
    assert window.devices.virtual.isChecked()


def test_closing_the_window_ends_what_other_windows_do(open_app: OpenApp, until: Until) -> None:
    window = open_app()
    window.actions_["virtual_camera"].trigger()
    page = page_of(window, VirtualCameraPage)
    page.pattern.click()
    stop = page._stop
    window.shut()  # waits for the pattern, which would go on for half a minute
    assert stop.is_set()
