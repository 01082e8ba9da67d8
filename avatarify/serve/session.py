"""One user's session on a host: poses in, pictures out."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from avatarify.animate.model import Encoded
from avatarify.errors import AvatarifyError
from avatarify.frames import Generated, Keypoints
from avatarify.remote.picture import PictureEncoder
from avatarify.remote.portrait import SentPortrait, portrait_id
from avatarify.remote.protocol import (
    BAD_MESSAGE,
    BUSY,
    TOO_FAST,
    WRONG_MODEL,
    Hello,
    ProtocolError,
    portrait_of,
    unpack_pose,
    unpack_text,
)
from avatarify.serve.batcher import Batcher
from avatarify.serve.drawing import Draw, Encode
from avatarify.serve.figures import HostMetrics
from avatarify.serve.limits import Rate
from avatarify.serve.portraits import PortraitCache

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

HELLO_S = 10.0
_PORTRAITS_PER_S, _PORTRAITS_BURST = 0.2, 5.0


@dataclass(frozen=True)
class Host:
    """What all sessions share.

    Attributes:
        weights: SHA-256 of the model's weights.
        points: Number K of key points.
        side: S of the portrait's crop, pixels.
        batcher: Encodes and draws.
        portraits: Encoded ones.
        metrics: Counts.
        clock: Seconds.
    """

    weights: str
    points: int
    side: int
    batcher: Batcher[Encode | Draw, Encoded | Generated]
    portraits: PortraitCache
    metrics: HostMetrics
    clock: Callable[[], float] = time.monotonic


class Refused(Exception):
    """The session ends with a closing code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class HostSession:
    """Serves one connection.

    Args:
        host: What all sessions share.
        connection: Authorized.
    """

    def __init__(self, host: Host, connection: ServerConnection) -> None:
        self._host, self._connection = host, connection
        self._rate, self._portrait_rate = Rate(), Rate(_PORTRAITS_PER_S, _PORTRAITS_BURST)
        self._encoder = PictureEncoder()
        self._newest: tuple[int, Keypoints, Encoded, float] | None = None
        self._came = asyncio.Event()
        self._portrait: Encoded | None = None
        self._wanted = ""

    async def run(self) -> None:
        """Serve until the app leaves.

        Raises:
            Refused: It sent what it must not send.
        """
        try:
            await self._greet()
            drawing = asyncio.create_task(self._draw_all())
            reading = asyncio.create_task(self._read_all())
            try:
                done, _ = await asyncio.wait({drawing, reading}, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                for task in (drawing, reading):
                    task.cancel()
                await asyncio.gather(drawing, reading, return_exceptions=True)
        except ProtocolError as error:
            raise Refused(BAD_MESSAGE, str(error)) from error
        except AvatarifyError as error:
            self._host.metrics.counts["failures"] += 1
            raise Refused(BUSY, "the device failed") from error

    async def _greet(self) -> None:
        try:
            hello = Hello.unpack(await asyncio.wait_for(self._connection.recv(), HELLO_S))
        except TimeoutError as error:
            raise Refused(BAD_MESSAGE, "no hello") from error
        if (hello.weights, hello.points) != (self._host.weights, self._host.points):
            raise Refused(WRONG_MODEL, "another model")
        await self._send({"welcome": True})

    async def _read_all(self) -> None:
        async for message in self._connection:
            if isinstance(message, str):
                await self._ask_for(portrait_of(unpack_text(message)))
            elif self._wanted:
                await self._take_portrait(message)
            else:
                self._take_pose(message)

    async def _ask_for(self, name: str) -> None:
        if not self._portrait_rate.allows(self._host.clock()):
            raise Refused(TOO_FAST, "too many portraits")
        self._newest = None  # a pose of the portrait before
        self._portrait = self._host.portraits.get(name)
        self._wanted = "" if self._portrait else name
        await self._send({"need" if self._wanted else "ready": name})

    async def _take_portrait(self, message: bytes) -> None:
        if portrait_id(message) != self._wanted:
            raise ProtocolError("another portrait")
        sent = await asyncio.to_thread(SentPortrait.unpack, message, self._host.side, self._host.points)
        encoded = await self._host.batcher.draw(Encode(sent))
        assert isinstance(encoded, Encoded)
        self._host.portraits.put(self._wanted, encoded)
        self._host.metrics.counts["portraits"] += 1
        self._portrait, name, self._wanted = encoded, self._wanted, ""
        await self._send({"ready": name})

    def _take_pose(self, message: bytes) -> None:
        if self._portrait is None:
            raise ProtocolError("a pose without a portrait")
        now = self._host.clock()
        if not self._rate.allows(now):
            raise Refused(TOO_FAST, "too many poses")
        number, moved = unpack_pose(message, self._host.points)
        self._host.metrics.counts["dropped"] += self._newest is not None
        self._newest = number, moved, self._portrait, now
        self._came.set()

    async def _draw_all(self) -> None:
        while True:
            await self._came.wait()
            self._came.clear()
            if self._newest is None:
                continue
            (number, moved, portrait, at), self._newest = self._newest, None
            drawn = await self._host.batcher.draw(Draw(portrait, moved))
            assert isinstance(drawn, Generated)
            await self._connection.send(await asyncio.to_thread(self._encoder.encode, number, drawn))
            self._host.metrics.frame((self._host.clock() - at) * 1000)

    async def _send(self, message: dict[str, Any]) -> None:
        await self._connection.send(json.dumps(message))
