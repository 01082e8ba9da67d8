"""Statistics of measured times: the report of a bench."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from avatarify.bench.work import CORE, ON_GPU, STAGES
from avatarify.messages import Message

REFERENCE = "torch"
NETWORK = ("keypoints", "generate")  # what the model computes for a frame
PLAIN_LOOP = ("keypoints", "encode", "generate")  # what a loop computes that does not keep the encoded portrait
FRAME = ("keypoints", "generate", "compose")  # the face is detected in parallel


@dataclass
class RuntimeTimes:
    """What was measured of one runtime.

    Attributes:
        name: Of the runtime.
        device: Name of its processor.
        start_s: Seconds until it was ready.
        times: Milliseconds by stage, one for each frame; also under ``CORE``.
        memory_mb: Resident memory of its process; None if the system does not say.
        peak: Best rate of its processor, 10**9 multiply-accumulate operations per second; 0 if unknown.
    """

    name: str
    device: str
    start_s: float
    times: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in (*STAGES, CORE)})
    memory_mb: float | None = None
    peak: float = 0.0

    @property
    def on_gpu(self) -> bool:
        """Whether its processor is a GPU."""
        return self.name in ON_GPU

    def total(self, stages: Sequence[str]) -> list[float]:
        """Return the sum of some stages for each frame, milliseconds."""
        return [sum(parts) for parts in zip(*(self.times[stage] for stage in stages), strict=True)]


def make_report(
    settings: Mapping[str, object],
    macs: Mapping[str, float],
    results: Sequence[RuntimeTimes],
    refused: Sequence[Message] = (),
    live: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the report of a bench, ready for JSON.

    Args:
        settings: Copied into the report.
        macs: Multiply-accumulate operations by graph, millions; empty if they were not counted.
        results: Of all runtimes, the reference among them if torch is installed.
        refused: Runtimes that could not be timed, a sentence each.
        live: What a live session measured (see ``bench.verdict``); None if there was none.
    """
    reference = next((result for result in results if result.name == REFERENCE), None)
    network = sum(macs[stage] for stage in NETWORK) if macs else math.nan
    return {
        **settings,
        "macs_millions": {**macs, "frame": network} if macs else None,
        "plain_torch_loop_ms": statistics_of(reference.total(PLAIN_LOOP)) if reference else None,
        "runtimes": [_runtime_report(result, reference, network) for result in results],
        "live": live,
        "warnings": [str(message) for message in refused],
    }


def _runtime_report(result: RuntimeTimes, reference: RuntimeTimes | None, network_macs: float) -> dict[str, Any]:
    """Return one runtime's times, beside the reference's and the least that the arithmetic takes."""
    network = statistics_of(result.total(NETWORK))
    frame = result.total(FRAME)
    floor_ms = network_macs / result.peak if result.peak else math.nan
    return {
        "name": result.name,
        "device": result.device,
        "start_s": round(result.start_s, 2),
        "stages_ms": {stage: statistics_of(result.times[stage]) for stage in STAGES},
        "core_ms": round(float(np.mean(result.times[CORE])), 1) if result.times[CORE] else None,
        "network_ms": network,
        "frame_ms": statistics_of(frame),
        "fps": round(1000 / float(np.mean(frame)), 1),
        "memory_mb": result.memory_mb,
        "times_faster_than_torch": _ratio(reference, NETWORK, result),
        "times_faster_than_plain_loop": _ratio(reference, PLAIN_LOOP, result),
        "peak_gmacs_per_s": round(result.peak, 1),
        "floor_ms": _known(floor_ms),
        "times_floor": _known(network["p50"] / floor_ms),
    }


def statistics_of(times: Sequence[float]) -> dict[str, float]:
    """Return median, 95th percentile, and minimum of milliseconds."""
    values = {"p50": np.percentile(times, 50), "p95": np.percentile(times, 95), "least": np.min(times)}
    return {name: round(float(value), 3) for name, value in values.items()}


def _known(value: float) -> float | None:
    """Round, with None for an unknown value: JSON has no NaN."""
    return None if math.isnan(value) else round(value, 2)


def _ratio(reference: RuntimeTimes | None, stages: Sequence[str], result: RuntimeTimes) -> float | None:
    """Return how many times longer the reference takes for some stages than a runtime for its networks: of medians."""
    below = float(np.median(result.total(NETWORK)))
    if reference is None:
        return None
    return round(float(np.median(reference.total(stages))) / below, 2) if below > 0 else math.nan
