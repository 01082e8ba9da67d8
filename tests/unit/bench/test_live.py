"""Figures of live sessions and what they mean in plain words."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import pytest

from avatarify.bench.against import against_text, medians
from avatarify.bench.isa import LIMITS, limit_instructions
from avatarify.bench.live_run import LiveResult, LiveRunOptions, find_checkout
from avatarify.bench.verdict import verdict
from avatarify.errors import UsageError
from avatarify.live.rungs import LADDER


def result(frames: int, cpu_s: float, seconds: float = 2.0, **more: Any) -> LiveResult:
    report = {"frames": frames, "fps": 25.0, "latency_ms": {"p50": 40.0, "p95": 50.0}} | more
    return LiveResult(report, seconds, cpu_s)


def test_processor_time_for_a_frame_leaves_out_the_start() -> None:
    assert result(101, 8.0).core_ms(result(1, 3.0)) == 50.0
    assert result(101, 0.0).core_ms(result(1, 0.0)) is None  # Windows
    assert result(1, 3.0).core_ms(result(1, 3.0)) is None
    assert result(4, 2.9).core_ms(result(1, 3.0)) is None  # the second start was the slower one


def test_medians_are_of_all_rounds() -> None:
    runs = [result(101, 8.0, fps=20.0), result(101, 9.0, fps=24.0), result(101, 7.0, fps=30.0)]
    starts = [result(1, 3.0, seconds) for seconds in (1.5, 2.5, 1.0)]
    found = medians(runs, starts)
    assert found == {"fps": 24.0, "core_ms": 50.0, "p50_ms": 40.0, "p95_ms": 50.0, "start_s": 1.5}


def test_ratios_are_lines_and_unknown_ones_are_left_out() -> None:
    ratios: dict[str, float | None] = {"fps": 2.0, "core_ms": None, "p50_ms": 1.0, "p95_ms": 1.0, "start_s": 0.5}
    values = dict.fromkeys(ratios, 10.0)
    facts = {"against": "old", "rounds": 2, "frames": 4}
    lines = against_text({**facts, "this": values, "other": values, "ratios": ratios}).splitlines()
    assert lines[0] == "this checkout / old, 2 × 4 frames"
    assert lines[1] == "fps: 10.0 / 10.0 (× 2.00)"
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("fps", "rung", "words"),
    [
        (24.9, "full", "keeps up with 25 frames a second in full quality"),
        (25.0, "landmarks", "keeps up with 25 frames a second, with reduced detail"),
        (12.5, "half-rate", "shows about 12 of 25 frames a second"),
        (20.0, "full", "shows about 20 of 25 frames a second"),
    ],
)
def test_the_verdict_is_in_plain_words(fps: float, rung: str, words: str) -> None:
    assert rung in [step.name for step in LADDER]
    assert words in str(verdict({"fps": fps, "camera_fps": 25.0, "quality": {"rung": rung}}))


def test_a_folder_without_a_checkout_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no checkout"):
        find_checkout(tmp_path)


def test_a_checkout_has_its_own_code_and_cache() -> None:
    here = Path(__file__).parents[3]
    checkout = find_checkout(here)
    assert checkout.environment["PYTHONPATH"] == str(here)
    assert checkout.environment["AVATARIFY_CACHE"].startswith(os.environ["AVATARIFY_CACHE"])


def test_a_portrait_file_is_found_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "me.png").touch()
    assert str(tmp_path / "me.png") in LiveRunOptions("built-in", "auto", "me.png", "640x360").words
    assert "mona-lisa" in LiveRunOptions("built-in", "auto", "mona-lisa", "640x360").words


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="only x86-64 processors can be limited")
def test_limits_are_set_for_child_processes_with_a_cache_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LIMITS["avx2"]:
        monkeypatch.setenv(name, "before")  # so that it is put back
    before = os.environ["AVATARIFY_CACHE"]
    monkeypatch.setenv("AVATARIFY_CACHE", before)
    limit_instructions("avx2")
    assert os.environ["ONEDNN_MAX_CPU_ISA"] == "AVX2"
    assert os.environ["AVATARIFY_CACHE"] == str(Path(before) / "bench" / "avx2")
