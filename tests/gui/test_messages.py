"""Sentences from below the window, in the user's language."""

import ast
import re
from pathlib import Path

import pytest

import avatarify
from avatarify.capture.devices import CameraInfo
from avatarify.doctor.cameras import describe
from avatarify.doctor.gpus import judge_gpu, judge_tensorrt
from avatarify.errors import DeviceError, InputError
from avatarify.output.remedies import FAILED_COMMANDS, SET_UP
from avatarify.runtimes.probe import Gpu, Report
from avatarify.ui.choices import Notice
from avatarify.ui.text import language
from avatarify.ui.text.findings import NAMES, name_told
from avatarify.ui.text.told import LISTS, told

pytestmark = pytest.mark.gui

PACKAGE = Path(avatarify.__file__).parent
MET = (  # what a user of the window meets is told here; each error of these files is listed
    "animate/model.py",
    "motion/first_order.py",
    "animate/portrait.py",
    "capture/demo.py",
    "capture/devices.py",
    "capture/obstacle.py",
    "images.py",
    "capture/watchdog.py",
    "capture/webcam.py",
    "engines/build.py",
    "engines/compare.py",
    "engines/split_decoder.py",
    "files.py",
    "engines/to_float16.py",
    "engines/recipes.py",
    "engines/reference.py",
    "graphs/onnx_export.py",
    "face/landmarker.py",
    "animate/animation.py",
    "live/camera.py",
    "live/feedback_guard.py",
    "live/reconnecting_sink.py",
    "live/loops.py",
    "live/session.py",
    "output/virtual_camera.py",
    "engines/choose.py",
    "runtimes/cuda.py",
    "runtimes/onnxruntime_runtime.py",
    "runtimes/openvino_runtime.py",
    "runtimes/tensorrt.py",
    "runtimes/torch_cuda.py",
    "runtimes/torch_runtime.py",
    "settings.py",
    "ui/portrait_files.py",
    "ui/services.py",
    "ui/state.py",
    "zoo/manifest.py",
    "zoo/registry.py",
)
FOUND = (  # each finding and remedy of these files is listed
    "doctor/cameras.py",
    "doctor/checks.py",
    "doctor/gpus.py",
    "doctor/qt_libraries.py",
    "output/remedies.py",
    "runtimes/requirements.py",
)
ELSEWHERE = (  # what these files have besides: names, commands, and what only setup-camera tells
    *NAMES,
    "torch {}",
    "pip install ",
    SET_UP,
    "Secure Boot wants it signed: ",
    *FAILED_COMMANDS.values(),
)
QUOTES = ("CUDA error N1, N1.", "TensorRT refused: N1")  # what drivers and libraries say themselves
LISTED = {"messages.py", "findings.py", "engine_words.py"}


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
    kinds = ("InputError", "DeviceError", "CameraBusyError", "ModelError", "EngineError", "MotionError", "UsageError")
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in kinds]
    return {found for call in made for word in call.args if (found := template(word)) is not None}


