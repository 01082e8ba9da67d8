import numpy as np

from avatarify.frames import Size
from avatarify.output.pattern import pattern

SIZE = Size(640, 360)


def test_seven_bars_are_above_a_moving_bar() -> None:
    first, last = pattern(SIZE, 0.0), pattern(SIZE, 1.0)
    assert first.shape == (360, 640, 3)
    assert len(np.unique(first[10], axis=0)) == 7
    assert np.array_equal(first[:300], last[:300])
    assert first[350, 10].tolist() == last[350, 630].tolist() == [235, 235, 235]
    assert first[350, 630].tolist() == [24, 24, 24]
