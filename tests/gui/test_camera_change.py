"""Another camera while a session runs, chosen in the list or by its picture."""

import pytest
from helpers.fakes import NumberedSource
from helpers.studio import GoLive, OpenApp, Studio, Until
from helpers.values import not_none

from avatarify.live import camera
from avatarify.live.state import SessionState
from avatarify.ui.bridge import SessionBridge
from avatarify.ui.choices import Severity
from avatarify.ui.main_window import MainWindow
from avatarify.ui.widgets.camera_chooser import CameraDialog

pytestmark = pytest.mark.gui


def choose(window: MainWindow, name: str) -> None:
    chooser = window.devices.camera
    chooser.setCurrentIndex(chooser.findText(name))
    chooser.activated.emit(chooser.currentIndex())


def test_the_camera_is_changed_while_it_runs(open_app: OpenApp, live: GoLive, studio: Studio, until: Until) -> None:
    window = live(open_app())
    choose(window, "Desk camera")
    until(lambda: studio.devices.camera == "Desk camera")
    assert window.state.session.live
    assert window.devices.camera.currentText() == "Desk camera"
    assert len(studio.options) == 1


def test_a_camera_that_cannot_be_opened_is_not_shown_as_chosen(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    window = live(open_app())
    studio.devices.camera, studio.devices.refused = "Front camera", "Desk camera"
    choose(window, "Desk camera")
    until(lambda: window.notice.words.startswith("The camera Desk camera cannot be opened."))
    assert not_none(window.notice.current).command == "cameras"
    until(lambda: window.devices.camera.currentText() == "Front camera")
    assert window.state.session.live


def test_a_lost_camera_is_replaced_without_a_stop(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "FIRST_WAIT_S", 300.0)
    studio.sources = [NumberedSource(fps=50, lost_after=20)]
    window = live(open_app())
    until(lambda: window.state.session is SessionState.CAMERA_LOST)
    until(lambda: not_none(window.notice.current).severity is Severity.WARNING)
    window.notice.button.click()
    (dialog,) = window.findChildren(CameraDialog)
    dialog.chooser.setCurrentRow(2)
    until(lambda: window.state.session is SessionState.RUNNING)
    assert window.state.camera.value == "demo"


def test_tiles_show_free_cameras_and_the_one_in_use(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    window = live(open_app())
    window.state.set_view(camera_preview=False)
    bridge = not_none(window.findChild(SessionBridge))
    assert not bridge.wants_camera
    window.actions_["cameras"].trigger()
    (dialog,) = window.findChildren(CameraDialog)
    until(lambda: dialog.chooser.pictured == {"Front camera", "demo"})  # the first is in use
    assert window.state.session.live
    dialog.close()
    until(lambda: not bridge.wants_camera)
