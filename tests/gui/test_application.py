"""The app as a process: how it starts and how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from avatarify.errors import DeviceError
from avatarify.ui import environment

pytestmark = pytest.mark.gui

PROBE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from avatarify.settings import Settings
from avatarify.ui.application import open_window
from avatarify.ui.services import Services

app = QApplication([])
window = open_window(app, Settings(), Services())
heavy = {"cv2", "mediapipe", "torch", "openvino", "av", "numpy"} & set(sys.modules)
print(window.isVisible(), sorted(heavy), flush=True)
QTimer.singleShot(0, window.close)
app.exec()
"""
RUN = """
import signal, sys, threading, time
from avatarify.ui.application import run

def tell_when_it_listens():
    before = signal.getsignal(signal.SIGTERM)
    while signal.getsignal(signal.SIGTERM) is before:
        time.sleep(0.05)
    print("ready", flush=True)

threading.Thread(target=tell_when_it_listens, daemon=True).start()
sys.exit(run(demo=True))
"""


def start(code: Any) -> Any:
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )


def test_the_window_is_there_before_anything_heavy_is_loaded() -> None:
    with start(PROBE) as process:
        out, errors = process.communicate(timeout=120)
    assert out.strip() == "True []", errors
    assert process.returncode == 0, errors


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_and_saves_the_settings(number: signal.Signals, own_folders: Path) -> None:
    with start(RUN) as process:
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    kept = json.loads((own_folders / "config" / "settings.json").read_text(encoding="utf-8"))
    assert kept["camera"] == "demo"


@pytest.mark.parametrize("path", ["/x/cv2/qt/plugins", r"C:\x\cv2\qt\plugins"])
def test_the_plugins_of_another_qt_are_not_used(path: str) -> None:
    given = {"QT_QPA_PLATFORM_PLUGIN_PATH": path, "QT_QPA_PLATFORM": "offscreen"}
    environment.prepare(given)
    assert given == {"QT_QPA_PLATFORM": "offscreen"}


def test_a_plugin_path_of_the_user_is_kept() -> None:
    given = {"QT_QPA_PLATFORM_PLUGIN_PATH": "/opt/qt/plugins", "QT_QPA_PLATFORM": "offscreen"}
    environment.prepare(given)
    assert given["QT_QPA_PLATFORM_PLUGIN_PATH"] == "/opt/qt/plugins"


@pytest.mark.skipif(sys.platform != "linux", reason="only there Qt may lack a screen")
@pytest.mark.parametrize("display", [":7654", ""])
def test_a_screen_that_does_not_answer_is_reported(display: str) -> None:
    with pytest.raises(DeviceError, match=f"Cannot connect to the display '{display}'"):
        environment.prepare({"DISPLAY": display})


def test_a_wayland_session_is_not_asked_for_an_x_server() -> None:
    environment.prepare({"WAYLAND_DISPLAY": "wayland-0"})
