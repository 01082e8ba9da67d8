"""Slots: the newest item wins, drops are counted, no thread waits forever."""

import threading
import time

from helpers.fakes import make_frame
from helpers.values import not_none

from avatarify.latest import LatestForAll, LatestFrame


def test_newest_frame_wins_and_drops_are_counted() -> None:
    slot = LatestFrame()
    for index in range(5):
        slot.put(make_frame(index))
    assert not_none(slot.get(0)).index == 4
    assert slot.dropped == 4


def test_a_frame_is_given_once() -> None:
    slot = LatestFrame()
    slot.put(make_frame(0))
    assert not_none(slot.get(0)).index == 0
    assert slot.get(0.01) is None
    slot.put(make_frame(1))
    assert slot.dropped == 0


def test_the_sender_can_wait_until_its_frame_is_taken() -> None:
    slot = LatestFrame()
    assert slot.wait_taken(0)
    slot.put(make_frame(0))
    assert not slot.wait_taken(0.01)
    thread = threading.Timer(0.05, slot.get)
    thread.start()
    assert slot.wait_taken(10)
    thread.join()
    slot.put(make_frame(1))
    slot.close()
    assert slot.wait_taken(10)  # nobody will take it any more


def test_get_gives_up_after_its_time() -> None:
    started = time.perf_counter()
    assert LatestFrame().get(0.05) is None
    assert 0.04 < time.perf_counter() - started < 2


def test_get_wakes_for_a_frame_from_another_thread() -> None:
    slot = LatestFrame()
    thread = threading.Timer(0.05, slot.put, [make_frame(7)])
    thread.start()
    assert not_none(slot.get(10)).index == 7
    thread.join()


def test_close_wakes_a_waiting_reader() -> None:
    slot, got = LatestFrame(), []
    thread = threading.Thread(target=lambda: got.append(slot.get()))
    thread.start()
    time.sleep(0.02)
    slot.close()
    thread.join(5)
    assert got == [None]
    assert slot.closed


def test_the_last_frame_before_close_is_still_given_and_later_ones_are_not() -> None:
    slot = LatestFrame()
    slot.put(make_frame(3))
    slot.close()
    slot.put(make_frame(4))
    assert not_none(slot.get(0)).index == 3
    assert slot.get() is None
    slot.close()


def test_every_frame_is_either_taken_or_counted_as_dropped() -> None:
    slot, taken = LatestFrame(), []

    def take() -> None:
        while (frame := slot.get()) is not None:
            taken.append(frame.index)
            time.sleep(0.001)

    thread = threading.Thread(target=take)
    thread.start()
    for index in range(300):
        slot.put(make_frame(index))
        time.sleep(0.0002)
    slot.close()
    thread.join(10)
    assert taken == sorted(set(taken))
    assert taken[-1] == 299
    assert len(taken) + slot.dropped == 300


def test_every_thread_sees_the_newest_item_for_all_once() -> None:
    slot: LatestForAll[str] = LatestForAll()
    slot.put("one")
    slot.put("two")
    assert slot.after(0) == slot.after(1) == (2, "two")
    seen = list[tuple[int, str] | None]()
    threads = [threading.Thread(target=lambda: seen.append(slot.after(2))) for _ in range(3)]
    for thread in threads:
        thread.start()
    slot.put("three")
    for thread in threads:
        thread.join(10)
    assert seen == [(3, "three")] * 3


def test_closing_wakes_every_thread_that_waits_for_an_item_for_all() -> None:
    slot: LatestForAll[str] = LatestForAll()
    slot.put("one")
    thread = threading.Thread(target=slot.after, args=(1,))
    thread.start()
    slot.close()
    thread.join(10)
    assert not thread.is_alive()
    assert slot.closed
    assert slot.after(0) is None
