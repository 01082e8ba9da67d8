"""Batches, limits, portraits, and what is counted."""

import asyncio
import threading
from collections.abc import Sequence

import numpy as np
import pytest

from avatarify.animate.model import Encoded
from avatarify.errors import EngineError, UsageError
from avatarify.frames import Keypoints
from avatarify.remote.addresses import Address, read_addresses
from avatarify.remote.health import Health
from avatarify.serve.batcher import Batcher
from avatarify.serve.figures import HostMetrics
from avatarify.serve.limits import Places, Rate, Tokens
from avatarify.serve.portraits import PortraitCache


class Device:
    """Doubles numbers; works only while it is let."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.free = threading.Semaphore(0)
        self.begun = threading.Event()

    def draw(self, rows: Sequence[int]) -> list[int]:
        self.begun.set()
        assert self.free.acquire(timeout=60)
        self.batches.append(len(rows))
        if -1 in rows:
            raise EngineError("Broken.")
        return [2 * row for row in rows]


async def collected(device: Device, largest: int, later: list[int]) -> list[int]:
    """Give one row to a device, and more while it works on it."""
    batcher = Batcher(device.draw, largest, lambda size: None)
    try:
        first = asyncio.create_task(batcher.draw(1))
        await asyncio.to_thread(device.begun.wait, 60)
        others = [asyncio.create_task(batcher.draw(row)) for row in later]
        await asyncio.sleep(0)  # they begin to wait
        for _ in range(10):
            device.free.release()
        return list(await asyncio.gather(first, *others))
    finally:
        batcher.close()


def test_all_that_waits_becomes_one_batch() -> None:
    device = Device()
    assert asyncio.run(collected(device, 16, [2, 3, 4])) == [2, 4, 6, 8]
    assert device.batches == [1, 3]


def test_a_batch_has_a_largest_size() -> None:
    device = Device()
    assert asyncio.run(collected(device, 2, [2, 3, 4])) == [2, 4, 6, 8]
    assert device.batches == [1, 2, 1]


def test_a_failed_batch_is_reported_to_each_of_its_rows() -> None:
    async def run() -> list[object]:
        device = Device()
        batcher = Batcher(device.draw, 4, lambda size: None)
        for _ in range(3):
            device.free.release()
        failed = await asyncio.gather(batcher.draw(-1), batcher.draw(5), return_exceptions=True)
        after = await batcher.draw(5)
        batcher.close()
        return [*failed, after]

    one, two, after = asyncio.run(run())
    assert isinstance(one, EngineError)
    assert isinstance(two, EngineError)
    assert after == 10


def test_a_row_whose_user_has_left_is_not_drawn() -> None:
    async def run() -> list[int]:
        device = Device()
        batcher = Batcher(device.draw, 4, lambda size: None)
        first = asyncio.create_task(batcher.draw(1))
        await asyncio.to_thread(device.begun.wait, 60)
        gone, stays = asyncio.create_task(batcher.draw(2)), asyncio.create_task(batcher.draw(3))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        for _ in range(3):
            device.free.release()
        assert list(await asyncio.gather(first, stays)) == [2, 6]
        batcher.close()
        return device.batches

    assert asyncio.run(run()) == [1, 1]


def test_only_known_tokens_match() -> None:
    tokens = Tokens(["alpha", "beta"])
    assert tokens.match("Bearer alpha") != tokens.match("Bearer beta")
    for header in (None, "", "alpha", "bearer alpha", "Bearer ", "Bearer alpha ", "Bearer alph", "Bearer gamma"):
        assert tokens.match(header) is None


def test_places_are_limited_in_total_and_per_token() -> None:
    places = Places(3, 2)
    assert [places.take(b"a"), places.take(b"a"), places.take(b"a")] == [True, True, False]
    assert [places.take(b"b"), places.take(b"c")] == [True, False]
    places.leave(b"a")
    assert places.take(b"c")
    assert places.taken == 3


def test_a_rate_allows_a_burst_and_then_its_rate() -> None:
    rate = Rate(10, 5)
    assert sum(rate.allows(100.0) for _ in range(20)) == 5
    assert sum(rate.allows(100.0 + step / 100) for step in range(100)) in (9, 10)


def test_the_portrait_that_was_not_used_for_longest_goes_first() -> None:
    cache = PortraitCache(2)
    portrait = Encoded({}, Keypoints(np.zeros((1, 2), np.float32), np.zeros((1, 2, 2), np.float32)))
    cache.put("a", portrait)
    cache.put("b", portrait)
    assert cache.get("a") is portrait
    cache.put("c", portrait)
    assert cache.get("b") is None
    assert cache.get("a") is portrait


def test_metrics_are_in_prometheus_format() -> None:
    metrics = HostMetrics()
    metrics.sessions = 2
    metrics.batch(3)
    for ms in (10.0, 20.0, 30.0):
        metrics.frame(ms)
    metrics.refusals["full"] += 1
    lines = metrics.text().splitlines()
    assert "avatarify_sessions 2" in lines
    assert "avatarify_rows_total 3" in lines
    assert "avatarify_frames_total 3" in lines
    assert 'avatarify_refusals_total{reason="full"} 1' in lines
    assert any(line.startswith('avatarify_frame_milliseconds{quantile="0.95"} 30') for line in lines)


def test_this_computer_draws_after_three_misses_until_the_host_is_back() -> None:
    health = Health()
    assert [health.missed(0.0), health.missed(0.3), health.may_ask(0.6)] == [False, False, True]
    assert health.missed(0.6)  # reported once
    assert not health.missed(0.7)
    assert not health.may_ask(1.0)
    assert health.may_ask(4.0)
    assert health.came()
    assert not health.came()
    assert health.may_ask(4.0)


def test_a_picture_in_time_forgets_earlier_misses() -> None:
    health = Health()
    for _ in range(5):
        assert not health.missed(0.0)
        assert not health.missed(0.1)
        assert not health.came()


def test_addresses_of_hosts() -> None:
    assert read_addresses("wss://a.example:9000, wss://b") == [Address("a.example", 9000), Address("b", 8443)]
    assert str(read_addresses("wss://[::1]:8443")[0]) == "[::1]:8443"


@pytest.mark.parametrize(
    "text", ["", ",", "a", "ws://a", "https://a", "wss://", "wss://u:p@a", "wss://a/x", "wss://a:x"]
)
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_addresses(text)
