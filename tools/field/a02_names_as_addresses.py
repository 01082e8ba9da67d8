"""The name of a local file is never taken for an address."""

from __future__ import annotations

import socket

from field.kit import Kit, expect

SMALL = ("--size", "320x360", "--runtime", "torch")


def check(kit: Kit) -> str:
    """Read and write files that are named like addresses."""
    source = kit.driver()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        port = server.getsockname()[1]
        names = [f"tcp:127.0.0.1:{port}.mp4", f"http:127.0.0.1:{port}.mp4", "10:30.mp4"]
        for name in names:
            (kit.folder / name).write_bytes(source.read_bytes())
            done = kit.avatarify("animate", "mona-lisa", name, "-o", f"out {name}", *SMALL)
            expect(done.returncode == 0 and (kit.folder / f"out {name}").is_file(), f"{name}: {done.stderr}")
        expect(_silent(server), "a connection was made")
    return f"{len(names)} names"


def _silent(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except TimeoutError:
        return True
    return False
