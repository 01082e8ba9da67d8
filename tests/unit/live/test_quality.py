"""What the governor's choice does to a session: which frames are animated, and what is said."""

from typing import Any

import pytest
from helpers.fakes import FixedTracker

from avatarify.live import quality as quality_module
from avatarify.live.load_meter import LoadMeter
from avatarify.live.quality import QualityControl
from avatarify.metrics import Metrics


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def perf_counter(self) -> float:
        return self.now


class RestingTracker(FixedTracker):
    """Keeps how often it is to look at a head that rests."""

    hz = 0.0

    def rest(self, hz: float) -> None:
        self.hz = hz


def camera(metrics: Metrics, fps: float, frames: int = 100) -> None:
    for number in range(frames):
        metrics.grabbed(number / fps, 640, 480)


def overload(control: QualityControl, clock: Clock, seconds: float, missed: float = 1.0) -> None:
    """Animate 12 frames a second, and miss as many of them for each."""
    for number in range(int(12 * seconds)):
        clock.now += 1 / 12
        control.animated(1 / 12, missed=int(number * missed))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(quality_module, "time", clock)
    return clock


def test_overload_makes_every_second_frame_and_fewer_looks(clock: Clock) -> None:
    metrics, tracker = Metrics(), RestingTracker()
    camera(metrics, 25)
    control = QualityControl("auto", fps=30, tracker=tracker, metrics=metrics)
    calm = tracker.hz
    assert all(control.takes_next(25) for _ in range(50))
    assert str(control.message) == ""
    overload(control, clock, 5, missed=0.1)
    assert tracker.hz < calm
    assert str(control.message) == "Reduced detail to keep 25 fps."
    assert all(control.takes_next(25) for _ in range(50))
    overload(control, clock, 14, missed=2)
    assert [control.takes_next(25) for _ in range(6)] in ([True, False] * 3, [False, True] * 3)
    assert "every second frame" in control.message
    facts: dict[str, Any] = control.facts
    assert facts == {"asked": "auto", "rung": "half-rate", "changes": 2, "skipped": 3}


def test_frames_that_would_never_be_shown_are_not_animated() -> None:
    metrics = Metrics()
    camera(metrics, 60)
    control = QualityControl("best", fps=30, tracker=FixedTracker(), metrics=metrics)
    taken = [control.takes_next(60) for _ in range(60)]
    assert taken[40:] in ([True, False] * 10, [False, True] * 10)


def test_a_camera_that_is_only_said_to_be_fast_is_not_thinned() -> None:
    metrics = Metrics()
    camera(metrics, 29)
    control = QualityControl("best", fps=30, tracker=FixedTracker(), metrics=metrics)
    assert all(control.takes_next(60) for _ in range(60))


def test_a_pause_is_no_load() -> None:
    meter = LoadMeter()
    assert meter.frame(0.0, 0.01, 0) is None
    assert meter.frame(60.0, 0.01, 1500) is None
    seconds = [meter.frame(60 + number / 10, 0.05, 1500 + number // 5) for number in range(1, 11)]
    assert seconds[:9] == [None] * 9
    second = seconds[9]
    assert second is not None
    assert (second.shown, second.missed) == (10, 2)
    assert second.busy == pytest.approx(0.5)
