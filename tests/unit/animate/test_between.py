import numpy as np
import pytest
from helpers.fakes import make_frame

from avatarify.animate.between import LONGEST_S, halfway
from avatarify.frames import Generated


def generated(seed: int, matte: bool = True) -> Generated:
    draw = np.random.default_rng(seed)
    numbers = [draw.random(shape, np.float32) for shape in ((8, 8, 2), (8, 8), (4, 4), (2, 3))]
    image = draw.integers(0, 255, (8, 8, 3)).astype(np.uint8)
    return Generated(image, numbers[0], numbers[1], numbers[2] if matte else None, numbers[3])


def test_all_of_it_is_the_mean() -> None:
    a, b = generated(1), generated(2)
    made = halfway((make_frame(3, at=5.0), a), (make_frame(5, at=5.1), b))
    assert made is not None
    frame, middle = made
    assert frame.index == 5
    assert frame.captured_at == pytest.approx(5.05)
    np.testing.assert_allclose(middle.image, (a.image / 2 + b.image / 2), atol=0.51)
    assert middle.image.dtype == np.uint8
    for name in ("deformation", "visible", "matte", "head"):
        np.testing.assert_allclose(getattr(middle, name), (getattr(a, name) + getattr(b, name)) / 2, atol=1e-6)


def test_a_generator_without_a_matte() -> None:
    made = halfway((make_frame(0, at=1.0), generated(1, False)), (make_frame(1, at=1.1), generated(2, False)))
    assert made is not None
    assert made[1].matte is None


@pytest.mark.parametrize("pause_s", [-0.04, 0.0, LONGEST_S])
def test_frames_too_far_apart_have_nothing_between_them(pause_s: float) -> None:
    assert halfway((make_frame(0, at=1.0), generated(1)), (make_frame(1, at=1.0 + pause_s), generated(2))) is None
