"""The report of a bench as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from avatarify.bench.work import STAGES

_HEAD = (
    "runtime", *(f"{stage} ms" for stage in STAGES), "network ms", "core ms", "fps", "MB",
    "× torch", "× plain loop", "× floor",
)  # fmt: skip


def markdown(report: dict[str, Any]) -> str:
    """Return a table with a row for each runtime, p50 / p95 in milliseconds, and the lines that explain it."""
    rows = [_row(one) for one in report["runtimes"]]
    live = ["", *_live(report["live"])] if report["live"] else []
    return "\n".join([_summary(report), "", *_table(_HEAD, rows), "", *_devices(report), *report["warnings"], *live])


def _row(one: dict[str, Any]) -> list[str]:
    stages = [_pair(one["stages_ms"][stage]) for stage in STAGES]
    memory = "–" if one["memory_mb"] is None else f"{one['memory_mb']:.0f}"
    ratios = [_or_dash(one[key]) for key in ("times_faster_than_torch", "times_faster_than_plain_loop", "times_floor")]
    core = "–" if one["core_ms"] is None else f"{one['core_ms']:.1f}"
    return [one["name"], *stages, _pair(one["network_ms"]), core, f"{one['fps']:.1f}", memory, *ratios]


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _pair(times: dict[str, float]) -> str:
    return f"{times['p50']:.1f} / {times['p95']:.1f}"


def _summary(report: dict[str, Any]) -> str:
    macs, plain = report["macs_millions"], report["plain_torch_loop_ms"]
    work = f"{report['frames']} frames in {report['rounds']} turns, output {report['size']}"
    if macs is None or plain is None:
        return f"{report['model']}: {work}; torch is not installed, so there is nothing to compare with"
    return (
        f"{report['model']}: {macs['frame']:.0f} MMAC a frame (key points {macs['keypoints']:.0f}, generate "
        f"{macs['generate']:.0f}); {work}; plain torch loop {_pair(plain)} ms"
    )


def _devices(report: dict[str, Any]) -> list[str]:
    return [
        f"{one['name']}: {one['device']}; peak {one['peak_gmacs_per_s']:.0f} GMAC/s, "
        f"floor {_or_dash(one['floor_ms'])} ms; ready after {one['start_s']:.1f} s"
        for one in report["runtimes"]
    ]


def _live(live: dict[str, Any]) -> list[str]:
    latency, core = live["latency_ms"], ""
    if live["core_ms"] is not None:
        core = f"{live['core_ms']:.0f} core-milliseconds a frame on {live['cores']} cores, "
    return [
        f"live on {live['runtime']}: {live['fps']:.1f} of {live['camera_fps']:.0f} fps, {core}"
        f"added latency {latency['p50']:.0f} ms (p95 {latency['p95']:.0f}), quality {live['rung']}, "
        f"ready after {live['start_s']:.1f} s",
        str(live["verdict"]),
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(line)} |" for line in (head, *rows)]
    return [lines[0], f"|{'---|' * len(head)}", *lines[1:]]
