"""Errors and warnings from below the window appear in it in the user's language, with their values."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.studio import GoLive, OpenApp, Studio, Until
from PySide6.QtWidgets import QApplication

from avatarify.errors import (
    AvatarifyError,
    CameraBusyError,
    CameraError,
    DeviceError,
    EngineError,
    InputError,
    VirtualCameraError,
)
from avatarify.live.state import SessionState
from avatarify.messages import Message
from avatarify.settings import Settings
from avatarify.ui.choices import Notice
from avatarify.ui.text import language
from avatarify.ui.text.translate import translate

pytestmark = pytest.mark.gui


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translators = language.install(qapp, "de")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


@pytest.mark.usefixtures("german")
def test_an_error_of_the_session_is_shown_in_german(open_app: OpenApp, studio: Studio, until: Until) -> None:
    studio.fail = InputError(
        "The portrait {name} shows {count} faces; the largest is animated.", name="Front {1}", count=2
    )
    window = open_app()
    window.transport.start.click()
    until(lambda: window.state.session is SessionState.FAILED and window.notice.current is not None)
    assert window.notice.words == "Das Porträt Front {1} zeigt 2 Gesichter; das größte wird animiert."


@pytest.mark.usefixtures("german")
def test_an_error_of_the_file_system_is_shown_in_german(open_app: OpenApp, live: GoLive, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    window = live(open_app(Settings(privacy_accepted=True, recordings=str(tmp_path / "file" / "below"))))
    window.transport.record.click()
    assert window.notice.words == (
        f"Der Ordner {tmp_path}/file/below kann nicht angelegt werden: Not a directory. Wähle einen anderen Ordner."
    )


@pytest.mark.usefixtures("german")
def test_an_error_inside_an_error_is_translated_in_its_turn() -> None:
    inner = EngineError("no NVIDIA driver found")
    outer = DeviceError(
        "The runtime {runtime} cannot be used: {reason}.", "Use --runtime auto.", runtime="x", reason=inner
    )
    assert Notice.of(outer).words == (
        "Die Laufzeitumgebung x ist nicht nutzbar: kein NVIDIA-Treiber gefunden. Verwende --runtime auto."
    )


def test_sentences_follow_each_other_without_a_space_in_chinese(qapp: QApplication) -> None:
    translators = language.install(qapp, "zh")
    words = translate(AvatarifyError("No camera is connected.", "Close other programs.").whole)
    for translator in translators:
        qapp.removeTranslator(translator)
    assert words == "未连接摄像头。请关闭其他程序。"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("name", ["memory", "camera"])
def test_names_are_not_sentences(name: str) -> None:
    """A portrait may be called like a finding: values are never translated."""
    words = translate(Message("No face was found in the portrait {name}.", name=name))
    assert words == f"Im Porträt {name} wurde kein Gesicht gefunden."


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        (CameraError, "cameras"),
        (CameraBusyError, "cameras"),
        (VirtualCameraError, "virtual_camera"),
        (DeviceError, ""),
        (InputError, ""),
    ],
)
@pytest.mark.parametrize("message", ["It is gone.", "The camera is a virtual camera."])
def test_the_class_of_an_error_chooses_the_button_whatever_its_words_are(
    kind: type[AvatarifyError], command: str, message: str
) -> None:
    assert Notice.of(kind(message)).command == command
