"""The governor beside simulated machines: one second after the other, without a clock."""

import itertools
from collections.abc import Callable, Sequence

import pytest

from avatarify.choices import Quality
from avatarify.live.governor import SECONDS_BETWEEN_CHANGES, Governor, Second
from avatarify.live.rungs import LADDER, Rung

CAMERA_FPS = 25.0
RUNGS = (Rung("full", 1.0), Rung("lighter", 0.8), Rung("light", 0.6), Rung("half-rate", 0.3, stride=2))


class Machine:
    """Animates as many frames as fit into each second.

    Args:
        work: Share of one second's time that full quality would take at the second t; above 1 is too much.
        governor: Under test.
        fps: Frames of the camera a second.

    Attributes:
        rungs: Name of the rung in each second.
        shown: Frames animated in each second.
        missed: Frames that came and could not be animated, in each second.
    """

    def __init__(self, work: Callable[[int], float], governor: Governor, fps: float = CAMERA_FPS) -> None:
        self._work, self._governor, self._fps = work, governor, fps
        self._now = 0
        self.rungs: list[str] = []
        self.shown: list[int] = []
        self.missed: list[int] = []

    def run(self, seconds: int) -> "Machine":
        for _ in range(seconds):
            self._second()
        return self

    @property
    def changed_at(self) -> list[int]:
        return [at for at in range(1, len(self.rungs)) if self.rungs[at] != self.rungs[at - 1]]

    def _second(self) -> None:
        rung = self._governor.rung
        busy = self._work(self._now) * rung.cost
        offered = self._fps / rung.stride
        shown = round(offered / max(1.0, busy))
        self.rungs.append(rung.name)
        self.shown.append(shown)
        self.missed.append(max(0, round(offered) - shown))
        self._now += 1
        self._governor.see(Second(float(self._now), 1.0, self.shown[-1], self.missed[-1], min(1.0, busy)))


def on_machine(work: Callable[[int], float], seconds: int, quality: Quality = "auto") -> Machine:
    return Machine(work, Governor(quality, RUNGS)).run(seconds)


def gaps(times: Sequence[int]) -> list[int]:
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_a_machine_that_keeps_up_stays_at_full_quality() -> None:
    machine = on_machine(lambda now: 0.95, 600)
    assert set(machine.rungs) == {"full"}
    assert sum(machine.missed) == 0


def test_two_seconds_behind_lead_one_rung_down() -> None:
    machine = on_machine(lambda now: 1.2 if now >= 5 else 0.5, 12)
    assert machine.rungs == ["full"] * 7 + ["lighter"] * 5
    assert machine.missed[-1] == 0


def test_one_slow_second_changes_nothing() -> None:
    machine = on_machine(lambda now: 3.0 if now % 5 == 0 else 0.7, 100)
    assert set(machine.rungs) == {"full"}


def test_overload_leads_down_as_far_as_it_must_and_no_farther() -> None:
    machine = on_machine(lambda now: 1.55, 300)
    assert machine.rungs[-1] == "light"
    assert "half-rate" not in machine.rungs
    assert sum(machine.missed[30:]) == 0


def test_a_computer_that_is_much_too_slow_skips_what_would_not_suffice() -> None:
    machine = on_machine(lambda now: 1.7, 30)
    assert machine.rungs == ["full"] * 2 + ["light"] * 28
    halved = Machine(lambda now: 2.3, Governor("auto", LADDER)).run(30)
    assert halved.rungs == ["full"] * 2 + ["half-rate"] * 28


def test_a_rung_that_saves_almost_enough_is_tried() -> None:
    assert on_machine(lambda now: 1.15, 30).rungs[2:] == ["lighter"] * 28
    assert on_machine(lambda now: 1.25, 12).rungs[2] == "lighter"


def test_the_better_of_two_slow_seconds_decides_how_far_down() -> None:
    machine = on_machine(lambda now: 4.0 if now == 5 else 1.2 if now == 6 else 0.9, 12)
    assert machine.rungs[7:] == ["lighter"] * 5


def test_a_few_missing_frames_are_better_than_half_of_them() -> None:
    machine = Machine(lambda now: 1.25, Governor("auto", LADDER)).run(60)
    assert machine.rungs[2:] == ["in-between"] * 58
    assert sum(machine.missed[2:]) == 0
    slower = Machine(lambda now: 1.7, Governor("auto", LADDER)).run(120)
    assert "half-rate" not in slower.rungs
    assert min(slower.shown[-40:]) > 0.7 * CAMERA_FPS / 2


