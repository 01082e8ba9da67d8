"""A sink that fails or hangs, seen from the threads that use it; whole sessions are in ``test_faults``."""

import threading

import numpy as np
import pytest
from helpers.fakes import KeepingSink
from helpers.parts import FakeDevices
from helpers.sessions import until

from avatarify.errors import DeviceError
from avatarify.frames import U8
from avatarify.live import reconnecting_sink
from avatarify.live.reconnecting_sink import ReconnectingSink
from avatarify.output.switchable_sink import SwitchableSink

PICTURE: U8 = np.full((48, 64, 3), 7, np.uint8)


class HangingSink(KeepingSink):
    """Takes a picture only once it may."""

    def __init__(self) -> None:
        super().__init__(name="hanging")
        self.may_go_on = threading.Event()

    def send(self, image: U8) -> None:
        assert self.may_go_on.wait(60)
        super().send(image)


@pytest.fixture
def reported() -> list[Exception]:
    return []


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconnecting_sink, "STALL_S", 0.05)
    monkeypatch.setattr(reconnecting_sink, "FIRST_WAIT_S", 0.0)


def test_a_sink_that_hangs_is_reported_once_and_cannot_be_changed(reported: list[Exception]) -> None:
    hanging, devices = HangingSink(), FakeDevices()
    sink = ReconnectingSink(SwitchableSink(hanging), devices, "virtual", reported.append)
    sender = threading.Thread(target=sink.send, args=[PICTURE])
    sender.start()
    until(lambda: sink.lost)
    sink.check()
    sink.check()
    with pytest.raises(DeviceError, match="hanging is not responding"):
        sink.change("null")
    hanging.may_go_on.set()
    sender.join(60)
    assert not sink.lost
    assert [str(error) for error in reported] == [
        "hanging has not taken a picture for 0 s. If it does not recover by itself, close the program that shows it."
    ]
    sink.change("null")
    assert (hanging.values, hanging.closed, devices.sinks[0].name) == ([7], True, "null")


def test_a_sink_that_fails_is_opened_again_by_name(reported: list[Exception]) -> None:
    failing, devices = KeepingSink(fails_after=1), FakeDevices()
    outer = SwitchableSink(failing)
    sink = ReconnectingSink(outer, devices, "virtual", reported.append)
    assert [sink.send(PICTURE) for _ in range(3)] == [True, False, False]
    assert sink.lost
    devices.refused = "virtual"
    sink.check()
    assert sink.lost, "it cannot be opened yet"
    devices.refused = ""

    def open_again() -> bool:
        sink.check()
        return not sink.lost

    until(open_again)
    assert sink.send(PICTURE)
    assert (outer.name, devices.sinks[0].values, failing.closed) == ("virtual", [7], True)
    assert len(reported) == 1, "trying again is not another failure"


def test_a_sink_that_must_not_be_opened_again_raises(reported: list[Exception]) -> None:
    sink = ReconnectingSink(SwitchableSink(KeepingSink(fails_after=0)), FakeDevices(), None, reported.append)
    with pytest.raises(DeviceError, match="gone"):
        sink.send(PICTURE)
    assert reported == []
