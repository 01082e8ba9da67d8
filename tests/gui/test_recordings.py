"""Recordings and snapshots, as a person makes them in the window."""

from pathlib import Path
from typing import Any

import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until
from helpers.values import not_none
from PySide6.QtGui import QImage

from avatarify.capture.media import VideoFile
from avatarify.settings import Settings

pytestmark = pytest.mark.gui


def recorded_in(folder: Any) -> Any:
    (file,) = folder.iterdir()
    with VideoFile(file) as video:
        assert not_none(video.read()).image.shape == (48, 64, 3)
    return file


def test_a_recording_shows_its_length_and_can_be_played(
    open_app: OpenApp, live: GoLive, tmp_path: Path, until: Until
) -> None:
    window = live(open_app(Settings(privacy_accepted=True, recordings=str(tmp_path / "new" / "folder"))))
    window.transport.record.click()
    until(lambda: "MB" in window.transport.record.text())
    window.transport.record.click()
    until(lambda: window.notice.current is not None)
    assert window.state.session.live
    assert window.transport.record.text() == "Record"
    assert str(recorded_in(tmp_path / "new" / "folder")) in window.notice.words
    assert not_none(window.notice.current).command == "open_folder"


def test_quitting_while_it_records_leaves_a_file_that_can_be_played(
    open_app: OpenApp, live: GoLive, tmp_path: Path, until: Until
) -> None:
    window = live(open_app(Settings(privacy_accepted=True, recordings=str(tmp_path / "videos"))))
    window.transport.record.click()
    until(lambda: "MB" in window.transport.record.text())
    window.shut()
    recorded_in(tmp_path / "videos")


def test_a_failed_recording_is_reported_and_not_shown_as_running(
    open_app: OpenApp, live: GoLive, studio: Studio, tmp_path: Path, until: Until
) -> None:
    studio.devices.full_disk = True
    window = live(open_app(Settings(privacy_accepted=True, recordings=str(tmp_path))))
    window.transport.record.click()
    until(lambda: "cannot be written to" in window.notice.words)
    until(lambda: not window.transport.record.isChecked())
    studio.devices.full_disk = False
    window.transport.record.click()
    until(lambda: "MB" in window.transport.record.text())
    assert window.transport.record.isChecked()


def test_two_snapshots_in_a_second_are_two_files(open_app: OpenApp, live: GoLive, tmp_path: Path, until: Until) -> None:
    window = live(open_app(Settings(privacy_accepted=True, recordings=str(tmp_path / "pictures"))))
    window.transport.snapshot.click()
    until(lambda: len(list((tmp_path / "pictures").iterdir())) == 1)
    window.transport.snapshot.click()
    until(lambda: len(list((tmp_path / "pictures").iterdir())) == 2)


def test_a_snapshot_says_where_it_comes_from(open_app: OpenApp, live: GoLive, tmp_path: Path, until: Until) -> None:
    window = live(open_app(Settings(privacy_accepted=True, recordings=str(tmp_path / "pictures"))))
    window.transport.snapshot.click()
    until(lambda: window.notice.current is not None)
    (file,) = (tmp_path / "pictures").iterdir()
    image = QImage(str(file))
    assert (image.width(), image.height()) == (64, 48)
    assert image.text("Comment").startswith("AI-generated with Avatarify")
