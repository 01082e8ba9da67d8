"""What a person does in the window, from opening to closing it."""

import base64
import shutil

import pytest
from helpers.fakes import ScriptedSource
from helpers.studio import save_picture
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from avatarify import settings
from avatarify.capture.media import VideoFile
from avatarify.errors import DeviceError
from avatarify.live import loops
from avatarify.live.state import SessionState
from avatarify.settings import Settings
from avatarify.ui.state import Severity

pytestmark = pytest.mark.gui


def names_of(window):
    model = window.gallery.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def entries(chooser):
    return [chooser.itemText(row) for row in range(chooser.count())]


def test_it_opens_with_portraits_cameras_and_outputs(open_app):
    window = open_app()
    assert window.isVisible()
    assert names_of(window) == ["Ada Lovelace", "Mona Lisa", "Zoe"]
    assert entries(window.devices.camera) == ["Front camera", "Desk camera", "Demo clip"]
    assert entries(window.devices.sink) == ["Virtual camera (Avatarify)", "Preview only", "Record to a file"]
    assert window.status.text_of("State") == "Idle"
    assert window.notice.current is None


def test_the_first_start_waits_for_consent_which_is_asked_once(open_app, qtbot):
    window = open_app(Settings())
    assert window.welcome.isVisible()
    assert not window.transport.start.isEnabled()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.preview.isVisible()
    assert window.transport.start.isEnabled()
    window.close()
    again = open_app(settings.load())
    assert again.preview.isVisible()


def test_start_shows_live_pictures_and_figures_and_stop_ends_them(open_app, live, studio, until):
    window = live(open_app())
    until(lambda: window.status.text_of("Speed").endswith(" fps"))
    assert window.transport.start.text() == "Stop"
    assert "p95" in window.status.text_of("Added latency")
    assert window.status.engine == "echo on CPU (test): nothing else is here"
    assert not window.devices.camera.isEnabled()
    window.transport.start.click()
    until(lambda: window.state.session is SessionState.STOPPED)
    assert window.transport.start.text() == "Start"
    assert not window.preview.shows_live
    assert studio.sink.closed


def test_it_starts_again_after_a_stop(open_app, live, studio, until):
    window = live(open_app())
    window.transport.start.click()
    until(lambda: window.state.session.final)
    live(window)
    assert len(studio.options) == 2


def test_a_session_is_asked_for_what_was_chosen(open_app, live, studio):
    window = open_app(Settings(privacy_accepted=True, size="640x480", fps=25.0))
    window.state.choose_camera("Desk camera")
    window.state.choose_sink("null")
    window.state.choose_portrait("mona_lisa")
    window.transport.mirror.click()
    window.transport.badge.click()
    live(window)
    asked = studio.options[0]
    assert (asked.camera, asked.sink, asked.portrait) == ("Desk camera", "null", "mona_lisa")
    assert (asked.mirror, asked.badge, str(asked.size), asked.fps) == (True, False, "640x480", 25.0)


def test_a_camera_that_cannot_be_opened_is_told_with_what_to_do(open_app, studio, until):
    studio.fail = DeviceError("The camera Front camera cannot be opened.", "Close other programs that use it.")
    window = open_app()
    window.transport.start.click()
    until(lambda: window.state.session is SessionState.FAILED)
    until(window.notice.isVisible)
    assert window.notice.words == "The camera Front camera cannot be opened. Close other programs that use it."
    assert window.notice.current.severity is Severity.ERROR
    assert window.transport.start.text() == "Start"
    assert window.transport.start.isEnabled()


def test_a_lost_camera_is_a_warning_that_goes_when_it_is_back(open_app, live, studio, monkeypatch, until):
    monkeypatch.setattr(loops, "FIRST_WAIT_S", 0.3)
    studio.sources = [ScriptedSource(fps=50, lost_after=20)]
    window = live(open_app())
    until(lambda: window.state.session is SessionState.CAMERA_LOST)
    until(lambda: window.notice.current is not None)
    assert window.notice.current.severity is Severity.WARNING
    assert window.notice.words.startswith("The camera scripted gives no more pictures.")
    until(lambda: window.state.session is SessionState.RUNNING)
    until(lambda: window.notice.current is None)


def test_an_unexpected_error_is_told_too(open_app, studio, until):
    studio.fail = ZeroDivisionError("oops")
    window = open_app()
    window.transport.start.click()
    until(lambda: window.notice.current is not None)
    assert "ZeroDivisionError: oops" in window.notice.words


@pytest.mark.parametrize("moment", [SessionState.STARTING, SessionState.RUNNING])
def test_closing_while_it_runs_ends_everything(open_app, studio, moment, until):
    window = open_app()
    window.transport.start.click()
    until(lambda: window.state.session is moment)
    window.close()  # the fixture no_thread_left fails the test if a thread stays
    assert not window.isVisible()
    assert studio.sink is None or studio.sink.closed


