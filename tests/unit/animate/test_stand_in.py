"""The portrait while nobody is in view."""

import numpy as np

from avatarify.animate.stand_in import StandIn, blink
from avatarify.motion.expression import load_basis

TIMES = np.arange(0, 60, 1 / 30)


def test_at_rest_it_sways_slowly_and_blinks_now_and_then() -> None:
    seen = [StandIn()(float(at)) for at in TIMES]
    yaws = np.array([one.yaw for one in seen])
    assert 2 < np.ptp(yaws) < 8
    assert abs(np.diff(yaws)).max() * 30 < 6  # degrees a second
    shut = np.array([one.units["eyeBlinkLeft"] for one in seen])
    assert 10 < np.count_nonzero((shut[1:] > 0.5) & (shut[:-1] <= 0.5)) < 20
    assert shut.max() > 0.9
    assert all(set(one.units) == {"eyeBlinkLeft", "eyeBlinkRight"} for one in seen)


def test_nothing_jumps_where_the_rhythm_starts_over() -> None:
    assert max(abs(blink(float(at)) - blink(float(at) + 0.02)) for at in TIMES) < 0.4


def test_the_mouth_is_the_voice_s_until_it_is_muted() -> None:
    stand_in = StandIn(lambda: {"jawOpen": 0.5, "mouthFunnel": 0.2})
    speaking = stand_in(1.0)
    assert speaking.units["jawOpen"] == 0.5
    assert speaking.pitch > StandIn()(1.0).pitch
    assert set(speaking.units) <= set(load_basis().units)
    stand_in.muted = True
    assert stand_in(1.0) == StandIn()(1.0)
