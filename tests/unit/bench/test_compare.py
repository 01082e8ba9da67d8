"""Turns, ratios and the table, with processes whose times are known."""

import json
from typing import Any

import pytest

from avatarify.bench import compare
from avatarify.bench.compare import BenchOptions
from avatarify.bench.process import Round
from avatarify.bench.table import markdown
from avatarify.bench.work import STAGES

MACS = {"keypoints": 100.0, "encode": 50.0, "generate": 300.0}


class KnownBench:
    """A process that answers at once with times that were written down."""

    def __init__(self, log: list[Any], name: str, device: str = "CPU (known)", peak: float = 10.0, **ms: float) -> None:
        self.name, self.device, self.start_s = name, device, 1.0
        self._log, self._peak, self._ms = log, peak, dict.fromkeys(STAGES, 1.0) | ms

    def run(self, count: int) -> Round:
        self._log.append((self.name, count))
        return Round({stage: [ms] * count for stage, ms in self._ms.items()}, 100.0)

    def peak(self) -> float:
        return self._peak


def report(*benches: KnownBench, **options: int) -> dict[str, Any]:
    wanted = BenchOptions(**options)
    results = compare._in_turns(benches, wanted, lambda text: None)
    return compare._report(wanted, MACS, results, [])


def test_runtimes_take_turns_and_every_frame_is_timed() -> None:
    log = []
    made = report(KnownBench(log, "a"), KnownBench(log, "torch"), frames=7, rounds=3)
    assert log == [("a", 3), ("torch", 3), ("a", 2), ("torch", 2), ("a", 2), ("torch", 2)]
    assert made["frames"] == 7


def test_more_turns_than_frames_are_as_many_turns_as_frames() -> None:
    log = []
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


def test_the_peak_belongs_to_the_processor_and_not_to_a_process() -> None:
    benches = (
        KnownBench([], "openvino", peak=8.0),
        KnownBench([], "torch-cuda", device="GPU", peak=900.0),
        KnownBench([], "torch", peak=10.0),
    )
    assert [one["peak_gmacs_per_s"] for one in report(*benches)["runtimes"]] == [10, 900, 10]


def test_a_peak_that_nobody_could_measure_is_a_dash() -> None:
    made = report(KnownBench([], "tensorrt-rtx", device="GPU", peak=0.0), KnownBench([], "torch", peak=10.0))
    assert made["runtimes"][0]["times_floor"] is None
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert "| – |" in markdown(made)


def test_the_reference_is_always_timed() -> None:
    assert compare._names(("openvino",)) == ["openvino", "torch"]
    assert compare._names(())[-1] == "torch"
    assert "auto" not in compare._names(())


def test_the_table_has_a_row_a_runtime_and_the_report_is_json() -> None:
    made = report(KnownBench([], "openvino"), KnownBench([], "torch"))
    rows = [line for line in markdown(made).splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert len({row.count("|") for row in rows}) == 1
    assert json.loads(json.dumps(made)) == made
    assert "400 MMAC" in markdown(made)


def test_a_time_is_told_by_its_median_its_95th_percentile_and_the_least() -> None:
    assert compare._spread(list(range(101))) == pytest.approx({"p50": 50, "p95": 95, "least": 0})
