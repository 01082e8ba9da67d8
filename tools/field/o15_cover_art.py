"""Sound with a cover is not taken for a video."""

from __future__ import annotations

import av
import numpy as np
from av.stream import Disposition

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Drive with a song that has a cover."""
    _song(kit)
    done = kit.avatarify("animate", "mona-lisa", "song.m4a", "-o", "o.mp4")
    expect(done.returncode == 1 and "has no video stream, only audio" in done.stderr, done.stderr)
    return done.stderr.strip()


def _song(kit: Kit) -> None:
    with av.open(str(kit.folder / "song.m4a"), "w", format="mp4") as out:
        tone = out.add_stream("aac", rate=44_100, layout="mono")
        cover = out.add_stream("mjpeg", rate=1)
        assert isinstance(tone, av.AudioStream)
        assert isinstance(cover, av.VideoStream)
        cover.width, cover.height, cover.pix_fmt, cover.disposition = 64, 64, "yuvj420p", Disposition.attached_pic
        picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        out.mux(cover.encode(picture.reformat(format="yuvj420p")))
        heard = av.AudioFrame.from_ndarray(np.zeros((1, 44_100), np.float32), format="fltp", layout="mono")
        heard.sample_rate = 44_100
        out.mux(tone.encode(heard))
        out.mux(tone.encode(None))
