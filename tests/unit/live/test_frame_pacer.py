import pytest

from avatarify.live.frame_pacer import FramePacer


def test_slots_follow_each_other_without_drift() -> None:
    pacer = FramePacer(25)
    pacer.start(100.0)
    begins = [pacer.next(100.0 + 0.04 * number + 0.003) for number in range(1, 1001)]
    assert begins[-1] == pytest.approx(140.0, abs=1e-6)
    assert pacer.ends_at == pytest.approx(140.04, abs=1e-6)


def test_a_picture_early_in_its_slot_waits_for_the_next_one() -> None:
    pacer = FramePacer(10)
    pacer.start(0.0)
    assert pacer.next(0.01) == pytest.approx(0.1)


def test_missed_slots_are_skipped() -> None:
    pacer = FramePacer(10)
    pacer.start(0.0)
    assert pacer.next(0.57) == pytest.approx(0.5)
    assert pacer.next(0.57) == pytest.approx(0.6)
