"""Turns, ratios and the table, with processes of known times."""

import json
from typing import Any

import pytest

from avatarify.bench.compare import bench_runtimes, time_in_turns
from avatarify.bench.process import Turn
from avatarify.bench.report import make_report, statistics_of
from avatarify.bench.table import markdown
from avatarify.bench.work import STAGES

MACS = {"keypoints": 100.0, "encode": 50.0, "generate": 300.0}


class KnownBench:
    """A process that returns given times at once."""

    def __init__(self, log: list[Any], name: str, device: str = "CPU (known)", peak: float = 10.0, **ms: float) -> None:
        self.name, self.device, self.start_s = name, device, 1.0
        self._log, self._peak, self._ms = log, peak, dict.fromkeys(STAGES, 1.0) | ms

    def run(self, count: int) -> Turn:
        self._log.append((self.name, count))
        return Turn({stage: [ms] * count for stage, ms in self._ms.items()}, 100.0)

    def peak(self) -> float:
        return self._peak


def report(*processes: KnownBench, frames: int = 100, rounds: int = 5) -> dict[str, Any]:
    results = time_in_turns(processes, frames, rounds)
    return make_report({"model": "built-in", "frames": frames, "rounds": rounds, "size": "1280x720"}, MACS, results)


def test_runtimes_take_turns_and_every_frame_is_timed() -> None:
    log: list[Any] = []
    made = report(KnownBench(log, "a"), KnownBench(log, "torch"), frames=7, rounds=3)
    assert log == [("a", 3), ("torch", 3), ("a", 2), ("torch", 2), ("a", 2), ("torch", 2)]
    assert made["frames"] == 7


def test_there_are_not_more_turns_than_frames() -> None:
    log: list[Any] = []
    report(KnownBench(log, "torch"), frames=2, rounds=5)
    assert log == [("torch", 1)] * 2


def test_ratios_to_the_reference_the_plain_loop_and_the_arithmetic() -> None:
    fast = KnownBench([], "fast", keypoints=5.0, generate=15.0, compose=5.0, encode=500.0)
    slow = KnownBench([], "torch", keypoints=20.0, generate=40.0, encode=30.0)
    one, reference = report(fast, slow)["runtimes"]
    assert one["network_ms"]["p50"] == 20
    assert one["times_faster_than_torch"] == 3
    assert one["times_faster_than_plain_loop"] == 4.5
    assert one["floor_ms"] == 40  # 400 million at 10 thousand million a second
    assert one["times_floor"] == 0.5
    assert one["fps"] == 40
    assert reference["times_faster_than_torch"] == 1


def test_processes_on_one_processor_share_its_peak() -> None:
    benches = (
        KnownBench([], "openvino", peak=8.0),
        KnownBench([], "torch-cuda", device="GPU", peak=900.0),
        KnownBench([], "torch", peak=10.0),
    )
    assert [one["peak_gmacs_per_s"] for one in report(*benches)["runtimes"]] == [10, 900, 10]


def test_an_unknown_peak_is_a_dash() -> None:
    made = report(KnownBench([], "tensorrt-rtx", device="GPU", peak=0.0), KnownBench([], "torch", peak=10.0))
    assert made["runtimes"][0]["times_floor"] is None
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert "| – |" in markdown(made)


def test_the_reference_is_always_timed() -> None:
    assert bench_runtimes(("openvino",)) == ["openvino", "torch"]
    assert bench_runtimes(())[-1] == "torch"
    assert "auto" not in bench_runtimes(())


def test_the_table_has_a_row_for_each_runtime_and_the_report_is_json() -> None:
    made = report(KnownBench([], "openvino"), KnownBench([], "torch"))
    rows = [line for line in markdown(made).splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert len({row.count("|") for row in rows}) == 1
    assert json.loads(json.dumps(made)) == made
    assert "400 MMAC" in markdown(made)


def test_statistics_are_median_95th_percentile_and_minimum() -> None:
    assert statistics_of(list(range(101))) == pytest.approx({"p50": 50, "p95": 95, "least": 0})
