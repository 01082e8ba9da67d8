"""What a person does in the window, from opening to closing it."""

import base64
from dataclasses import replace
from typing import Any

import pytest
from helpers.fakes import NumberedSource
from helpers.studio import GoLive, OpenApp, Studio, Until, control
from helpers.values import not_none
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from avatarify import settings
from avatarify.errors import CameraError
from avatarify.live import camera
from avatarify.live.state import SessionState
from avatarify.messages import Message
from avatarify.settings import Settings
from avatarify.ui.bridge import SessionBridge
from avatarify.ui.choices import Severity
from avatarify.ui.main_window import MainWindow
from avatarify.ui.session_watch import POOR_TIMES
from avatarify.ui.statistics import Statistics
from avatarify.ui.tray import Tray

pytestmark = pytest.mark.gui


def names_of(window: MainWindow) -> Any:
    model = window.gallery.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def entries(chooser: Any) -> Any:
    return [chooser.itemText(row) for row in range(chooser.count())]


def test_it_opens_with_portraits_cameras_and_outputs(open_app: OpenApp) -> None:
    window = open_app()
    assert window.isVisible()
    assert names_of(window) == ["Zoe", "Ada Lovelace", "Mona Lisa"]
    assert entries(window.devices.camera) == ["Front camera", "Desk camera", "Demo clip"]
    assert window.devices.virtual.isEnabled()
    assert window.devices.hint == "Virtual camera (Avatarify)"
    assert window.status.text_of("state") == "Idle"
    assert window.notice.current is None


def test_the_first_start_goes_from_consent_to_a_running_session(open_app: OpenApp, qtbot: QtBot, until: Until) -> None:
    window = open_app(Settings())
    assert window.welcome.isVisible()
    assert not window.transport.start.isEnabled()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.welcome.page == 1
    until(lambda: window.welcome.cameras.pictured == {"Front camera", "demo"})
    until(lambda: "no image" in window.welcome.cameras.item(1).text())
    window.welcome.cameras.setCurrentRow(0)
    assert window.state.camera.value == "Front camera"
    qtbot.keyClick(window.welcome.onward, Qt.Key.Key_Return)
    window.gallery.choose_number(2)
    for button in (window.welcome.pick, window.welcome.go_on, window.welcome.start):
        button.click()
    until(lambda: window.preview.shows_live)
    assert window.preview.isVisible()
    window.shut()
    again = open_app(settings.load())
    assert again.preview.isVisible()
    assert again.transport.start.isEnabled()


def test_the_status_line_says_how_the_model_is_prepared(open_app: OpenApp, studio: Studio, until: Until) -> None:
    window = open_app()
    studio.may_open.clear()
    window.transport.start.click()
    until(lambda: bool(studio.watches) and window.status.text_of("state") == "Starting")
    (watch,) = studio.watches
    watch.announce(Message("Preparing the model."))
    until(lambda: window.status.engine == "Preparing the model.")
    watch.progress(Message("generate: compiling"), 0.5)
    until(lambda: window.status.engine == "generate: compiling")
    assert not watch.cancelled()
    studio.may_open.set()
    until(lambda: window.status.engine.startswith("echo on CPU"))
    window.transport.start.click()
    until(lambda: window.state.session is SessionState.STOPPED)
    assert watch.cancelled()


