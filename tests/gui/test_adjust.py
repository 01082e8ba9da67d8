"""Each setting can be reset, and says why it has no effect."""

import pytest
from helpers.studio import OpenApp, control
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from avatarify.animate.options import Controls
from avatarify.settings import Settings
from avatarify.ui.main_window import MainWindow

pytestmark = pytest.mark.gui


def reason(window: MainWindow, name: str) -> str:
    """Return why a control is disabled; empty if it is not."""
    widget = control(window, name)
    assert widget.isEnabled() == (not widget.property("why_not"))
    return "" if widget.isEnabled() else str(widget.toolTip())


def test_a_double_click_on_a_name_resets_its_value_alone(open_app: OpenApp, qtbot: QtBot) -> None:
    window = open_app()
    window.tabs.setCurrentIndex(1)
    window.state.change(strength=0.3, zoom=2.0, background="blurred")
    qtbot.mouseDClick(window.adjust.captions["strength"], Qt.MouseButton.LeftButton)
    assert (window.state.controls.strength, window.state.controls.zoom) == (Controls().strength, 2.0)
    qtbot.mouseDClick(window.adjust.captions["background"], Qt.MouseButton.LeftButton)
    assert window.state.controls.background == Controls().background
    assert control(window, "strength").value() == 100


def test_the_menu_of_a_switch_resets_it(open_app: OpenApp) -> None:
    window = open_app()
    control(window, "mirror").click()
    (reset,) = control(window, "mirror").actions()
    reset.trigger()
    assert not window.state.controls.mirror


def test_reset_all_restores_everything_but_the_folder(open_app: OpenApp) -> None:
    window = open_app(Settings(privacy_accepted=True, recordings="/videos"))
    window.state.change(strength=0.3, mirror=True, badge=False)
    window.state.set_view(side_by_side=True, overlay=0.5)
    window.state.choose_output(size="640x480", fps=15.0)
    window.adjust.reset.click()
    settings, usual = window.state.settings, Settings()
    assert window.state.controls == Controls()
    assert (settings.size, settings.fps, settings.recordings) == (usual.size, usual.fps, "/videos")
    assert (settings.side_by_side, settings.overlay) == (usual.side_by_side, usual.overlay)


def test_moving_the_picture_needs_room(open_app: OpenApp) -> None:
    window = open_app()
    assert reason(window, "pan_x") == reason(window, "pan_y") == "Zoom in first."
    assert not window.adjust.captions["pan_x"].isEnabled()
    window.state.change(zoom=1.5)
    assert reason(window, "pan_x") == reason(window, "pan_y") == ""


def test_a_setting_of_something_that_is_off_says_so(open_app: OpenApp) -> None:
    window = open_app()
    window.state.change(badge=False)
    assert reason(window, "corner") == "Turn on the badge first."
    window.state.set_view(camera_preview=False)
    assert reason(window, "landmarks") == reason(window, "overlay") == "Turn on the camera preview first."
    window.state.set_view(side_by_side=True)
    assert reason(window, "landmarks") == ""
    assert control(window, "landmarks").toolTip() == "Draw facial landmarks on the camera preview"


def test_the_parts_of_a_face_and_the_gaze_are_set_for_the_model_that_knows_them(open_app: OpenApp) -> None:
    window = open_app()
    control(window, "strength_mouth").setValue(50)
    control(window, "gaze").setCurrentIndex(1)
    control(window, "gaze").activated.emit(1)
    controls = window.state.controls
    assert (controls.strength_mouth, controls.gaze, controls.strength) == (0.5, "camera", 1.0)
    window.state.settings.model = "vox"
    window.adjust.refresh()
    assert {reason(window, name) for name in ("strength_head", "strength_eyes", "strength_mouth", "gaze")} == {
        "Only the built-in model tells the parts of a face apart."
    }
    assert reason(window, "strength") == ""
