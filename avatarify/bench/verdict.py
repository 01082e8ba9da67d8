"""What a live session on this computer would look like: measured in one, and said in plain words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from avatarify.bench.live_run import Checkout, LiveRunOptions, run_live
from avatarify.messages import Message

FULL = "full"  # name of the rung on which nothing is left out
_KEEPS_UP = 0.97  # fraction of the camera's frames


def measure_live(options: LiveRunOptions, frames: int) -> dict[str, Any]:
    """Run a live session and return its part of the report.

    Args:
        options: What it runs with.
        frames: Its length; the governor needs some seconds to react.

    Returns:
        ``fps`` of ``camera_fps`` were shown, ``core_ms`` for each frame on ``cores`` cores, ``dropped`` frames,
        ``latency_ms``, the governor's ``rung``, ``runtime``, ``start_s`` until one frame was done, and the ``verdict``.

    Raises:
        EngineError: The session failed.
    """
    start = run_live(Checkout(), options, 1)
    result = run_live(Checkout(), options, frames)
    report = result.report
    return {
        "runtime": report["runtime"],
        "frames": report["frames"],
        "fps": report["fps"],
        "camera_fps": report["camera_fps"],
        "dropped": report["dropped"],
        "latency_ms": report["latency_ms"],
        "core_ms": result.core_ms(start),
        "cores": os.cpu_count() or 1,
        "rung": report["quality"]["rung"],
        "start_s": round(start.seconds, 2),
        "verdict": verdict(report),
    }


def verdict(report: Mapping[str, Any]) -> Message:
    """Return one sentence about a live session.

    Args:
        report: The session's: ``fps``, ``camera_fps``, and ``rung`` or ``quality``.
    """
    fps, camera = report["fps"], report["camera_fps"]
    full = report["quality"]["rung"] == FULL
    if fps < _KEEPS_UP * camera:
        text = (
            "This computer shows about {fps:.0f} of {camera:.0f} frames a second: motion will not look smooth. Close "
            "other programs, or choose a smaller output."
        )
        return Message(text, fps=fps, camera=camera)
    if not full:
        return Message("This computer keeps up with {camera:.0f} frames a second, with reduced detail.", camera=camera)
    return Message("This computer keeps up with {camera:.0f} frames a second in full quality.", camera=camera)
