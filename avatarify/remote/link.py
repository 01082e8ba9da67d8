"""Keeps a session on one of several hosts, on a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from avatarify.boundary import reason_of
from avatarify.errors import AvatarifyError, EngineError
from avatarify.frames import Generated, Keypoints
from avatarify.log import logger
from avatarify.messages import Message
from avatarify.remote.addresses import Address
from avatarify.remote.certificates import KnownHosts, context_for, fingerprint
from avatarify.remote.picture import PictureDecoder
from avatarify.remote.portrait import portrait_id
from avatarify.remote.protocol import (
    MOST_PICTURE,
    WRONG_MODEL,
    Hello,
    ProtocolError,
    pack_pose,
    unpack_text,
)

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

SHOWN_S = 2.0  # for a portrait to be sent and encoded; until then, this computer draws
_OPEN_S, _PING_S, _RETRY_S = 5.0, 5.0, 1.0


class Link:
    """A session with a host; another address is tried as soon as it is lost.

    Args:
        addresses: In order of preference.
        token: Shown to hosts whose certificate is trusted.
        hello: The model.
        known: Trusted certificates.
        announce: Called with what the user should read.
    """

    def __init__(
        self,
        addresses: Sequence[Address],
        token: str,
        hello: Hello,
        known: KnownHosts,
        announce: Callable[[Message], None],
    ) -> None:
        self._addresses, self._token, self._hello = list(addresses), token, hello
        self._known, self._announce = known, announce
        self._opened: Future[Address] = Future()
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._connection: ClientConnection | None = None
        self._portrait, self._ready, self._shown = b"", "", threading.Event()
        self._asked: dict[int, Future[Generated | None]] = {}
        self._number = 0
        self._sending: asyncio.Future[None] | None = None
        self._thread = threading.Thread(target=self._run, name="avatarify-remote", daemon=True)

    def open(self) -> Address:
        """Connect to the first host that accepts.

        Raises:
            EngineError: None does.
        """
        self._thread.start()
        return self._opened.result()

    def show(self, portrait: bytes) -> None:
        """Draw another packed portrait from now on; wait a moment until the host has it."""
        self._shown.clear()
        self._soon(self._begin_offer, portrait)
        self._shown.wait(SHOWN_S)

    def ask(self, moved: Keypoints, wait_s: float) -> Generated | None:
        """Return the picture of a pose; None if it does not come in time."""
        answer: Future[Generated | None] = Future()
        self._soon(self._send_pose, moved, answer)
        try:
            return answer.result(wait_s)
        except TimeoutError:
            return None

    def close(self) -> None:
        """Leave; may be called twice."""
        self._soon(self._ended.set)
        if self._thread.ident is not None:
            self._thread.join()

    def _soon(self, action: Callable[..., None], *args: object) -> None:
        """Do something on the link's own thread, if it has not ended."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(action, *args)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._until_ended())
        finally:
            self._loop.close()

    async def _until_ended(self) -> None:
        work = asyncio.ensure_future(self._stay_connected())
        ended = asyncio.ensure_future(self._ended.wait())
        await asyncio.wait({work, ended}, return_when=asyncio.FIRST_COMPLETED)
        for task in (work, ended):
            task.cancel()
        await asyncio.gather(work, ended, return_exceptions=True)
        self._forget()

    async def _stay_connected(self) -> None:
        """Go from address to address; only before the first session, a round without success is the end."""
        while True:
            error: AvatarifyError | None = None
            for address in self._addresses:
                try:
                    await self._session(address)
                except AvatarifyError as failed:
                    error = error or failed
                    logger("remote").info("%s", failed)
                except Exception as failed:  # noqa: BLE001 - whatever a host does, this computer can draw
                    error = error or _unreachable(address, failed)
                    logger("remote").info("%s", failed)
                finally:
                    self._forget()
            if not self._opened.done():
                self._opened.set_exception(error or _unreachable(self._addresses[-1], ConnectionError("it left")))
                return
            await asyncio.sleep(_RETRY_S)

    async def _session(self, address: Address) -> None:
        from websockets.asyncio.client import connect
        from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

        context = await self._trusted(address)
        try:
            async with connect(
                f"wss://{address}/",
                ssl=context,
                additional_headers={"Authorization": f"Bearer {self._token}"},
                compression=None,
                proxy=None,
                max_size=MOST_PICTURE,
                open_timeout=_OPEN_S,
                ping_interval=_PING_S,
                ping_timeout=_PING_S,
                close_timeout=1,
                user_agent_header=None,
            ) as connection:
                await self._talk(connection, address)
        except InvalidStatus as error:
            raise _refused(address, error.response.status_code) from error
        except ssl.SSLCertVerificationError as error:
            raise self._changed(address) from error
        except ConnectionClosed as error:
            if error.rcvd is not None and error.rcvd.code == WRONG_MODEL:
                raise EngineError(
                    "The host {host} has another model.", "Choose its model with --model.", host=address
                ) from error
            raise _unreachable(address, error) from error
        except (OSError, InvalidHandshake, TimeoutError, ProtocolError) as error:
            raise _unreachable(address, error) from error

    async def _talk(self, connection: ClientConnection, address: Address) -> None:
        await connection.send(self._hello.pack())
        decoder = PictureDecoder()
        async for message in connection:
            if isinstance(message, bytes):
                self._take(*decoder.decode(message))
                continue
            said = unpack_text(message)
            if "welcome" in said:
                self._connection = connection
                if not self._opened.done():
                    self._opened.set_result(address)
                await self._offer(self._portrait)
            elif "need" in said and said["need"] == portrait_id(self._portrait):
                await connection.send(self._portrait)
            elif "ready" in said:
                self._ready = str(said["ready"])
                self._shown.set()
            elif "leave" in said:
                return

    async def _trusted(self, address: Address) -> ssl.SSLContext:
        """Return a context that accepts the host's certificate; one that no authority has signed is kept for ever."""
        pem = self._known.get(str(address))
        if pem is None and not await self._is_signed(address):
            try:
                place = address.name, address.port
                pem = await asyncio.to_thread(ssl.get_server_certificate, place, timeout=_OPEN_S)
                self._known.put(str(address), pem)
            except OSError as error:
                raise _unreachable(address, error) from error
            text = "The certificate of {host} is trusted from now on. Its fingerprint is {fingerprint}."
            self._announce(Message(text, host=address, fingerprint=fingerprint(pem)))
        return context_for(pem)

    async def _is_signed(self, address: Address) -> bool:
        """Return whether a known authority has signed the certificate; nothing is sent."""
        try:
            opening = asyncio.open_connection(address.name, address.port, ssl=context_for(None))
            _, writer = await asyncio.wait_for(opening, _OPEN_S)
        except ssl.SSLCertVerificationError:
            return False
        except (OSError, TimeoutError) as error:
            raise _unreachable(address, error) from error
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return True

    def _begin_offer(self, portrait: bytes) -> None:
        self._sending = asyncio.ensure_future(self._offer(portrait))

    async def _offer(self, portrait: bytes) -> None:
        self._portrait, self._ready = portrait, ""
        if portrait and self._connection is not None:
            with contextlib.suppress(Exception):  # the session's own loop sees that it was lost
                await self._connection.send(json.dumps({"portrait": portrait_id(portrait)}))

    def _send_pose(self, moved: Keypoints, answer: Future[Generated | None]) -> None:
        if self._connection is None or not self._ready or self._ready != portrait_id(self._portrait):
            answer.set_result(None)
            return
        self._number += 1
        self._asked[self._number] = answer
        self._sending = asyncio.ensure_future(self._send(pack_pose(self._number, moved)))

    async def _send(self, message: bytes) -> None:
        with contextlib.suppress(Exception):  # as above
            if self._connection is not None:
                await self._connection.send(message)

    def _take(self, number: int, drawn: Generated) -> None:
        """Give a picture to whoever waits for it; older poses get none any more."""
        for asked in [asked for asked in self._asked if asked <= number]:
            self._asked.pop(asked).set_result(drawn if asked == number else None)

    def _forget(self) -> None:
        self._connection, self._ready = None, ""
        for answer in self._asked.values():
            answer.set_result(None)
        self._asked.clear()

    def _changed(self, address: Address) -> EngineError:
        return EngineError(
            "The certificate of {host} is not the one that was seen first.",
            "If the host was set up again, delete its entry in {file}.",
            host=address,
            file=self._known.file,
        )


def _unreachable(address: Address, error: BaseException) -> EngineError:
    return EngineError(
        "The host {host} cannot be reached: {reason}.",
        "Check the address and the network.",
        host=address,
        reason=reason_of(error) if isinstance(error, Exception) else type(error).__name__,
    )


def _refused(address: Address, status: int) -> EngineError:
    if status == 401:
        return EngineError("The host {host} does not accept the token.", "Ask its operator for a token.", host=address)
    if status == 503:
        return EngineError("The host {host} is full.", "Try again later, or give another host.", host=address)
    return EngineError(
        "The host {host} refused the session with the status {status}.",
        "Check the address and the network.",
        host=address,
        status=status,
    )
