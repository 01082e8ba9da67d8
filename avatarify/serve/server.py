"""A host in one process, for one GPU or CPU."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from avatarify.boundary import reason_of
from avatarify.engines.batches import open_batches
from avatarify.errors import DeviceError, InputError
from avatarify.remote.tokens import read_tokens
from avatarify.serve.batcher import Batcher
from avatarify.serve.drawing import HostDrawing
from avatarify.serve.figures import HostMetrics
from avatarify.serve.gateway import Gateway, log_event
from avatarify.serve.limits import Places, Tokens
from avatarify.serve.portraits import PortraitCache
from avatarify.serve.session import Host
from avatarify.serve.tls import HostFiles, tls_context
from avatarify.zoo.registry import find_model

if TYPE_CHECKING:
    from avatarify.engines.target import Watch


@dataclass(frozen=True)
class ServeOptions:
    """Options of a host.

    Attributes:
        address: To listen on.
        port: 0 takes a free one.
        files: Certificate, key, and tokens.
        model: Its name.
        runtime: See ``open_batches``.
        most: Sessions at once.
        most_per_token: Sessions at once with one token.
    """

    address: str
    port: int
    files: HostFiles
    model: str = "built-in"
    runtime: str = "auto"
    most: int = 16
    most_per_token: int = 16


def serve(options: ServeOptions, ready: Callable[[str], None], watch: Watch | None = None) -> Counter[str]:
    """Serve until SIGTERM or SIGINT, and then let the sessions move on.

    Args:
        options: What to serve.
        ready: Called with the address once sessions are accepted.
        watch: Follows the preparation of the model.

    Returns:
        What was counted (see ``HostMetrics.counts``).

    Raises:
        AvatarifyError: The files, the model, or the port cannot be used.
    """
    try:
        import websockets.asyncio.server  # noqa: F401 - missing without the extra
    except ImportError as error:
        raise InputError(
            "The package websockets is not installed.", "Install it: pip install 'avatarify[serve]'"
        ) from error
    context, tokens = tls_context(options.files), Tokens(read_tokens(options.files.tokens))
    entry = find_model(options.model)
    batches = open_batches(entry, options.runtime, watch)
    drawing, metrics = HostDrawing(batches), HostMetrics()
    batcher = Batcher(drawing.work, drawing.largest, metrics.batch)
    host = Host(entry.manifest.sha256, batches.points, batches.side, batcher, PortraitCache(), metrics)
    gateway = Gateway(host, tokens, Places(options.most, options.most_per_token))
    with contextlib.closing(batches), contextlib.closing(batcher):
        asyncio.run(_run(gateway, options, context, ready))
    return metrics.counts


async def _run(gateway: Gateway, options: ServeOptions, context: ssl.SSLContext, ready: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, stop.set)
    async with contextlib.AsyncExitStack() as opened:
        try:
            server = await opened.enter_async_context(gateway.listening(options.address, options.port, context))
        except OSError as error:
            raise DeviceError(
                "Cannot listen on {address}, port {port}: {reason}.",
                "Choose another one with --host and --port.",
                address=options.address,
                port=options.port,
                reason=reason_of(error),
            ) from error
        port = server.sockets[0].getsockname()[1]
        log_event("ready", port=port)
        ready(f"wss://{options.address}:{port}")
        await stop.wait()
        await gateway.drain(server)