def sentences(file):
    """Return all strings of a file that are told: what is for programmers or heard from the system is left out."""
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    explained = {node.value for node in nodes if isinstance(node, ast.Expr)}
    parts = {part for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node}
    heard = {key for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
    heard |= {word for node in nodes if isinstance(node, ast.Compare) for word in (node.left, *node.comparators)}
    found = {template(node) for node in nodes if node not in explained | parts | heard}
    words = {words for words in found if words and re.search(r"[a-z]{2,} [a-z'{]", words)}
    return {one for one in words if not one.startswith(ELSEWHERE)}


def stands_in(sentence, code):
    """Say whether a sentence stands in the code; one that begins with a value may be put together from two places."""
    return any(sentence.removeprefix("{} ") in found for found in code)


def left_english(words):
    """Return what is not told in the language of the test, each sentence by itself."""
    if any(words in listed for listed in LISTS.values()):
        return []
    filled = re.sub("^N1 (?=[A-Z][a-z])", "N1. ", words.replace("{}", "N1").strip())  # a value may be a whole sentence
    return [part for part in re.split(r"(?<=\.) ", filled) if re.search("[a-z]{2}", part) and told(part) == part]


def test_every_sentence_stands_in_the_code():
    code = set().union(*(templates(file) for file in PACKAGE.rglob("*.py") if file.name not in LISTED))
    gone = [sentence for listed in LISTS.values() for sentence in listed if not stands_in(sentence, code)]
    assert gone == []


def test_nothing_is_listed_twice():
    listed = [sentence for each in LISTS.values() for sentence in each]
    assert sorted(listed) == sorted(set(listed))


@pytest.fixture
def german(qapp):
    translators = language.install(qapp, "de")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize("name", MET)
def test_every_error_that_a_user_meets_is_listed(german, name):
    left = [words for error in errors(PACKAGE / name) for words in left_english(error)]
    assert [words for words in left if words not in QUOTES] == []


@pytest.mark.parametrize("name", FOUND)
def test_every_finding_is_listed(german, name):
    assert [left for words in sentences(PACKAGE / name) for left in left_english(words)] == []


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


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        (
            "openvino: no usable GPU, and OpenVINO is fastest on a CPU (CPU (AMD EPYC, 2 threads, decoder in bf16))",
            "openvino: keine brauchbare GPU, und OpenVINO ist auf einer CPU am schnellsten "
            "(CPU (AMD EPYC, 2 Threads, Decoder in bf16))",
        ),
        (
            "0: Front camera (in use by zoom, teams), 2: Desk camera.",
            "0: Front camera (benutzt von zoom, teams), 2: Desk camera.",
        ),
        (
            "tensorrt: the package is not installed (pip install 'avatarify[tensorrt]'); rtx: too old.",
            "tensorrt: das Paket ist nicht installiert (pip install 'avatarify[tensorrt]'); rtx: too old.",
        ),
        (
            "tensorrt-rtx is not used: The engine frame of 'built-in' for tensorrt-rtx fp16 is not built yet. Run: "
            "avatarify build-engines --model built-in --target tensorrt-rtx This is being done in the background; "
            "start again in a minute.",
            "tensorrt-rtx wird nicht verwendet: Die Engine frame von „built-in“ für tensorrt-rtx fp16 ist noch nicht "
            "gebaut. Führe aus: avatarify build-engines --model built-in --target tensorrt-rtx Das geschieht gerade "
            "im Hintergrund; starte in einer Minute erneut.",
        ),
        (
            "encode of 'built-in' for openvino fp32 is damaged: its SHA-256 is not its manifest's: compiling",
            "encode von „built-in“ für openvino fp32 ist beschädigt: SHA-256 ist nicht der des Manifests: übersetze",
        ),
    ],
)
def test_sentences_that_quote_each_other_are_told_in_parts(german, english, expected):
    assert told(english) == expected


def test_names_are_told_apart_from_sentences(german):
    assert [name_told(name) for name in ("graphics card", "memory")] == ["Grafikkarte", "Arbeitsspeicher"]
    assert [told(name) for name in NAMES] == list(NAMES)  # a portrait may be called so


def test_what_is_not_listed_stays_english(german):
    assert told("Nobody has listed this: yet") == "Nobody has listed this: yet"


@pytest.mark.parametrize(
    "words", ["The camera Desk cannot be opened.", "A: b; c (d), e. f", "Odd: ; . , ( ) text.", ""]
)
def test_english_stays_as_it_is(qapp, words):
    assert told(words) == words


def test_what_a_machine_lacks_is_told_in_german(german):
    """Sentences that quote others, from the checks themselves on machines that are described, not had."""
    gpu = Gpu("NVIDIA GeForce RTX 4070", "8.9", 12282, "11.8")
    pc = Report("CPU", 2, "2.13.0+cpu", False, "2026.4", gpus=(gpu,), tensorrt_rtx="1.7", cuda_python="13.4")
    old = "der NVIDIA-Treiber kann CUDA 11.8, nötig ist 12.9 (Treiber 575 oder neuer)"
    assert told(judge_gpu(pc).detail) == f"NVIDIA GeForce RTX 4070 bleibt ungenutzt: {old}."
    assert told(judge_tensorrt(pc).detail) == (
        f"tensorrt: das Paket ist nicht installiert (pip install 'avatarify[tensorrt]'); tensorrt-rtx: {old}."
    )
    camera = CameraInfo(2, "Desk: camera", "/dev/video2", users=("zoom",))
    assert told(f"{describe(camera)}.") == "2: Desk: camera (benutzt von zoom)."


def test_what_a_rescued_recording_tells(german):
    error = DeviceError(
        "/a.mp4 cannot be written: No space left on device.",
        "What was recorded before is kept in /a.mp4. Free some space or use another disk.",
    )
    assert Notice.of(error).hint == (
        "Was vorher aufgenommen wurde, bleibt in /a.mp4 erhalten. Schaffe Platz oder nimm einen anderen Datenträger."
    )


def test_text_of_very_many_parts_is_told_too(german):
    """What is looked at grows with the parts, not with their combinations: that would not end."""
    text = "The camera: x. Run: y; not (asked for). " * 40
    assert told(text).count("so gewünscht") == 40


def test_long_text_of_a_library_stays_as_it_is(german):
    text = "cannot be; read: (a), b. " * 4000
    assert told(text) == text