def test_choices_and_the_place_of_the_window_survive(open_app):
    window = open_app()
    window.resize(900, 640)  # the offscreen screen is no wider
    window.gallery.choose_number(2)
    window.state.choose_camera("Desk camera")
    window.transport.mirror.click()
    window.close()
    kept = settings.load()
    assert (kept.portrait, kept.camera, kept.mirror, kept.badge) == ("mona_lisa", "Desk camera", True, True)
    again = open_app(kept)
    assert (again.width(), again.height()) == (900, 640)
    assert again.state.portrait.name == "mona_lisa"
    assert again.devices.camera.currentText() == "Desk camera"
    assert again.transport.mirror.isChecked()


def test_a_window_place_that_is_damaged_does_no_harm(open_app):
    assert open_app(Settings(privacy_accepted=True, window="not base64!")).isVisible()
    assert open_app(Settings(privacy_accepted=True, window=base64.b64encode(b"junk").decode())).isVisible()


def test_a_camera_that_is_gone_is_replaced_but_remembered(open_app, studio, until):
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


def test_cameras_of_one_name_are_told_apart_by_number(open_app, studio, live):
    studio.cameras = [(0, "Webcam"), (3, "Webcam")]
    window = open_app()
    assert entries(window.devices.camera)[:2] == ["Webcam (0)", "Webcam (3)"]
    window.state.choose_camera("3")
    live(window)
    assert studio.options[0].camera == "3"


def test_without_a_virtual_camera_the_preview_is_used_and_the_remedy_shown(open_app, live, studio):
    studio.virtual = []
    window = open_app()
    assert window.devices.sink.currentText() == "Preview only"
    assert not window.devices.sink.model().item(0).isEnabled()
    assert "sudo modprobe v4l2loopback" in window.devices.hint
    live(window)
    assert studio.options[0].sink == "null"


def test_keys_choose_portraits_and_recalibrate(open_app, live, qtbot, studio, until):
    window = live(open_app())
    qtbot.keyClick(window, Qt.Key.Key_3)
    assert window.state.portrait.name == "zoe"
    qtbot.keyClick(window, Qt.Key.Key_9)  # there are only three
    assert window.state.portrait.name == "zoe"
    until(lambda: studio.loaded == ["zoe"])
    qtbot.keyClick(window, Qt.Key.Key_X)
    until(lambda: studio.animator.calibrations == 1)


def test_mirror_and_badge_are_switched_while_it_runs(open_app, live, studio, until):
    window = live(open_app())
    window.transport.badge.click()
    until(lambda: studio.looks[-1:] == [(False, False)])
    window.transport.mirror.click()
    until(lambda: studio.looks[-1:] == [(True, False)])


def test_running_over_the_gallery_loads_only_where_it_stops(open_app, live, qtbot, studio, until):
    window = live(open_app())
    window.gallery.view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(window.gallery.view, key)
    assert window.state.portrait.name == "mona_lisa"
    until(lambda: studio.loaded == ["mona_lisa"])


def test_a_recording_is_made_told_and_playable(open_app, live, tmp_path, until):
    window = open_app(Settings(privacy_accepted=True, sink="record", recordings=str(tmp_path / "new" / "folder")))
    live(window)
    window.transport.start.click()
    until(lambda: window.state.session.final)
    (file,) = (tmp_path / "new" / "folder").iterdir()
    until(lambda: window.notice.current is not None)
    assert str(file) in window.notice.words
    with VideoFile(file) as video:
        assert video.read().image.shape == (48, 64, 3)


def drop(window, *files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none))


def answer(until, window, text):
    until(lambda: len(window.findChildren(QMessageBox)) == 1)
    (question,) = window.findChildren(QMessageBox)
    (button,) = [button for button in question.buttons() if button.text().replace("&", "") == text]
    button.click()


def test_a_dropped_file_without_a_face_is_refused_in_one_line(open_app, tmp_path, until):
    window = open_app()
    drop(window, save_picture(tmp_path / "wall.png", width=200, height=200))
    answer(until, window, "Yes, add")
    until(lambda: window.notice.current is not None)
    assert "No face was found in the portrait wall.png." in window.notice.words
    assert len(window.state.portraits) == 3


def test_a_portrait_is_not_added_without_consent(open_app, tmp_path, until):
    window = open_app()
    drop(window, save_picture(tmp_path / "aunt.png"))
    answer(until, window, "Cancel")
    until(lambda: not window.findChildren(QMessageBox))
    assert len(window.state.portraits) == 3
    assert window.notice.current is None


def test_a_dropped_portrait_is_copied_listed_and_chosen(open_app, live, portraits, studio, tmp_path, until):
    window = live(open_app())
    dropped = tmp_path / "my_aunt.JPG"
    shutil.copyfile(portraits, dropped)
    drop(window, dropped)
    answer(until, window, "Yes, add")
    until(lambda: len(window.state.portraits) == 4)
    until(lambda: studio.loaded == ["my_aunt"])
    assert "My Aunt" in names_of(window)
    window.close()
    assert settings.load().consents == ["my_aunt"]
    assert settings.load().portrait == "my_aunt"


def test_a_second_picture_of_the_same_name_is_kept_beside_the_first(portraits, studio, tmp_path):
    file = tmp_path / "mona_lisa.jpg"
    shutil.copyfile(portraits, file)
    assert studio.add_portrait(file).name == "mona_lisa 2"
    assert studio.add_portrait(file).name == "mona_lisa 3"
    assert len(studio.list_portraits()) == 5
