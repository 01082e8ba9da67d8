"""The door of a host: TLS, tokens, limits on sessions, and pages for whoever operates it."""

from __future__ import annotations

import asyncio
import contextlib
import http
import json
import logging
import ssl
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from avatarify.remote.protocol import BUSY, MOST_MESSAGE
from avatarify.serve.limits import Places, Tokens
from avatarify.serve.session import Host, HostSession, Refused

if TYPE_CHECKING:
    from websockets.asyncio.server import Server, ServerConnection
    from websockets.http11 import Request, Response

DRAIN_S = 10.0
_OPEN_S, _PING_S = 10.0, 20.0
_QUEUE = 4  # messages of one session


def log_event(event: str, **facts: object) -> None:
    """Write one line of JSON to stderr; never an address, a token, or anything of a portrait."""
    sys.stderr.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stderr.flush()


@dataclass
class Gateway:
    """Accepts sessions.

    Attributes:
        host: What all sessions share.
        tokens: Those that are accepted.
        places: For sessions.
        draining: No new session is accepted.
    """

    host: Host
    tokens: Tokens
    places: Places
    draining: bool = False
    _sessions: set[ServerConnection] = field(default_factory=set)

    @contextlib.asynccontextmanager
    async def listening(self, address: str, port: int, context: ssl.SSLContext) -> Any:
        """Listen while the block lasts; yields the server.

        Raises:
            OSError: The port cannot be used.
        """
        from websockets.asyncio.server import serve

        silent = logging.getLogger("avatarify.serve.websockets")
        silent.setLevel(logging.CRITICAL + 1)  # it would name addresses
        async with serve(
            self._serve,
            address,
            port,
            ssl=context,
            process_request=self._answer,
            compression=None,
            max_size=MOST_MESSAGE,
            max_queue=_QUEUE,
            open_timeout=_OPEN_S,
            ping_interval=_PING_S,
            ping_timeout=_PING_S,
            server_header=None,
            logger=silent,
        ) as server:
            yield server

    async def drain(self, server: Server, timeout_s: float = DRAIN_S) -> None:
        """Ask the sessions to leave, and wait until they have or the time is up."""
        self.draining = True
        log_event("draining", sessions=len(self._sessions))
        for connection in list(self._sessions):
            with contextlib.suppress(Exception):
                await connection.send(json.dumps({"leave": True}))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while self._sessions:
                    await asyncio.sleep(0.05)
        log_event("stopped", **self.host.metrics.counts)

    def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer requests for pages; None lets a session begin."""
        path = request.path.partition("?")[0]
        if path == "/healthz":
            return connection.respond(http.HTTPStatus.OK, "ok\n")
        if path == "/readyz":
            ready = not self.draining
            return connection.respond(_status(200 if ready else 503), "ready\n" if ready else "draining\n")
        token = self.tokens.match(_authorization(request))
        if token is None:
            return self._refuse(connection, 401, "token")
        if path == "/metrics":
            return connection.respond(http.HTTPStatus.OK, self.host.metrics.text())
        if path != "/":
            return self._refuse(connection, 404, "path")
        if self.draining or not self.places.take(token):
            return self._refuse(connection, 503, "draining" if self.draining else "full")
        # From here on the place is taken: it is given back whether or not the handshake succeeds.
        asyncio.create_task(self._give_back(connection, token))  # noqa: RUF006 - the connection ends it
        return None

    async def _give_back(self, connection: ServerConnection, token: bytes) -> None:
        try:
            await connection.wait_closed()
        finally:
            self.places.leave(token)

    def _refuse(self, connection: ServerConnection, status: int, reason: str) -> Response:
        self.host.metrics.refusals[reason] += 1
        log_event("refused", reason=reason)
        return connection.respond(_status(status), f"{reason}\n")

    async def _serve(self, connection: ServerConnection) -> None:
        from websockets.exceptions import ConnectionClosed

        metrics = self.host.metrics
        metrics.counts["sessions"] += 1
        metrics.sessions += 1
        number = metrics.counts["sessions"]
        self._sessions.add(connection)
        log_event("session", number=number, sessions=metrics.sessions)
        ended = "left"
        try:
            await HostSession(self.host, connection).run()
        except Refused as refused:
            ended = refused.reason
            metrics.refusals[_label(refused)] += 1
            await connection.close(refused.code, refused.reason)
        except ConnectionClosed:
            ended = "lost"
        finally:
            metrics.sessions -= 1
            self._sessions.discard(connection)
            log_event("session ended", number=number, reason=ended)


def _label(refused: Refused) -> str:
    return "busy" if refused.code == BUSY else f"code {refused.code}"


def _authorization(request: Request) -> str | None:
    values = request.headers.get_all("Authorization")
    return values[0] if len(values) == 1 else None


def _status(number: int) -> http.HTTPStatus:
    return http.HTTPStatus(number)
