import json
import tracemalloc
from typing import Any

import numpy as np
import pytest

from avatarify.metrics import STAGES, Histogram, Metrics


@pytest.mark.parametrize("percent", [50, 95, 99])
def test_percentiles_agree_with_sorting_all_values(percent: int) -> None:
    values = np.random.default_rng(3).gamma(4, 9, 5000)
    histogram = Histogram()
    for value in values:
        histogram.add(float(value))
    assert histogram.percentile(percent) == pytest.approx(np.percentile(values, percent), abs=0.5)


def test_percentiles_of_few_values_are_values_that_occurred() -> None:
    histogram = Histogram()
    assert histogram.percentile(95) == 0.0
    histogram.add(7.1)
    assert histogram.percentile(50) == pytest.approx(7.1, abs=0.25)
    histogram.add(9999.0)
    assert histogram.percentile(99) == 9999.0


def test_memory_is_flat_however_many_frames_there_are() -> None:
    metrics = Metrics()

    def work(frames: Any) -> None:
        for number in range(frames):
            metrics.stage("generate", 18.0)
            metrics.sent(20.0 + number % 30, face=True)
            metrics.warn(f"warning {number}")

    work(1000)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    work(5000)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert metrics.frames == 6000
    assert grown < 5000


def test_the_report_has_the_fixed_keys_and_is_json() -> None:
    metrics = Metrics()
    metrics.stage("compose", 2.0)
    metrics.stage("compose", 4.0)
    metrics.sent(30.0, face=True)
    metrics.sent(40.0, face=False)
    metrics.repeat()
    report = json.loads(json.dumps(metrics.snapshot(dropped=3)))
    assert report["frames"] == 2
    assert report["dropped"] == 3
    assert report["faces_seen"] == 1
    assert report["repeated"] == 1
    assert set(report["latency_ms"]) == {"p50", "p95", "p99"}
    assert list(report["stages_ms"]) == list(STAGES)
    assert report["stages_ms"]["compose"] == 3.0
    assert report["stages_ms"]["generate"] == 0.0


def test_a_warning_is_kept_once_and_in_order() -> None:
    metrics = Metrics()
    for text in ("b", "a", "b"):
        metrics.warn(text)
    assert [str(warning) for warning in metrics.warnings] == ["b", "a"]


def test_fps_counts_the_gaps_between_frames() -> None:
    metrics = Metrics(clock=iter([10.0, 10.5, 11.0, 11.5]).__next__)
    for _ in range(4):
        metrics.sent(1.0, face=True)
    assert metrics.snapshot()["fps"] == 2.0


def test_recent_fps_falls_when_nothing_goes_out() -> None:
    now = [10.0]
    metrics = Metrics(clock=lambda: now[0])
    for _ in range(31):
        metrics.sent(1.0, face=True)
        now[0] += 0.1
    assert metrics.recent_fps == pytest.approx(9.7, abs=0.3)
    now[0] += 27
    assert metrics.recent_fps == pytest.approx(1.0, abs=0.05)
