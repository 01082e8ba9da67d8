"""Glass to glass, in software: a clock drawn into the driver's frame is read back at the sink."""

import time
from typing import Any

import numpy as np
import pytest
from helpers.bars import draw_bars, read_bars
from helpers.scripted_camera import ScriptedCamera
from helpers.stage import Stage

from avatarify.capture.watchdog import Timeouts
from avatarify.frames import U8
from avatarify.live.commands import ShowCamera

TICKS = 10_000  # a second
ENOUGH = 30


class OpticalClock:
    """Draws the time into frames, and reads at the sink how long ago that was when a time is first seen."""

    def __init__(self) -> None:
        self.ages_ms: list[Any] = []
        self._zero = time.perf_counter()
        self._last: int | None = None

    def draw(self, image: U8, number: int) -> None:
        draw_bars(image, round((time.perf_counter() - self._zero) * TICKS))

    def look(self, image: U8) -> None:
        now, shown = time.perf_counter(), read_bars(image)
        if shown is not None and shown != self._last:
            self.ages_ms.append((now - self._zero - shown / TICKS) * 1000)
            self._last = shown


@pytest.mark.parametrize("delay_s", [0.0, 0.06])
def test_the_reported_latency_is_what_a_clock_in_the_picture_shows(delay_s: float) -> None:
    clock = OpticalClock()

    def slow(frame: Any) -> bool:
        time.sleep(delay_s)
        return True

    camera = ScriptedCamera(fps=15, draw=clock.draw, timeouts=Timeouts())
    with Stage(camera, sees=slow, fps=60, look=clock.look) as stage:
        stage.session.execute(ShowCamera(True))  # a clock does not come through a portrait
        stage.wait_for(lambda: len(clock.ages_ms) >= ENOUGH, "enough of the clock")
    report: dict[str, Any] = stage.session.report()
    reported = report["latency_ms"]["p50"]
    optical = float(np.median(clock.ages_ms))
    assert optical == pytest.approx(reported, abs=8)
    assert optical >= delay_s * 1000