def test_start_shows_live_pictures_and_figures_and_stop_ends_them(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    window = live(open_app())
    until(lambda: window.status.text_of("speed").endswith(" fps"))
    assert window.transport.start.text() == "Stop"
    assert "p95" in window.status.text_of("latency")
    assert window.status.engine == "echo on CPU (test): nothing faster can be used on this machine"
    assert window.devices.camera.isEnabled()
    window.transport.start.click()
    until(lambda: window.state.session is SessionState.STOPPED)
    assert window.transport.start.text() == "Start"
    assert not window.preview.shows_live
    assert not_none(studio.sink).closed


def test_it_starts_again_after_a_stop(open_app: OpenApp, live: GoLive, studio: Studio, until: Until) -> None:
    window = live(open_app())
    window.transport.start.click()
    until(lambda: window.state.session.final)
    live(window)
    assert len(studio.options) == 2


def test_a_session_is_asked_for_what_was_chosen(open_app: OpenApp, live: GoLive, studio: Studio) -> None:
    window = open_app(Settings(privacy_accepted=True, size="640x480", fps=25.0, sink="null"))
    window.state.choose_camera("Desk camera")
    window.state.choose_sink("null")
    window.state.choose_portrait("mona_lisa")
    control(window, "mirror").click()
    control(window, "badge").click()
    live(window)
    asked, controls = studio.options[0], studio.options[0].animation.controls
    assert (asked.camera, asked.sink, asked.animation.portrait) == ("Desk camera", "null", "mona_lisa")
    assert (controls.mirror, controls.badge, str(asked.size), asked.fps) == (True, False, "640x480", 25.0)


def test_a_camera_that_cannot_be_opened_is_reported_with_a_hint(
    open_app: OpenApp, studio: Studio, until: Until
) -> None:
    studio.fail = CameraError("The camera Front camera cannot be opened.", "Close other programs that use it.")
    window = open_app()
    window.transport.start.click()
    until(lambda: window.state.session is SessionState.FAILED)
    until(window.notice.isVisible)
    assert window.notice.words == "The camera Front camera cannot be opened. Close other programs that use it."
    assert not_none(window.notice.current).severity is Severity.ERROR
    assert window.transport.start.text() == "Start"
    assert window.transport.start.isEnabled()


def test_a_lost_camera_is_a_warning_until_it_is_back(
    open_app: OpenApp, live: GoLive, studio: Studio, monkeypatch: pytest.MonkeyPatch, until: Until
) -> None:
    monkeypatch.setattr(camera, "FIRST_WAIT_S", 0.3)
    studio.sources = [NumberedSource(fps=50, lost_after=20)]
    window = live(open_app())
    until(lambda: window.state.session is SessionState.CAMERA_LOST)
    until(lambda: window.notice.current is not None)
    assert not_none(window.notice.current).severity is Severity.WARNING
    assert window.notice.words.startswith("The camera scripted gives no more pictures.")
    until(lambda: window.state.session is SessionState.RUNNING)
    until(lambda: window.notice.current is None)


def test_an_unexpected_error_is_reported_too(open_app: OpenApp, studio: Studio, until: Until) -> None:
    studio.fail = ZeroDivisionError("oops")
    window = open_app()
    window.transport.start.click()
    until(lambda: window.notice.current is not None)
    assert "ZeroDivisionError: oops" in window.notice.words


@pytest.mark.parametrize("moment", [SessionState.STARTING, SessionState.RUNNING])
def test_closing_while_it_runs_ends_everything(
    open_app: OpenApp, studio: Studio, moment: SessionState, until: Until
) -> None:
    window = open_app()
    window.transport.start.click()
    until(lambda: window.state.session is moment)
    window.shut()  # the fixture no_thread_left fails the test if a thread stays
    assert not window.isVisible()
    assert studio.sink is None or studio.sink.closed


def test_choices_and_the_place_of_the_window_survive(open_app: OpenApp) -> None:
    window = open_app()
    window.resize(1000, 650)
    window.gallery.choose_number(3)
    window.state.choose_camera("Desk camera")
    control(window, "mirror").click()
    window.close()
    kept = settings.load()
    assert (kept.portrait, kept.camera, kept.controls["mirror"]) == ("mona_lisa", "Desk camera", True)
    again = open_app(kept)
    assert (again.width(), again.height()) == (1000, 650)
    assert not_none(again.state.portrait).name == "mona_lisa"
    assert again.devices.camera.currentText() == "Desk camera"
    assert control(again, "mirror").isChecked()


def test_a_window_place_that_is_damaged_does_no_harm(open_app: OpenApp) -> None:
    assert open_app(Settings(privacy_accepted=True, window="not base64!")).isVisible()
    assert open_app(Settings(privacy_accepted=True, window=base64.b64encode(b"junk").decode())).isVisible()


def test_a_disconnected_camera_is_replaced_but_remembered(open_app: OpenApp, studio: Studio, until: Until) -> None:
    window = open_app(Settings(privacy_accepted=True, camera="Desk camera"))
    assert window.devices.camera.currentText() == "Desk camera"
    studio.cameras = [(0, "Front camera")]
    window.devices.refresh.click()
    until(lambda: window.devices.camera.count() == 2)
    assert window.devices.camera.currentText() == "Front camera"
    studio.cameras = [(0, "Front camera"), (2, "Desk camera")]
    window.devices.refresh.click()
    until(lambda: window.devices.camera.count() == 3)
    assert window.devices.camera.currentText() == "Desk camera"


def test_cameras_with_equal_names_are_chosen_by_number(open_app: OpenApp, studio: Studio, live: GoLive) -> None:
    studio.cameras = [(0, "Webcam"), (3, "Webcam")]
    window = open_app()
    assert entries(window.devices.camera)[:2] == ["Webcam (0)", "Webcam (3)"]
    window.state.choose_camera("3")
    live(window)
    assert studio.options[0].camera == "3"


def test_keys_choose_portraits_and_recalibrate(
    open_app: OpenApp, live: GoLive, qtbot: QtBot, studio: Studio, until: Until
) -> None:
    window = live(open_app())
    qtbot.keyClick(window, Qt.Key.Key_3)
    assert not_none(window.state.portrait).name == "mona_lisa"
    qtbot.keyClick(window, Qt.Key.Key_9)  # there are only three
    assert not_none(window.state.portrait).name == "mona_lisa"
    until(lambda: studio.loaded == ["mona_lisa"])
    qtbot.keyClick(window, Qt.Key.Key_X)
    until(lambda: studio.animator.calibrations == 1)


def test_controls_are_changed_while_it_runs_by_key_and_by_hand(
    open_app: OpenApp, live: GoLive, studio: Studio, qtbot: QtBot, until: Until
) -> None:
    window = live(open_app())
    control(window, "badge").click()
    until(lambda: len(studio.looks) > 0 and not studio.looks[-1].badge)
    qtbot.keyClick(window, Qt.Key.Key_T)
    until(lambda: studio.looks[-1].mirror)
    assert window.actions_["mirror"].isChecked()
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_W)
    until(lambda: studio.looks[-1].zoom == pytest.approx(1.331))
    qtbot.keyClick(window, Qt.Key.Key_K)
    until(lambda: studio.looks[-1].pan_x == pytest.approx(0.1))
    assert control(window, "zoom").value() == 133


