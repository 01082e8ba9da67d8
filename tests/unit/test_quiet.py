"""Only MediaPipe's lines are held back."""

import os

import pytest

from avatarify.quiet import quiet_mediapipe

NOISE = (
    b"WARNING: Logging before InitGoogle() is written to STDERR\n"
    b"W0000 00:00:1795396234.245749    7285 face_landmarker_graph.cc:181] Sets FaceBlendshapesGraph acceleration.\n"
    b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"
    b"W0000 00:00:1795396234.286065    7289 inference_feedback_manager.cc:121] Feedback manager requires a model.\n"
)


def test_only_mediapipes_lines_are_held_back(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_mediapipe():
        os.write(2, NOISE[:60])
        os.write(2, NOISE[60:] + b"Another thread: the disk is full.\n")
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "Another thread: the disk is full.\nafterwards\n"


def fail_inside() -> None:
    with quiet_mediapipe():
        os.write(2, NOISE + b"E0000 00:00:1795396234.286065 7289 x.cc:1] broken\n")
        raise ValueError("no")


def test_stderr_is_restored_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="no"):
        fail_inside()
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err.endswith("x.cc:1] broken\nafterwards\n")
