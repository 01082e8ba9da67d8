"""Runs a live session for minutes beside a process that takes one core on and off, and watches the governor.

``python tools/soak_beside.py --minutes 20`` shows the demo at 1280x720. The process works and rests by turns, for times
drawn at random between 5 and 60 seconds (seeded). Prints one line a minute, then one JSON object.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import random
import time
from dataclasses import asdict, dataclass

from avatarify.api import live_session
from avatarify.live.session import Session
from avatarify.memory import resident_mb

SLOW_FPS = 20.0
SHORTEST_S, LONGEST_S = 5.0, 60.0


@dataclass(frozen=True)
class Second:
    """What was seen in one second: its end, frames shown per second, the status line, and resident megabytes."""

    at_s: float
    fps: float
    quality: str
    memory_mb: float


def disturb(seed: int) -> None:
    """Take one core on and off until killed."""
    draw = random.Random(seed)
    while True:
        until = time.monotonic() + draw.uniform(SHORTEST_S, LONGEST_S)
        while time.monotonic() < until:
            pass
        time.sleep(draw.uniform(SHORTEST_S, LONGEST_S))


def watch(session: Session, seconds: float) -> list[Second]:
    """Look at a session once a second."""
    while session.frames < 1:
        time.sleep(0.1)
    seen: list[Second] = []
    began = at = time.monotonic()
    frames = session.frames
    while at - began < seconds and session.error is None:
        time.sleep(1.0)
        before, at = at, time.monotonic()
        frames, last = session.frames, frames
        seen.append(Second(at - began, (frames - last) / (at - before), str(session.quality), resident_mb() or 0.0))
        if len(seen) % 60 == 0:
            print(f"{seen[-1].at_s:6.0f} s  {seen[-1].fps:5.1f} fps  {seen[-1].memory_mb:.0f} MB  {seen[-1].quality}")
    return seen


def longest_slow_s(seen: list[Second]) -> float:
    """Return for how many seconds in a row fewer than ``SLOW_FPS`` were shown, at most."""
    runs = itertools.groupby(seen, key=lambda second: second.fps < SLOW_FPS)
    return max((float(len(list(run))) for slow, run in runs if slow), default=0.0)


def summary(seen: list[Second]) -> dict[str, object]:
    """Return the figures that the goal names: slow seconds, changes of the rung, and memory."""
    changes = [b.at_s for a, b in itertools.pairwise(seen) if a.quality != b.quality]
    rates = sorted(second.fps for second in seen)
    return {
        "seconds": len(seen),
        "fps": {"p1": rates[len(rates) // 100], "p50": rates[len(rates) // 2]},
        "slow_s": {"total": sum(second.fps < SLOW_FPS for second in seen), "longest": longest_slow_s(seen)},
        "changes": len(changes),
        "shortest_s_between_changes": min((b - a for a, b in itertools.pairwise(changes)), default=None),
        "memory_mb": {share: seen[int(share * (len(seen) - 1))].memory_mb for share in (0.05, 0.5, 1.0)},
    }


def main() -> None:
    """Run the session and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", action="store_true", help="print every second as well")
    options = parser.parse_args()
    busy = multiprocessing.get_context("spawn").Process(target=disturb, args=(options.seed,), daemon=True)
    with live_session("demo", "mona-lisa", ["null"]) as session:
        busy.start()
        seen = watch(session, 60 * options.minutes)
        busy.kill()
        report = session.report()
    kept = {name: report[name] for name in ("fps", "dropped", "frames", "latency_ms", "quality")}
    print(json.dumps({**summary(seen), **kept, "every_second": [asdict(s) for s in seen] if options.seconds else []}))


if __name__ == "__main__":
    main()
