"""Forms batches: all that waits when the device is free."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Row = TypeVar("Row")
Result = TypeVar("Result")


class Batcher(Generic[Row, Result]):
    """Collects rows while the device works, and passes them on together as soon as it is free.

    Nothing waits for company: a single user's row is drawn at once.

    Args:
        draw: Draws up to ``largest`` rows; called on one thread of its own.
        largest: The largest batch.
        drawn: Called with the size of each batch.
    """

    def __init__(
        self, draw: Callable[[Sequence[Row]], Sequence[Result]], largest: int, drawn: Callable[[int], None]
    ) -> None:
        self._draw, self._largest, self._drawn = draw, largest, drawn
        self._waiting: list[tuple[Row, asyncio.Future[Result]]] = []
        self._device = ThreadPoolExecutor(1, thread_name_prefix="avatarify-device")
        self._worker: asyncio.Task[None] | None = None

    async def draw(self, row: Row) -> Result:
        """Return the result of one row.

        Raises:
            EngineError: The device failed.
        """
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await done

    def close(self) -> None:
        """End the device's thread."""
        self._device.shutdown()

    async def _work(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting[: self._largest], self._waiting[self._largest :]
            taken = [(row, done) for row, done in taken if not done.done()]  # others have left meanwhile
            if taken:
                await self._one_batch(taken)

    async def _one_batch(self, taken: list[tuple[Row, asyncio.Future[Result]]]) -> None:
        self._drawn(len(taken))
        loop = asyncio.get_running_loop()
        try:
            results = await loop.run_in_executor(self._device, self._draw, [row for row, _ in taken])
        except Exception as error:  # noqa: BLE001 - each of the rows reports it
            for _, done in taken:
                if not done.done():
                    done.set_exception(error)
            return
        for (_, done), result in zip(taken, results, strict=True):
            if not done.done():
                done.set_result(result)
