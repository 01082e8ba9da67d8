"""Measure what the window costs on the demo clip.

``python tools/measure_window.py [SECONDS [ROUNDS]]`` prints one JSON object.

The same live session runs in turn without a window and in the window, ``ROUNDS`` times for ``SECONDS`` each, in one
process and after a start that does not count. With ``soak MINUTES`` the window runs for so long (20 if not said), and
its memory is read every minute. With ``switch`` ten other portraits are chosen live, and the time is taken from each
choice to the first picture that shows the new one.
"""

from __future__ import annotations

import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from numpy.typing import NDArray

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QApplication

    from avatarify.frames import U8
    from avatarify.live.session import Session
    from avatarify.ui.bridge import SessionBridge
    from avatarify.ui.main_window import MainWindow

WARM_UP_S = 5.0
SWITCHES = (1, 3, 5, 7, 9, 2, 4, 6, 8, 1)  # key numbers of portraits; none follows itself
_OTHER, _BLACK = 12, 8  # mean difference in gray levels that only another portrait makes; mean level of a black picture


def main(words: list[str]) -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("CONFIG", "DATA"):
        os.environ[f"AVATARIFY_{name}"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication

    app = QApplication(["avatarify"])
    if words[:1] == ["soak"]:
        show(soak(app, int(words[1]) if len(words) > 1 else 20))
        return
    if words[:1] == ["switch"]:
        show(switch(app))
        return
    seconds = float(words[0]) if words else 20.0
    rounds = int(words[1]) if len(words) > 1 else 3
    bare, shown = [], []
    without_window(3.0)
    for _ in range(rounds):
        bare.append(without_window(seconds))
        shown.append(in_window(app, seconds))
    report = {"fps_without_window": bare, "fps_in_window": shown}
    show({**report, "ratio": round(statistics.median(shown) / statistics.median(bare), 3)})


def show(report: dict[str, object]) -> None:
    """Print one JSON object."""
    sys.stdout.write(json.dumps(report) + "\n")


def without_window(seconds: float) -> float:
    """Run a session as ``avatarify run`` does; return frames a second."""
    from avatarify.animate.options import AnimationOptions
    from avatarify.live.build import open_session
    from avatarify.live.options import LiveOptions

    session = open_session(LiveOptions(AnimationOptions("mona-lisa", neutral="best"), camera="demo", sink="null"))
    session.start()
    while session.frames == 0:
        time.sleep(0.05)
    time.sleep(WARM_UP_S)
    frames, began = session.frames, time.perf_counter()
    time.sleep(seconds)
    fps: float = (session.frames - frames) / (time.perf_counter() - began)
    session.stop()
    return round(fps, 2)


def bridge_of(window: MainWindow) -> SessionBridge:
    """Return what connects the window with its session."""
    from avatarify.ui.bridge import SessionBridge as Bridge

    bridge = window.findChild(Bridge)
    assert bridge is not None
    return bridge


def running(window: MainWindow) -> Session:
    """Return the session that runs in the window."""
    session = bridge_of(window)._session
    assert session is not None
    return session


def in_window(app: QApplication, seconds: float) -> float:
    """Run the same session in the window, camera preview and figures shown; return frames a second."""
    window = open_live(app)
    wait(lambda: False, WARM_UP_S)
    session = running(window)
    frames, began = session.frames, time.perf_counter()
    wait(lambda: False, seconds)
    fps: float = (session.frames - frames) / (time.perf_counter() - began)
    window.shut()
    window.deleteLater()
    return round(fps, 2)


def soak(app: QApplication, minutes: int) -> dict[str, object]:
    """Run the window for a while; return its memory in megabytes and what the session reported."""
    from avatarify.memory import resident_mb

    window = open_live(app)
    pictures: list[float] = []
    bridge_of(window).picture.connect(lambda image: pictures.append(time.perf_counter()))
    memory = []
    for _ in range(minutes):
        wait(lambda: False, 60.0)
        memory.append(resident_mb())
    gaps = sorted(b - a for a, b in itertools.pairwise(pictures))
    report = running(window).report()
    window.shut()
    smooth = {f"p{p}": round(gaps[len(gaps) * p // 100] * 1000) for p in (50, 95, 99)}
    kept = {name: report[name] for name in ("fps", "dropped", "latency_ms", "frames")}
    return {"memory_mb": memory, "preview_gap_ms": smooth, "longest_gap_ms": round(gaps[-1] * 1000), **kept}


class Watcher:
    """Sees when the output shows another portrait; connected to the bridge's ``picture``.

    Attributes:
        black: How many pictures were black.
        seen_at: When another portrait was first shown after ``expect``; None until then.
    """

    def __init__(self) -> None:
        self.black = 0
        self.seen_at: float | None = None
        self._before: NDArray[np.int16] | None = None

    def expect(self) -> float:
        """Wait for another portrait from now on; return the time."""
        self.seen_at = None
        return time.perf_counter()

    def see(self, picture: U8) -> None:
        """Compare a picture (H, W, 3) uint8 RGB with the one before it."""
        small = picture[::16, ::16].astype("int16")
        self.black += bool(small.mean() < _BLACK)
        if self._before is not None and self.seen_at is None and abs(small - self._before).mean() > _OTHER:
            self.seen_at = time.perf_counter()
        self._before = small


def switch(app: QApplication) -> dict[str, object]:
    """Choose ten other portraits live; return the milliseconds until each was seen, and how many were black."""
    window, watcher = open_live(app), Watcher()
    bridge_of(window).picture.connect(watcher.see)
    wait(lambda: False, WARM_UP_S)
    took: list[int | None] = []
    for number in SWITCHES:
        began = watcher.expect()
        window.gallery.choose_number(number)
        wait(lambda: watcher.seen_at is not None, 5.0)
        took.append(None if watcher.seen_at is None else round((watcher.seen_at - began) * 1000))
        wait(lambda: False, 1.0)
    fps = round(running(window).fps, 1)
    window.shut()
    return {"switch_ms": took, "black_pictures": watcher.black, "fps": fps}


def open_live(app: QApplication) -> MainWindow:
    """Open the window and start it."""
    from avatarify.settings import Settings
    from avatarify.ui.application import open_window
    from avatarify.ui.services import Services

    chosen = Settings(camera="demo", portrait="mona-lisa", sink="null", privacy_accepted=True)
    window = open_window(app, chosen, Services())
    wait(window.transport.start.isEnabled, 120.0)
    window.transport.start.click()
    wait(lambda: window.preview.shows_live, 120.0)
    return window


def wait(until: Callable[[], bool], seconds: float) -> None:
    """Let the window live until something is true, or the time is over."""
    from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

    clock, loop = QElapsedTimer(), QEventLoop()
    clock.start()
    while not until() and clock.elapsed() < seconds * 1000:
        QTimer.singleShot(50, loop.quit)
        loop.exec()


if __name__ == "__main__":
    main(sys.argv[1:])
