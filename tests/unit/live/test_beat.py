import pytest

from avatarify.live.loops import Beat


def test_slots_follow_each_other_without_drift():
    beat = Beat(25)
    beat.start(100.0)
    begins = [beat.next(100.0 + 0.04 * number + 0.003) for number in range(1, 1001)]
    assert begins[-1] == pytest.approx(140.0, abs=1e-6)
    assert beat.ends_at == pytest.approx(140.04, abs=1e-6)


def test_a_picture_early_in_its_slot_waits_for_the_next_one():
    beat = Beat(10)
    beat.start(0.0)
    assert beat.next(0.01) == pytest.approx(0.1)


def test_missed_slots_are_skipped():
    beat = Beat(10)
    beat.start(0.0)
    assert beat.next(0.57) == pytest.approx(0.5)
    assert beat.next(0.57) == pytest.approx(0.6)
