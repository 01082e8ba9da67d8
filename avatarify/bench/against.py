"""Times live sessions of another checkout in turns with this one."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from avatarify.bench.live_run import Checkout, LiveResult, LiveRunOptions, find_checkout, run_live
from avatarify.messages import Message

_UNITS = {"fps": "fps", "core_ms": "core ms a frame", "p50_ms": "ms p50", "p95_ms": "ms p95", "start_s": "s start"}


def against(
    folder: Path, options: LiveRunOptions, frames: int, rounds: int, on_progress: Callable[[Message], None]
) -> dict[str, Any]:
    """Run live sessions of this checkout and another in turns (A B A B).

    Args:
        folder: Of the other checkout.
        options: What the sessions run with.
        frames: Of each session.
        rounds: Sessions of each checkout.
        on_progress: Called with each step.

    Returns:
        The report: ``this`` and ``other`` with the medians of ``fps``, ``core_ms``, ``p50_ms``, ``p95_ms``, and
        ``start_s`` (a session of one frame with a warm cache), and the ``ratios`` of this to the other.

    Raises:
        UsageError: There is no checkout in the folder.
        EngineError: A session failed.
    """
    checkouts = (Checkout(), find_checkout(folder))
    runs: list[list[LiveResult]] = [[], []]
    starts: list[list[LiveResult]] = [[], []]
    for checkout in checkouts:
        on_progress(Message("preparing {checkout}", checkout=checkout.name))
        run_live(checkout, options, 1)
    for number in range(1, rounds + 1):
        on_progress(Message("round {number} of {count}", number=number, count=rounds))
        for place, checkout in enumerate(checkouts):
            starts[place].append(run_live(checkout, options, 1))
            runs[place].append(run_live(checkout, options, frames))
    this, other = map(medians, runs, starts)
    ratios = {name: _ratio(this[name], other[name]) for name in _UNITS}
    facts = {"against": checkouts[1].name, "frames": frames, "rounds": rounds, "size": options.size}
    return {**facts, "this": this, "other": other, "ratios": ratios, "warnings": []}


def medians(runs: Sequence[LiveResult], starts: Sequence[LiveResult]) -> dict[str, float | None]:
    """Return the medians of what sessions measured.

    Args:
        runs: The sessions.
        starts: A session of one frame for each.
    """
    core_ms = [run.core_ms(start) for run, start in zip(runs, starts, strict=True)]
    known = [value for value in core_ms if value is not None]
    return {
        "fps": _median([run.report["fps"] for run in runs]),
        "core_ms": _median(known) if known else None,
        "p50_ms": _median([run.report["latency_ms"]["p50"] for run in runs]),
        "p95_ms": _median([run.report["latency_ms"]["p95"] for run in runs]),
        "start_s": _median([start.seconds for start in starts]),
    }


def against_text(report: dict[str, Any]) -> str:
    """Return the report of ``against`` as lines: this checkout, the other, and the ratio."""
    lines = [f"this checkout / {report['against']}, {report['rounds']} × {report['frames']} frames"]
    for name, unit in _UNITS.items():
        this, other, ratio = report["this"][name], report["other"][name], report["ratios"][name]
        if ratio is not None:
            lines.append(f"{unit}: {this:.1f} / {other:.1f} (× {ratio:.2f})")
    return "\n".join(lines)


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 2)


def _ratio(this: float | None, other: float | None) -> float | None:
    return round(this / other, 3) if this is not None and other else None
