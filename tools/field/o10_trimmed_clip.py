"""A trimmed clip is not called damaged, and all frames that it shows are used."""

from __future__ import annotations

import json

import av

from avatarify import paths
from field.films import animated
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Cut a clip between two key frames without encoding it again: an edit list hides its first frames."""
    _trim(kit)
    done = animated(kit, "mona-lisa", "trim.mp4", "o.mp4", "--report", "r.json")
    frames = json.loads((kit.folder / "r.json").read_text())["frames"]
    with av.open(str(kit.folder / "trim.mp4")) as made:
        stored = made.streams.video[0].frames
    expect("damaged" not in done.stderr and 20 <= frames < stored, f"{frames} of {stored} frames: {done.stderr}")
    return f"{frames} frames of {stored} in the file"


def _trim(kit: Kit) -> None:
    with (
        av.open(str(paths.assets() / "demo" / "driver.mp4")) as demo,
        av.open(str(kit.folder / "trim.mp4"), "w") as out,
    ):
        stream = demo.streams.video[0]
        copy = out.add_stream_from_template(stream)
        assert stream.time_base is not None
        start, end = (round(second / stream.time_base) for second in (3.3, 4.3))
        demo.seek(start, stream=stream)
        for packet in demo.demux(stream):
            if packet.pts is not None and packet.dts is not None and packet.pts < end:
                packet.pts, packet.dts, packet.stream = packet.pts - start, packet.dts - start, copy
                out.mux(packet)
