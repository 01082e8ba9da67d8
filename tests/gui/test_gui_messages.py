"""Sentences from below the window, in the user's language."""

import ast
from pathlib import Path

import pytest

import avatarify
from avatarify.errors import DeviceError, InputError
from avatarify.ui import language
from avatarify.ui.choices import Notice
from avatarify.ui.messages import SENTENCES, told

pytestmark = pytest.mark.gui

PACKAGE = Path(avatarify.__file__).parent
MET = (  # what a user of the window meets is told here; each error of these files is listed
    "animate/portrait.py",
    "capture/obstacle.py",
    "capture/pictures.py",
    "capture/watchdog.py",
    "capture/webcam.py",
    "face/landmarker.py",
    "live/loops.py",
    "live/session.py",
    "output/virtual_camera.py",
    "settings.py",
    "ui/portrait_files.py",
    "ui/services.py",
    "ui/state.py",
)


def template(node):
    """Return a string of the code with {} for each value; None for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def templates(file):
    return {found for node in ast.walk(ast.parse(file.read_text("utf-8"))) if (found := template(node)) is not None}


def errors(file):
    """Return the sentences that the errors of a file are made with."""
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    kinds = ("InputError", "DeviceError", "CameraBusyError", "ModelError", "EngineError")
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in kinds]
    return {found for call in made for word in call.args if (found := template(word)) is not None}


def test_every_sentence_stands_in_the_code():
    code = set().union(*(templates(file) for file in PACKAGE.rglob("*.py") if file.name != "messages.py"))
    gone = [sentence for sentence in SENTENCES if not any(sentence in found for found in code)]
    assert gone == []


@pytest.mark.parametrize("name", MET)
def test_every_error_that_a_user_meets_is_listed(name):
    assert errors(PACKAGE / name) - set(SENTENCES) == set()


@pytest.fixture
def german(qapp):
    translators = language.install(qapp, "de")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


def test_values_stay_and_words_change(german):
    error = DeviceError("The camera Front {1} camera did not answer within 10 s.", "Plug it in again.")
    notice = Notice.of(error)
    assert notice.words == ("Die Kamera Front {1} camera hat 10 s lang nicht geantwortet. Stecke sie wieder an.")
    assert notice.command == "cameras"


def test_what_is_inside_a_sentence_is_told_too(german):
    error = InputError("zoe cannot be renamed: Disk quota exceeded.", "Free some room, or close what uses it.")
    told_ = Notice.of(error).words
    assert told_ == "zoe kann nicht umbenannt werden: Disk quota exceeded. Schaffe Platz oder schließe, was es benutzt."
    assert told("A virtual camera cannot be opened: no device.") == (
        "Eine virtuelle Kamera lässt sich nicht öffnen: no device."
    )


def test_what_is_not_listed_stays_english(german):
    assert told("Nobody has listed this: yet") == "Nobody has listed this: yet"


def test_english_stays_as_it_is(qapp):
    words = "The camera Desk cannot be opened."
    assert told(words) == words