def test_a_slow_start_does_not_leave_half_of_the_pictures() -> None:
    machine = Machine(lambda now: 3.0 if now < 4 else 1.6, Governor("auto", LADDER)).run(60)
    assert machine.rungs[3] == "half-rate"
    assert machine.rungs[20:] == ["in-between"] * 40
    assert min(machine.shown[20:]) >= 0.9 * CAMERA_FPS / 2


@pytest.mark.parametrize("seconds", [15, 40, 120])
def test_the_end_of_a_disturbance_is_noticed(seconds: int) -> None:
    """Another process works and rests in turns; after many steps up in vain, the first long rest is still used."""
    machine = on_machine(lambda now: 1.9 if now < 400 + seconds and (now >= 400 or now % 30 < 20) else 0.6, 700)
    back = machine.rungs.index("full", 400 + seconds)
    assert back <= 400 + seconds + 60
    assert all(gap >= SECONDS_BETWEEN_CHANGES for gap in gaps(machine.changed_at))


def test_it_goes_up_again_when_there_is_room() -> None:
    machine = on_machine(lambda now: 1.6 if now < 40 else 0.5, 120)
    assert machine.rungs[39] == "light"
    assert machine.rungs[-1] == "full"
    assert sum(machine.missed[40:]) == 0


def test_a_machine_without_room_for_the_next_rung_does_not_try_it() -> None:
    machine = on_machine(lambda now: 1.08, 600)
    assert machine.rungs[-1] == "lighter"
    assert len(machine.changed_at) == 1


def test_throttling_after_ten_minutes_ends_on_a_lower_rung() -> None:
    machine = on_machine(lambda now: 0.6 + 0.9 * min(1.0, max(0.0, (now - 600) / 60)), 1200)
    assert set(machine.rungs[:600]) == {"full"}
    assert machine.rungs[-1] == "light"
    assert min(machine.shown[660:]) > 0.9 * CAMERA_FPS


@pytest.mark.parametrize("period_s", [2, 4, 7, 15, 30, 60, 90])
def test_alternating_load_does_not_oscillate(period_s: int) -> None:
    machine = on_machine(lambda now: 1.4 if now // period_s % 2 else 0.4, 1200)
    assert all(gap >= SECONDS_BETWEEN_CHANGES for gap in gaps(machine.changed_at))
    assert len(machine.changed_at) <= (2 * 1200 / period_s if period_s >= 30 else 20)


def test_trying_a_rung_in_vain_becomes_rare() -> None:
    """The estimate says that the higher rung fits, and it does not."""
    governor = Governor("auto", RUNGS)
    for now in range(1, 1201):
        full = governor.rung.name == "full"
        governor.see(Second(float(now), 1.0, 18 if full else 25, 7 if full else 0, 1.0 if full else 0.5))
    assert 4 <= governor.changes <= 30  # three for each try: down by two rungs, up by one at a time
    early = governor.changes
    for now in range(1201, 2401):
        full = governor.rung.name == "full"
        governor.see(Second(float(now), 1.0, 18 if full else 25, 7 if full else 0, 1.0 if full else 0.5))
    assert governor.changes - early <= 24  # one try in 160 s


def test_one_core_ends_at_a_steady_half_rate() -> None:
    machine = Machine(lambda now: 2.3, Governor("auto", LADDER)).run(60)
    assert machine.rungs[-1] == "half-rate"
    assert set(machine.shown[-20:]) == {11}


def test_best_never_reduces_and_fast_never_stops() -> None:
    assert set(on_machine(lambda now: 2.0, 100, "best").rungs) == {"full"}
    fast = on_machine(lambda now: 0.1, 100, "fast")
    assert set(fast.rungs) == {"lighter"}
    assert on_machine(lambda now: 2.5, 100, "fast").rungs[-1] == "half-rate"


def test_a_fast_camera_is_not_halved_while_the_motion_is_smooth() -> None:
    machine = Machine(lambda now: 1.6, Governor("auto", RUNGS), fps=60).run(200)
    assert set(machine.rungs) == {"full"}
    assert min(machine.shown) >= 30


def test_changes_are_counted() -> None:
    governor = Governor("auto", RUNGS)
    machine = Machine(lambda now: 1.6 if now < 40 else 0.5, governor).run(120)
    assert governor.changes == len(machine.changed_at) > 0
