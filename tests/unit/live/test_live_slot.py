import threading
import time

from avatarify.live.slot import Slot


def test_the_newest_wins_and_the_others_are_counted():
    slot = Slot[int]()
    for number in range(5):
        slot.put(number)
    assert slot.take(0) == 4
    assert slot.take(0) is None
    assert slot.dropped == 4


def test_what_was_left_before_closing_can_be_taken():
    slot = Slot[int]()
    slot.put(1)
    slot.close()
    slot.put(2)
    assert not slot.finished
    assert slot.take(0) == 1
    assert slot.finished
    assert slot.take(10) is None


def test_closing_wakes_who_waits():
    slot = Slot[int]()
    threading.Timer(0.05, slot.close).start()
    started = time.monotonic()
    assert slot.take(10) is None
    assert time.monotonic() - started < 5


def test_putting_wakes_who_waits():
    slot = Slot[int]()
    threading.Timer(0.05, slot.put, [3]).start()
    assert slot.take(10) == 3
