"""An image of 900 megapixels in 110 kB is refused, in words and without taking memory."""

from __future__ import annotations

import resource
import struct
import zlib

from field.kit import Kit, expect

SIDE = 30_000


def check(kit: Kit) -> str:
    """Animate it, and read the peak memory of the command."""
    (kit.folder / "big.png").write_bytes(_png())
    kit.driver()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = kit.avatarify("animate", "big.png", "d.mp4", "-o", "o.mp4")
    peak_mb = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024
    expect(done.returncode == 1 and "more than 100 megapixels" in done.stderr, done.stderr)
    expect(peak_mb < 1500, f"{peak_mb} MB")
    return f"{(kit.folder / 'big.png').stat().st_size // 1000} kB refused; at most {peak_mb} MB, all of the command"


def _png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packed, row = zlib.compressobj(9), b"\0" + b"\xff" * (SIDE // 8)
    content = b"".join(packed.compress(row) for _ in range(SIDE)) + packed.flush()
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
