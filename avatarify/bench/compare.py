"""Times runtimes in turns."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from avatarify.bench.arithmetic import count_macs
from avatarify.bench.live_run import LiveRunOptions
from avatarify.bench.process import RuntimeProcess, Turn
from avatarify.bench.report import REFERENCE, RuntimeTimes, make_report
from avatarify.bench.verdict import measure_live
from avatarify.engines.choose import list_runtimes
from avatarify.engines.target import Watch
from avatarify.errors import EngineError
from avatarify.frames import Size
from avatarify.messages import Message
from avatarify.runtimes.probe import version
from avatarify.zoo.random_model import RANDOM, open_model

LIVE_FRAMES = 2  # frames of the live session for each timed one


@dataclass(frozen=True)
class BenchOptions:
    """What is timed.

    Attributes:
        model: A name that ``avatarify models list`` prints, or ``fomm-random``.
        runtimes: Names of runtimes; empty for all that work on this machine. Torch is always included where it is
            installed.
        frames: Number of frames for each runtime.
        rounds: Number of turns that they are split into.
        portrait: Name or file.
        size: Of the output frames.
        isa: What instructions are limited to, for the report (see ``bench.isa``).
    """

    model: str = "built-in"
    runtimes: tuple[str, ...] = ()
    frames: int = 100
    rounds: int = 5
    portrait: str = "mona-lisa"
    size: Size = field(default_factory=lambda: Size(1280, 720))
    isa: str | None = None


class Timed(Protocol):
    """Something that times frames when it is its turn; see ``bench.process.RuntimeProcess``."""

    name: str
    device: str
    start_s: float

    def run(self, count: int) -> Turn:
        """Time so many frames."""
        ...

    def peak(self) -> float:
        """Measure the processor's peak rate."""
        ...


def _ignore(step: Message) -> None:
    pass


def bench(
    options: BenchOptions, on_progress: Callable[[Message], None] = _ignore, watch: Watch | None = None
) -> dict[str, Any]:
    """Time runtimes in turns (A B A B), so that a busy moment of the machine does not affect only one of them.

    Args:
        options: What to time.
        on_progress: Called with each step.
        watch: Follows the opening of the model on each runtime.

    Returns:
        The report (see ``bench.report.make_report``).

    Raises:
        AvatarifyError: The model, the portrait, or a requested runtime cannot be used.
    """
    with contextlib.ExitStack() as opened:
        entry = open_model(options.model)
        processes: list[RuntimeProcess] = []
        refused: list[Message] = []
        for name in bench_runtimes(options.runtimes):
            on_progress(Message("opening {runtime}", runtime=name))
            try:
                process = RuntimeProcess(entry, name, options.portrait, options.size, watch)
                processes.append(opened.enter_context(process))
            except EngineError as error:
                if name in options.runtimes:
                    raise
                refused.append(Message("{runtime} is not timed: {reason}", runtime=name, reason=error))
        on_progress(Message("counting operations"))
        macs = count_macs(entry)
        results = time_in_turns(processes, options.frames, options.rounds, on_progress)
    settings = {
        "model": options.model,
        "frames": options.frames,
        "rounds": options.rounds,
        "size": str(options.size),
        "portrait": options.portrait,
        "isa": options.isa,
    }
    live = None
    if options.model != RANDOM:  # which is for timing only
        on_progress(Message("running a live session"))
        runtime = options.runtimes[0] if options.runtimes else "auto"
        live = measure_live(
            LiveRunOptions(options.model, runtime, options.portrait, str(options.size)), LIVE_FRAMES * options.frames
        )
    return make_report(settings, macs, results, refused, live)


def bench_runtimes(wanted: Sequence[str]) -> list[str]:
    """Return the names of the runtimes to time, each once: the requested ones or all, and torch, the reference.

    Without torch, the others are compared with the first of them.
    """
    known = [name for name in list_runtimes() if name != "auto"]
    reference = [REFERENCE] if version(REFERENCE) else []
    return list(dict.fromkeys([*(wanted or known), *reference]))


def time_in_turns(
    processes: Sequence[Timed], frames: int, rounds: int, on_progress: Callable[[Message], None] = _ignore
) -> list[RuntimeTimes]:
    """Let processes time their frames one after the other, in rounds.

    Args:
        processes: Take turns in this order.
        frames: Number of frames for each.
        rounds: Number of turns; not more than frames.
        on_progress: Called at the start of each round.

    Returns:
        The times of each process.
    """
    results = [RuntimeTimes(one.name, one.device, one.start_s) for one in processes]
    counts = [len(part) for part in np.array_split(np.arange(frames), min(rounds, frames))]
    for number, count in enumerate(counts, 1):
        on_progress(Message("round {number} of {count}", number=number, count=len(counts)))
        for one, result in zip(processes, results, strict=True):
            result.peak = max(result.peak, one.peak())
            turn = one.run(count)
            result.memory_mb = turn.memory_mb
            for stage, times in turn.times.items():
                result.times[stage] += times
    # A processor has one peak: the best that any of its processes measured.
    for result in results:
        result.peak = max(other.peak for other in results if other.on_gpu == result.on_gpu)
    return results
