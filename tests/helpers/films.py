"""Video files as phones, cameras, and other programs write them, made of a few drawn pictures."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

TICKS = 60_000
RATE = 44_100


def picture(number: int, side: int = 64) -> av.VideoFrame:
    """Return a picture whose brightness tells its number."""
    image = np.full((side, side, 3), 20 + 10 * (number % 20), np.uint8)
    image[:, : side // 2, 0] = 250
    return av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuv420p")


def write_film(file: Path, times: Sequence[float], *, sound: str = "", sound_s: float = 0.0, keys: int = 12) -> Path:
    """Write pictures at given times (seconds), and a tone if ``sound`` names a codec."""
    with av.open(f"file:{file}", "w") as out:
        film = out.add_stream("libx264", rate=25, options={"g": str(keys), "sc_threshold": "0"})
        film.width = film.height = 64
        film.pix_fmt = "yuv420p"
        film.codec_context.time_base = Fraction(1, TICKS)
        tone = out.add_stream(sound, rate=RATE, layout="mono") if sound else None
        for number, time in enumerate(times):
            frame = picture(number)
            frame.pts, frame.time_base = round(time * TICKS), Fraction(1, TICKS)
            out.mux(film.encode(frame))
        out.mux(film.encode(None))
        if isinstance(tone, av.AudioStream):
            for start in range(0, int(sound_s * RATE), 1024):
                wave = np.sin(2 * np.pi * 440 / RATE * np.arange(start, start + 1024)).astype(np.float32)
                heard = av.AudioFrame.from_ndarray(wave[None], format="fltp", layout="mono")
                heard.sample_rate, heard.pts, heard.time_base = RATE, start, Fraction(1, RATE)
                out.mux(tone.encode(heard))
            out.mux(tone.encode(None))
    return file


def trim(file: Path, start_s: float, target: Path) -> Path:
    """Cut the beginning off without encoding again: an edit list hides the frames back to the last key frame."""
    with av.open(f"file:{file}") as given, av.open(f"file:{target}", "w") as out:
        stream = given.streams.video[0]
        copy = out.add_stream_from_template(stream)
        given.seek(int(start_s / stream.time_base), stream=stream)
        for packet in given.demux(stream):
            if packet.pts is not None and packet.dts is not None:
                packet.pts -= round(start_s / stream.time_base)
                packet.dts -= round(start_s / stream.time_base)
                packet.stream = copy
                out.mux(packet)
    return target


def times_of(file: Path, kind: str = "video") -> list[float]:
    """Return when each packet of a stream is shown or heard, seconds, in order."""
    with av.open(f"file:{file}") as given:
        stream = given.streams.best(kind)
        found = (
            []
            if stream is None
            else [float(p.pts * stream.time_base) for p in given.demux(stream) if p.pts is not None]
        )
        return sorted(found)
