"""Frames that are live, frozen or dark, and valid timestamps."""

from collections.abc import Iterable

import numpy as np
import pytest
from helpers.bars import draw_bars, read_bars

from avatarify.capture.watchdog import CameraFault, Timeouts, Watchdog, describe_fault
from avatarify.frames import U8, Frame
from avatarify.live.frame_stamps import FrameStamps

TIMEOUTS = Timeouts(silent_s=3, frozen_s=3, dark_s=2)
RNG = np.random.default_rng(0)
ROOM = RNG.integers(0, 256, (90, 160, 3), dtype=np.uint8)


def noisy(base: U8, sigma: float = 2.0) -> U8:
    return np.clip(base + RNG.normal(0, sigma, base.shape), 0, 255).astype(np.uint8)


def watch(
    images: Iterable[U8],
    timeouts: Timeouts = TIMEOUTS,
    step_s: float = 0.1,
    watchdog: Watchdog | None = None,
    start: float = 100.0,
) -> list[CameraFault | None]:
    """Show pictures a tenth of a second apart; return the judgements."""
    dog = watchdog or Watchdog(timeouts)
    if watchdog is None:
        dog.opened(timeouts, start)
    return [dog.see(Frame(image, n, start), start + n * step_s) for n, image in enumerate(images)]


def test_sensor_noise_alone_shows_that_a_camera_works() -> None:
    assert set(watch(noisy(ROOM) for _ in range(60))) == {None}


def test_identical_pixels_count_as_frozen_until_they_change() -> None:
    faults = watch([noisy(ROOM), *[ROOM] * 40, noisy(ROOM)])
    assert faults[30] is None
    assert faults[31] is CameraFault.FROZEN
    assert faults[40] is CameraFault.FROZEN
    assert faults[41] is None


def test_a_covered_camera_is_dark_before_it_is_frozen() -> None:
    covered = np.zeros_like(ROOM)
    assert watch([covered] * 40)[-1] is CameraFault.DARK
    noise = watch(noisy(covered + 8, 5) for _ in range(40))
    assert noise[-1] is CameraFault.DARK
    assert noise[19] is None


def test_a_face_lit_by_a_screen_is_not_dark() -> None:
    room = np.full_like(ROOM, 6)
    room[30:60, 60:100] = 70
    assert set(watch(noisy(room) for _ in range(60))) == {None}


def test_one_bright_color_is_not_dark() -> None:
    assert set(watch(noisy(np.full_like(ROOM, 60)) for _ in range(40))) == {None}


def test_a_frozen_camera_stays_frozen_after_reopening_until_its_picture_changes() -> None:
    dog = Watchdog(TIMEOUTS)
    dog.opened(TIMEOUTS, 100.0)
    assert watch([ROOM] * 40, watchdog=dog)[-1] is CameraFault.FROZEN
    dog.opened(TIMEOUTS, 110.0)
    faults = watch([ROOM] * 5, watchdog=dog, start=110.0)
    assert set(faults) == {CameraFault.FROZEN}
    assert not dog.stands_still(110.5)  # it gets its time anew
    assert dog.stands_still(113.0)
    assert watch([noisy(ROOM)], watchdog=dog, start=113.5) == [None]


def test_silence_counts_from_the_opening() -> None:
    dog = Watchdog(TIMEOUTS)
    assert not dog.silent(1e9)
    dog.opened(TIMEOUTS, 100.0)
    assert not dog.silent(102.9)
    assert dog.silent(103.0)
    dog.see(Frame(ROOM, 0, 103.5), 103.5)
    assert not dog.silent(104.0)


def test_recordings_and_screens_may_be_static_or_black_forever() -> None:
    dog = Watchdog(Timeouts())
    dog.opened(Timeouts(), 0.0)
    assert watch([np.zeros_like(ROOM)] * 50, watchdog=dog, start=0.0, step_s=1000.0)[-1] is None
    assert not dog.silent(1e12)


def test_each_fault_has_its_own_error() -> None:
    faults = {
        str(describe_fault(fault, "C920", TIMEOUTS))
        for fault in (CameraFault.DARK, CameraFault.FROZEN, CameraFault.SILENT)
    }
    assert len(faults) == 3
    assert all("C920" in text for text in faults)


@pytest.mark.parametrize("at", [50.0, 150.0, float("nan"), float("inf")])
def test_an_impossible_timestamp_is_replaced_by_now(at: float) -> None:
    stamps = FrameStamps()
    assert stamps.correct(Frame(ROOM, 0, at), 100.0).captured_at == 100.0
    assert stamps.invalid


def test_valid_timestamps_are_kept_and_never_decrease() -> None:
    stamps = FrameStamps()
    assert stamps.correct(Frame(ROOM, 0, 99.99), 100.0).captured_at == 99.99
    assert not stamps.invalid
    assert stamps.correct(Frame(ROOM, 1, 99.98), 100.1).captured_at == 100.1


def test_frame_indices_continue_after_reopening() -> None:
    stamps = FrameStamps()
    numbers = [stamps.correct(Frame(ROOM, n, 100.0), 100.0).index for n in (0, 1, 5)]
    stamps.restart()
    numbers += [stamps.correct(Frame(ROOM, n, 100.0), 100.0).index for n in (0, 2, 1)]
    assert numbers == [0, 1, 5, 6, 8, 9]


@pytest.mark.parametrize("size", [(180, 320), (720, 1280)])
@pytest.mark.parametrize("number", [0, 1, 123_456_789, 2**32 - 1])
def test_a_number_in_bars_is_read_back_through_noise_and_scaling(size: tuple[int, int], number: int) -> None:
    import cv2

    image = np.full((*size, 3), 90, np.uint8)
    draw_bars(image, number)
    assert read_bars(cv2.resize(noisy(image, 10), (640, 360))) == number


def test_where_there_are_no_bars_no_number_is_read() -> None:
    assert read_bars(ROOM) is None
    assert read_bars(np.full((90, 160, 3), 100, np.uint8)) is None
