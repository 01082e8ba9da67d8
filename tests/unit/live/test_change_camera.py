"""Another camera while a session runs: the old one stays until the new one is open."""

import pytest
from helpers.fakes import NumberedSource, SlowSource
from helpers.sessions import SessionLog, make_session, until

from avatarify.live import camera
from avatarify.live.commands import ChangeCamera
from avatarify.live.session import Session
from avatarify.live.state import SessionState


class NamedSource(NumberedSource):
    """A source with a name of its own."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def started(first: NumberedSource, *others: NumberedSource) -> tuple[Session, SessionLog]:
    session, log = make_session(first, reopen=others)
    session.start()
    until(lambda: log.pictures)
    return session, log


def test_frames_come_from_the_new_camera_and_the_old_one_is_closed() -> None:
    first, second = NumberedSource(), NamedSource("desk")
    session, log = started(first, second)
    session.execute(ChangeCamera("desk"))
    until(lambda: second.read_count > 3 and first.closed)
    until(lambda: log.animation.animator.calibrations == 1)  # type: ignore[attr-defined]
    assert log.cameras == ["desk"]
    assert session.report()["camera"] == "desk"
    assert set(log.states[1:]) == {SessionState.RUNNING}
    session.stop()
    assert second.closed


def test_a_camera_that_cannot_be_opened_leaves_the_old_one() -> None:
    first = NumberedSource()
    session, log = started(first)
    session.execute(ChangeCamera("missing"))
    until(lambda: log.errors)
    assert str(log.errors[0]).startswith("The camera missing cannot be opened.")
    assert log.cameras == ["scripted"]
    count = first.read_count
    until(lambda: first.read_count > count + 3)
    session.stop()


def test_the_camera_in_use_is_not_opened_again() -> None:
    session, log = started(NumberedSource())
    session.execute(ChangeCamera("scripted"))
    until(lambda: log.cameras)
    assert session.state is SessionState.RUNNING
    session.stop()


def test_a_lost_camera_is_replaced_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "FIRST_WAIT_S", 300.0)  # the old one is not tried again
    session, log = started(NumberedSource(lost_after=5), NamedSource("desk"))
    until(lambda: session.state is SessionState.CAMERA_LOST)
    session.execute(ChangeCamera("desk"))
    until(lambda: log.cameras == ["desk"] and session.state is SessionState.RUNNING)
    session.stop()


def test_a_camera_that_hangs_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "RELEASE_S", 0.2)
    hanging, second = SlowSource(), NamedSource("desk")
    session, _ = started(hanging, second)
    session.execute(ChangeCamera("desk"))
    until(lambda: hanging.closed and second.read_count > 3)
    session.stop()
