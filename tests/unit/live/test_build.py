"""The parts of a real session: the demo clip, the built-in model, and a file in place of a virtual camera."""

from pathlib import Path

import pytest
from helpers.sessions import until

from avatarify.animate.options import AnimationOptions, Controls
from avatarify.errors import DeviceError, InputError
from avatarify.frames import Size
from avatarify.live.build import open_parts, open_session
from avatarify.live.commands import LoadPortrait, SetControls, SwitchSink
from avatarify.live.options import DEFAULT_SIZE, LiveOptions
from avatarify.metrics import Metrics


def test_a_session_has_a_size_even_if_none_was_chosen() -> None:
    assert LiveOptions().size == LiveOptions().animation.size == DEFAULT_SIZE
    assert LiveOptions(AnimationOptions(size=Size(320, 240))).size == Size(320, 240)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (LiveOptions(camera="missing.mp4"), InputError),
        (LiveOptions(AnimationOptions("nobody"), camera="demo"), InputError),
    ],
)
def test_a_part_that_cannot_be_opened_closes_those_before(options: LiveOptions, error: type[Exception]) -> None:
    """Open files and threads would fail the test's fixtures and ``filterwarnings = error``."""
    with pytest.raises((error, DeviceError)):
        open_parts(options, Metrics())


@pytest.mark.slow
def test_a_real_session_reports_portrait_motion_and_sink_as_they_are_now(tmp_path: Path) -> None:
    errors: list[Exception] = []
    animation = AnimationOptions("mona-lisa", runtime="torch", size=Size(320, 240))
    session = open_session(LiveOptions(animation, camera="demo", sink="null"), on_error=errors.append)
    keys = ("portrait", "motion", "sink")
    session.start()
    try:
        until(lambda: session.frames > 0 or session.state.final, 240)
        before = [session.report()[key] for key in keys]
        session.execute(LoadPortrait("yuki"))
        session.execute(SetControls(Controls(motion="absolute")))
        session.execute(SwitchSink(str(tmp_path / "talk.mp4")))
        expected = ["yuki", "absolute", "talk.mp4"]
        until(lambda: [session.report()[key] for key in keys] == expected or session.state.final, 240)
        after = [session.report()[key] for key in keys]
    finally:
        session.stop()
    assert errors == []
    assert before == ["mona-lisa", "relative", "null"]
    assert after == expected
