"""Measures a first start: ``python tools/first_start.py [STARTS]`` prints one JSON object.

Each start is a process of its own with an empty profile, that is, without settings, data, and cache. It opens the real
window, presses the buttons of the first steps as soon as they are there, with the demo clip as the camera, and waits
for two animated pictures that differ. Needs a display; ``QT_QPA_PLATFORM=offscreen`` or Xvfb will do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from avatarify.frames import U8

_MOVED = 0.05  # mean difference in gray levels of two animated pictures
_PATIENCE_S = 300.0


def main(words: list[str]) -> None:
    """Measure and print."""
    if words[:1] == ["--once"]:
        sys.stdout.write(json.dumps(once(float(words[1]))) + "\n")
        return
    starts = [start() for _ in range(int(words[0]) if words else 3)]
    sys.stdout.write(json.dumps({"starts": starts, "cpus": os.cpu_count()}) + "\n")


def start() -> dict[str, Any]:
    """Start once in an empty profile; return seconds since the process was made."""
    with tempfile.TemporaryDirectory() as folder:
        names = ("CONFIG", "DATA", "CACHE")
        profile = {f"AVATARIFY_{name}": str(Path(folder) / name.lower()) for name in names}
        command = [sys.executable, __file__, "--once", str(time.time())]
        done = subprocess.run(command, env={**os.environ, **profile}, check=True, stdout=subprocess.PIPE)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def once(began: float) -> dict[str, float]:
    """Open the window and follow the first steps to an animated picture."""
    from PySide6.QtWidgets import QApplication

    from avatarify.settings import Settings
    from avatarify.ui.application import open_window
    from avatarify.ui.bridge import SessionBridge
    from avatarify.ui.services import Services

    app, times, pictures = QApplication(["avatarify"]), dict[str, float](), list[Any]()

    def until(done: Any, name: str) -> None:
        limit = time.time() + _PATIENCE_S
        while not done():
            if time.time() > limit:
                raise TimeoutError(name)
            app.processEvents()
            time.sleep(0.005)
        times[name] = round(time.time() - began, 2)

    window = open_window(app, Settings(camera="demo", sink="null"), Services())
    until(window.isVisible, "window")
    for button in (window.welcome.agree, window.welcome.onward, window.welcome.pick, window.welcome.go_on):
        until(button.isEnabled, "portraits")
        button.click()
    bridge = window.findChild(SessionBridge)
    assert bridge is not None
    bridge.picture.connect(pictures.append)
    window.welcome.start.click()
    times["start"] = round(time.time() - began, 2)
    until(lambda: bool(pictures), "picture")
    until(lambda: _moves(pictures), "animated")
    window.shut()
    return times


def _moves(pictures: list[U8]) -> bool:
    """Return whether the last two pictures differ; forgets the others."""
    del pictures[:-2]
    if len(pictures) < 2:
        return False
    return float(np.abs(pictures[0].astype(np.int16) - pictures[1]).mean()) > _MOVED


if __name__ == "__main__":
    main(sys.argv[1:])
