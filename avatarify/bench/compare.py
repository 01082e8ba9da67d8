"""All runtimes in turns, and what their times mean."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from avatarify.bench.arithmetic import count_macs
from avatarify.bench.process import Bench
from avatarify.bench.work import ON_GPU, STAGES
from avatarify.engines.choose import list_runtimes
from avatarify.errors import EngineError
from avatarify.frames import Size
from avatarify.zoo.random_model import open_model

REFERENCE = "torch"
NETWORK = ("keypoints", "generate")  # what a frame asks of the model
PLAIN = ("keypoints", "encode", "generate")  # what a loop that keeps nothing of the portrait asks of it
FRAME = ("keypoints", "generate", "compose")  # the face is found beside these


@dataclass(frozen=True)
class BenchOptions:
    """What is timed.

    Attributes:
        model: A name that ``avatarify models list`` prints, or ``fomm-random``.
        runtimes: Names of runtimes; empty for all that work here. The reference is always among them.
        frames: How many frames each runtime is timed with.
        rounds: In how many turns.
        portrait: Name or file.
        size: Of the output pictures.
    """

    model: str = "built-in"
    runtimes: tuple[str, ...] = ()
    frames: int = 100
    rounds: int = 5
    portrait: str = "mona-lisa"
    size: Size = field(default_factory=lambda: Size(1280, 720))


def bench(options: BenchOptions, on_progress: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Time runtimes in turns (A B A B), so that a busy moment of the machine does not fall on one of them.

    Args:
        options: What to time.
        on_progress: Told in a few words what is being done.

    Returns:
        The report.

    Raises:
        AvatarifyError: the model, the portrait, or a runtime that was named cannot be used.
    """
    with contextlib.ExitStack() as opened:
        entry = open_model(options.model)
        on_progress("counting operations")
        macs = count_macs(entry)
        benches, refused = [], list[str]()
        for name in _names(options.runtimes):
            on_progress(f"opening {name}")
            try:
                benches.append(opened.enter_context(Bench(entry, name, options.portrait, options.size)))
            except EngineError as error:
                if name in options.runtimes:
                    raise
                refused.append(f"{name} is not timed: {error.message}")
        results = _in_turns(benches, options, on_progress)
    return _report(options, macs, results, refused)


def _names(wanted: Sequence[str]) -> list[str]:
    known = [name for name in list_runtimes() if name != "auto"]
    return list(dict.fromkeys([*(wanted or known), REFERENCE]))


@dataclass
class _Result:
    name: str
    device: str
    start_s: float
    times: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    memory_mb: float | None = None
    peak: float = 0.0

    @property
    def on_gpu(self) -> bool:
        """Whether its processor is a GPU."""
        return self.name in ON_GPU

    def total(self, stages: Sequence[str]) -> list[float]:
        """Sum stages frame by frame."""
        return [sum(parts) for parts in zip(*(self.times[stage] for stage in stages), strict=True)]


def _in_turns(benches: Sequence[Bench], options: BenchOptions, on_progress: Callable[[str], None]) -> list[_Result]:
    results = [_Result(one.name, one.device, one.start_s) for one in benches]
    counts = [len(part) for part in np.array_split(np.arange(options.frames), min(options.rounds, options.frames))]
    for number, count in enumerate(counts, 1):
        on_progress(f"round {number} of {len(counts)}")
        for one, result in zip(benches, results, strict=True):
            result.peak = max(result.peak, one.peak())
            done = one.run(count)
            result.memory_mb = done.memory_mb
            for stage, times in done.times.items():
                result.times[stage] += times
    for result in results:  # one processor has one peak: the best that any of the processes saw
        result.peak = max(other.peak for other in results if other.on_gpu == result.on_gpu)
    return results


def _report(
    options: BenchOptions, macs: dict[str, float], results: Sequence[_Result], refused: list[str]
) -> dict[str, Any]:
    reference = next(result for result in results if result.name == REFERENCE)
    network = sum(macs[stage] for stage in NETWORK)
    return {
        "model": options.model,
        "frames": options.frames,
        "rounds": options.rounds,
        "size": str(options.size),
        "portrait": options.portrait,
        "macs_millions": {**macs, "frame": network},
        "plain_torch_loop_ms": _spread(reference.total(PLAIN)),
        "runtimes": [_judged(result, reference, network) for result in results],
        "warnings": refused,
    }


def _judged(result: _Result, reference: _Result, network_macs: float) -> dict[str, Any]:
    """Tell one runtime's times beside the reference's and the least that the arithmetic takes."""
    network = _spread(result.total(NETWORK))
    frame = result.total(FRAME)
    floor_ms = network_macs / result.peak if result.peak else math.nan  # nobody could measure the peak
    return {
        "name": result.name,
        "device": result.device,
        "start_s": round(result.start_s, 2),
        "stages_ms": {stage: _spread(times) for stage, times in result.times.items()},
        "network_ms": network,
        "frame_ms": _spread(frame),
        "fps": round(1000 / float(np.mean(frame)), 1),
        "memory_mb": result.memory_mb,
        "times_faster_than_torch": _ratio(reference.total(NETWORK), result.total(NETWORK)),
        "times_faster_than_plain_loop": _ratio(reference.total(PLAIN), result.total(NETWORK)),
        "peak_gmacs_per_s": round(result.peak, 1),
        "floor_ms": _known(floor_ms),
        "times_floor": _known(network["p50"] / floor_ms),
    }


def _known(value: float) -> float | None:
    """Round, with None for what is not known: JSON has no NaN."""
    return None if math.isnan(value) else round(value, 2)


def _spread(times: Sequence[float]) -> dict[str, float]:
    """Return median, 95th percentile and least of milliseconds."""
    values = {"p50": np.percentile(times, 50), "p95": np.percentile(times, 95), "least": np.min(times)}
    return {name: round(float(value), 3) for name, value in values.items()}


def _ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    """Ratio of medians."""
    below = float(np.median(fast))
    return round(float(np.median(slow)) / below, 2) if below > 0 else math.nan
