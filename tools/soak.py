"""Runs a session for many frames with a sped-up clock and watches memory, threads, and file handles.

``PYTHONPATH=tests python tools/soak.py`` sends 100,000 frames through the real threads, step, compositor, and sink
handling, with a light animator, and a camera and sink that fail every few thousand frames. ``--real`` uses the built-in
model instead, with the demo clip as fast as it can be read. Prints one line per twentieth, then one JSON object; the
exit code is 1 if something grew.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from helpers.scripted_camera import SIZE, Fault, Scene, ScriptedCamera
from helpers.scripted_sink import ScriptedSink
from helpers.simulated_session import simulate_session

from avatarify.capture.watchdog import Timeouts
from avatarify.live import camera as camera_module
from avatarify.live import reconnecting_sink
from avatarify.live.parts import Parts
from avatarify.live.session import Session
from avatarify.memory import resident_mb
from avatarify.metrics import Metrics

POINTS = 20
WARM = 0.1  # share of the run after which nothing may grow any more
MOST_MB = 10.0  # noise of the allocator; 100 bytes lost a frame would be as much
TIMEOUTS = Timeouts(silent_s=60, frozen_s=0.2, dark_s=0.2)
CYCLE = 5000


def scenes(frames: int) -> list[Scene]:
    """Unplug, freeze and cover the camera, change its size and let it throw, again and again."""
    found = []
    for start in range(0, frames, CYCLE):
        for number, fault in enumerate((Fault.UNPLUGGED, Fault.FROZEN, Fault.BLACK, Fault.RESIZED, Fault.BROKEN)):
            first = start + 500 + 800 * number
            found.append(Scene(fault, first, first + (4 if fault is Fault.BROKEN else 400)))
    return found


def light(frames: int) -> tuple[Session, ScriptedCamera]:
    """Make a simulated session in which camera and sink fail."""
    for module in (camera_module, reconnecting_sink):
        vars(module).update(FIRST_WAIT_S=0.01, LONGEST_WAIT_S=0.05)
    camera = ScriptedCamera(scenes(2 * frames), fps=0, timeouts=TIMEOUTS)
    number = itertools.count(1)

    def open_sink() -> ScriptedSink:
        return ScriptedSink(SIZE, name=f"sink {next(number)}", fails_at=CYCLE)

    return simulate_session(camera, open_sink, size=SIZE, fps=4000, frames=frames), camera


def real(frames: int) -> Session:
    """Make a session of the built-in model that takes the demo clip as fast as it can."""
    from avatarify.animate.options import AnimationOptions
    from avatarify.capture.media import VideoFile
    from avatarify.frames import Size
    from avatarify.live.build import open_parts
    from avatarify.live.options import LiveOptions
    from avatarify.paths import assets

    options = LiveOptions(AnimationOptions(size=Size(640, 360)), camera="demo", sink="null", frames=frames)

    def fast_parts(metrics: Metrics, on_problem: Callable[[Exception], None]) -> Parts:
        parts = open_parts(options, metrics, on_problem)
        parts.source.close()
        parts.source = VideoFile(assets() / "demo" / "driver.mp4", loop=True)
        return parts

    return Session(fast_parts, fps=1000, frames=frames)


def measure(session: Session) -> dict[str, float | int]:
    """Count what may not grow."""
    handles = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else -1
    return {
        "frames": session.frames,
        "memory_mb": resident_mb() or 0.0,
        "threads": threading.active_count(),
        "handles": handles,
    }


def watch(session: Session, frames: int) -> list[dict[str, float | int]]:
    """Wait for the end, measuring each twentieth."""
    points: list[dict[str, float | int]] = []
    session.start()
    while not session.wait(0.02):
        if session.frames >= len(points) * frames / POINTS:
            points.append(measure(session))
            sys.stderr.write(f"{json.dumps(points[-1])}\n")
    return points


def growth(points: list[dict[str, float | int]], key: str) -> float:
    """How much higher the last quarter's least stands than the least after the warm-up's end."""
    warm = points[max(1, round(WARM * len(points))) :]
    quarter = max(1, len(warm) // 4)
    return min(p[key] for p in warm[-quarter:]) - min(p[key] for p in warm[:quarter])


def main() -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--real", action="store_true", help="the built-in model in place of the light animator")
    args = parser.parse_args()
    before = threading.active_count()
    began = time.perf_counter()
    opened = None
    if args.real:
        session = real(args.frames)
    else:
        session, opened = light(args.frames)
    points = watch(session, args.frames)
    grown = {key: round(growth(points, key), 1) for key in ("memory_mb", "threads", "handles")}
    report = session.report()
    result = {
        "command": " ".join(["python", *sys.argv]),
        "cores": os.cpu_count(),
        "seconds": round(time.perf_counter() - began),
        "frames": session.frames,
        "fps": report["fps"],
        "state": session.state.value,
        "error": str(session.error or ""),
        "camera_openings": opened.opened if opened else 1,
        "first": points[1],
        "last": points[-1],
        "growth": grown,
        "threads_left": threading.active_count() - before,
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    good = grown["memory_mb"] <= MOST_MB and grown["threads"] <= 0 and grown["handles"] <= 0
    return 0 if good and session.error is None and result["threads_left"] == 0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