def test_running_over_the_gallery_loads_only_where_it_stops(
    open_app: OpenApp, live: GoLive, qtbot: QtBot, studio: Studio, until: Until
) -> None:
    window = live(open_app())
    window.gallery.view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(window.gallery.view, key)
    assert not_none(window.state.portrait).name == "ada_lovelace"
    until(lambda: studio.loaded == ["ada_lovelace"])


def test_the_real_face_is_sent_only_after_confirmation(
    open_app: OpenApp, live: GoLive, studio: Studio, qtbot: QtBot, until: Until
) -> None:
    window = live(open_app())
    qtbot.keyClick(window, Qt.Key.Key_0)
    answer(until, window, "Cancel")
    assert not window.state.flag("passthrough")
    assert not window.actions_["passthrough"].isChecked()
    window.actions_["passthrough"].trigger()
    answer(until, window, "Show my face")
    until(lambda: studio.shown_camera == [True])
    assert window.state.flag("passthrough")
    window.actions_["passthrough"].trigger()
    until(lambda: studio.shown_camera == [True, False])


def answer(until: Until, window: MainWindow, text: Any) -> None:
    until(lambda: len(window.findChildren(QMessageBox)) == 1)
    (question,) = window.findChildren(QMessageBox)
    (button,) = [button for button in question.buttons() if button.text().replace("&", "") == text]
    button.click()
    until(lambda: not window.findChildren(QMessageBox))


def test_freeze_and_search_are_switched_and_end_with_the_session(
    open_app: OpenApp, live: GoLive, qtbot: QtBot, until: Until
) -> None:
    window = live(open_app())
    window.transport.freeze.click()
    window.transport.search.click()
    assert window.state.flag("freeze")
    assert window.state.flag("search")
    window.transport.start.click()
    until(lambda: window.state.session.final)
    assert not window.transport.freeze.isChecked()
    assert not window.state.flag("search")


def statistics(match: Any, recording: Any = None) -> Any:
    return Statistics(25.0, (20.0, 30.0), 0, "echo", "CPU", Message(""), "built-in", match=match, recording=recording)


def test_the_status_line_says_what_is_reduced(open_app: OpenApp) -> None:
    window = open_app()
    report = not_none(window.findChild(SessionBridge)).statistics.emit
    reduced = replace(statistics(1.0), quality=Message("Reduced detail to keep {fps:.0f} fps.", fps=25.0))
    report(reduced)
    assert window.status.engine.startswith("Reduced detail to keep 25 fps.  echo on CPU")
    report(statistics(1.0))
    assert "Reduced" not in window.status.engine


def test_a_neutral_face_is_called_poor_only_if_it_stays_so(open_app: OpenApp) -> None:
    window = open_app()
    report = not_none(window.findChild(SessionBridge)).statistics.emit
    for _ in range(POOR_TIMES - 1):
        report(statistics(0.2))
    report(statistics(0.8))
    assert window.notice.current is None
    for _ in range(POOR_TIMES):
        report(statistics(0.2))
    assert window.notice.words.startswith("Poor neutral match (20%).")
    assert not_none(window.notice.current).command == "recalibrate"
    report(statistics(0.9))
    assert window.notice.current is None


def test_the_tray_offers_start_as_soon_as_the_window_does(open_app: OpenApp) -> None:
    window = open_app()
    assert window.transport.start.isEnabled()
    assert not_none(window.findChild(Tray))._toggle.isEnabled()


def test_another_size_takes_effect_after_a_restart(
    open_app: OpenApp, live: GoLive, studio: Studio, until: Until
) -> None:
    window = live(open_app())
    size = control(window, "size")
    size.setCurrentIndex(0)
    size.activated.emit(0)
    assert "next start" in window.notice.words
    window.notice.button.click()
    until(lambda: len(studio.options) == 2 and window.state.session is SessionState.RUNNING)
    assert str(studio.options[1].size) == "640x480"
