"""A real host in a process of its own, and a recorder between it and an app."""

import asyncio
import contextlib
import os
import re
import signal
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RunningHost:
    """A host that accepts sessions on 127.0.0.1."""

    port: int
    config: Path
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        return f"wss://localhost:{self.port}"

    @property
    def token_file(self) -> Path:
        return self.config / "serve-token"

    @property
    def cert(self) -> Path:
        return self.config / "serve" / "cert.pem"

    @property
    def key(self) -> Path:
        return self.config / "serve" / "key.pem"


@contextlib.contextmanager
def running_host(config: Path, *options: str, cache: Path | None = None) -> Iterator[RunningHost]:
    """Start ``avatarify serve``, wait until it is ready, and end it by SIGTERM, which must succeed."""
    words = ["serve", "--no-ray", "--demo-token", "--port", "0", *options]
    folders = {"AVATARIFY_CONFIG": str(config), **({"AVATARIFY_CACHE": str(cache)} if cache else {})}
    process = subprocess.Popen(
        [sys.executable, "-m", "avatarify", *words],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **folders},
    )
    assert process.stderr is not None
    lines: list[str] = []
    port = 0
    for line in process.stderr:
        lines.append(line)
        if found := re.search(r"Serving at wss://127\.0\.0\.1:(\d+)", line):
            port = int(found[1])
            break
    assert port, lines
    reader = threading.Thread(target=lines.extend, args=(process.stderr,))  # its pipe must not fill up
    reader.start()
    try:
        yield RunningHost(port, config, process)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(60)
        reader.join()
        process.stderr.close()
    assert code == 0, lines


class Recorder:
    """Ends TLS in front of a host, and keeps what the app sends.

    Attributes:
        sent: Every byte from the app, decrypted.
        port: Where it listens.
    """

    def __init__(self, host: RunningHost) -> None:
        self._host = host
        self.sent = bytearray()
        self.port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),))

    def __enter__(self) -> "Recorder":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()

    async def _run(self) -> None:
        self._ended = asyncio.Event()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._host.cert, self._host.key)
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._ended.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        trusted = ssl.create_default_context(cafile=str(self._host.cert))
        there, back = await asyncio.open_connection("localhost", self._host.port, ssl=trusted)
        up = asyncio.ensure_future(self._pass_on(reader, back, self.sent))
        down = asyncio.ensure_future(self._pass_on(there, writer, bytearray()))
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        for one in (back, writer):
            one.close()
        up.cancel()
        down.cancel()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bytearray) -> None:
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while data := await reader.read(65536):
                kept += data
                writer.write(data)
                await writer.drain()
