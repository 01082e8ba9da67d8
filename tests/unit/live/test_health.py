import pytest

from avatarify.capture.watchdog import CameraFault
from avatarify.errors import DeviceError
from avatarify.live.health import CameraHealth


@pytest.fixture
def reported() -> list[Exception]:
    return []


@pytest.fixture
def health(reported: list[Exception]) -> CameraHealth:
    return CameraHealth(reported.append)


def test_a_fault_is_reported_once_while_it_lasts(health: CameraHealth, reported: list[Exception]) -> None:
    errors = [DeviceError("away", ""), DeviceError("still away", "")]
    for error in errors:
        health.set(CameraFault.LOST, error)
    assert health.fault is CameraFault.LOST
    assert reported == errors[:1]


def test_another_fault_and_the_same_one_later_are_new(health: CameraHealth, reported: list[Exception]) -> None:
    lost, busy = DeviceError("away", ""), DeviceError("busy", "")
    health.set(CameraFault.LOST, lost)
    health.set(CameraFault.BUSY, busy)
    health.clear()
    assert health.fault is None
    health.set(CameraFault.BUSY, busy)
    assert reported == [lost, busy, busy]
