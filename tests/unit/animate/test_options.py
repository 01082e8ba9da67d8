import math
from typing import Any

import pytest

from avatarify.animate.options import Controls, MotionOptions
from avatarify.errors import UsageError


def test_what_was_kept_is_read_again() -> None:
    controls = Controls(mirror=True, background="#102030", zoom=2.5, strength=0.5, motion="absolute", follow=True)
    assert Controls.from_dict(controls.to_dict()) == controls


@pytest.mark.parametrize(
    "values",
    [
        {"mirror": "yes"},
        {"zoom": "large"},
        {"zoom": math.nan},
        {"zoom": True},
        {"background": "#12"},
        {"background": "beach"},
        {"corner": "middle"},
        {"motion": "wild"},
        {"of_a_later_version": 1},
    ],
)
def test_what_cannot_be_used_is_the_default(values: dict[str, float | str]) -> None:
    assert Controls.from_dict(values) == Controls()


def test_numbers_are_brought_into_their_range() -> None:
    controls = Controls.from_dict({"zoom": 9, "pan_x": -3, "strength": 2})
    assert (controls.zoom, controls.pan_x, controls.strength) == (4.0, -1.0, 1.5)
    assert Controls().changed(zoom=0.2).zoom == 1.0


def test_a_color_is_three_numbers() -> None:
    assert Controls(background="#0a10ff").fill == (10, 16, 255)
    assert Controls().fill == "own"
    assert Controls(background="blurred").fill == "blurred"


def test_only_some_controls_change_how_pictures_are_put_together() -> None:
    assert Controls().same_picture(Controls(strength=0.5, motion="absolute", follow=True))
    assert not Controls().same_picture(Controls(pan_y=0.5))


def test_controls_are_motion_options_for_the_animator() -> None:
    assert isinstance(Controls(motion="absolute", strength=0.5), MotionOptions)


@pytest.mark.parametrize("values", [{"motion": "wild"}, {"keypoints": "guessed"}])
def test_an_unknown_choice_is_a_usage_error(values: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=next(iter(values.values()))):
        MotionOptions(**values)
