"""The whole app as a person sees it: on an X server, with real keys and a real pointer."""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.gui, pytest.mark.slow, pytest.mark.timeout(1800)]  # a busy machine is slow, not broken

RUN = "import sys; from avatarify.ui.application import run; sys.exit(run(demo=True))"
OTHER = """
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
field = QLineEdit(windowTitle="Another program")
field.show()
app.exec()
"""
PATIENCE_S = 400


def test_first_start_to_a_recording_by_keys_alone(screen: str, own_folders: Path, cache: Path) -> None:
    environment = {
        **os.environ,
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "LANG": "C.UTF-8",
        "AVATARIFY_CACHE": str(cache),
    }
    settings = own_folders / "config" / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    videos = own_folders / "videos"
    keys = {"snapshot": "Ctrl+Alt+S"}
    chosen = {"recordings": str(videos), "size": "640x480", "language": "en", "global_keys": keys, "letter_keys": True}
    settings.write_text(json.dumps(chosen), "utf-8")
    errors = own_folders / "stderr.txt"
    with (
        errors.open("w") as stderr,
        subprocess.Popen([sys.executable, "-c", RUN], env=environment, stderr=stderr) as app,
    ):
        try:
            drive(environment, videos, app, errors)
            assert app.wait(PATIENCE_S) == 0
        finally:
            app.kill()
            print(errors.read_text("utf-8", "replace"))  # seen where the test fails  # noqa: T201
    assert json.loads(settings.read_text(encoding="utf-8"))["privacy_accepted"]
    (video,) = videos.glob("*.mp4")
    assert frames_of(video) > 5
    assert list(videos.glob("*.png"))


def drive(environment: dict[str, str], videos: Path, app: subprocess.Popen[bytes], errors: Path) -> None:
    """Agree, keep the demo camera, start, record, take a snapshot, quit while it records."""

    def tool(*words: str) -> Any:
        return subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True, check=False)

    def press(*keys: str) -> None:
        for key in keys:
            tool("key", "--clearmodifiers", key)
            time.sleep(0.4)

    def wait_for(condition: Any, what: Any, patience_s: float = PATIENCE_S) -> None:
        deadline = time.monotonic() + patience_s
        while not condition():
            assert app.poll() is None, f"the app ended with {app.returncode} before {what}: {errors.read_text('utf-8')}"
            assert time.monotonic() < deadline, f"{what} did not come"
            time.sleep(0.3)

    wait_for(lambda: tool("search", "--onlyvisible", "--name", "^Avatarify$").stdout.strip(), "the window")
    window = tool("search", "--onlyvisible", "--name", "^Avatarify$").stdout.split()[0]
    tool("mousemove", "--window", window, "500", "60")

    def snapshot_taken() -> Any:
        press("ctrl+s")
        return videos.is_dir() and list(videos.glob("*.png"))

    # I agree; the camera and what else is asked; Start. Once too often stops a session that is slow to start, so each
    # time more patience is needed.
    for patience_s in (3, 3, 3, 3, 10, 20, 40, 80, 160, 320):
        tool("windowfocus", window)
        press("Return")
        with contextlib.suppress(AssertionError):
            wait_for(snapshot_taken, "a live picture", patience_s)
            break
    else:
        pytest.fail("a live picture did not come")
    press("ctrl+r")
    wait_for(lambda: list(videos.glob(".*.part")), "the recording")
    press("2")
    with subprocess.Popen([sys.executable, "-c", OTHER], env=environment, stderr=subprocess.DEVNULL) as other:
        try:
            wait_for(lambda: tool("search", "--onlyvisible", "--name", "^Another").stdout.strip(), "the other window")
            tool("windowfocus", "--sync", tool("search", "--onlyvisible", "--name", "^Another").stdout.split()[0])
            before = len(list(videos.glob("*.png")))
            press("ctrl+s")  # now the other program's
            press("ctrl+alt+s")
            wait_for(lambda: len(list(videos.glob("*.png"))) > before, "the snapshot by a key that works everywhere")
            assert len(list(videos.glob("*.png"))) == before + 1
        finally:
            other.kill()
    tool("windowfocus", "--sync", window)
    press("ctrl+q")
    question = ("search", "--onlyvisible", "--name", "^A session is running")
    wait_for(lambda: tool(*question).stdout.strip(), "the question")
    tool("windowfocus", "--sync", tool(*question).stdout.split()[0])  # there is no window manager that does it
    press("Return")  # stop and quit


def frames_of(video: Any) -> Any:
    from avatarify.capture.media import VideoFile

    with VideoFile(video) as source:
        count = 0
        while source.read() is not None:
            count += 1
    return count
