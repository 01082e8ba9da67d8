"""Videos as phones and other programs write them, and the command that most recipes run."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from avatarify import paths
from field.kit import Kit, expect

_TICKS, _RATE = 60_000, 44_100


def animated(
    kit: Kit, portrait: object, driver: object, output: str, *more: object
) -> subprocess.CompletedProcess[str]:
    """Run ``avatarify animate`` at a small size, and expect that it writes the video."""
    done = kit.avatarify("animate", portrait, driver, "-o", output, "--size", "320x360", *more)
    expect(
        done.returncode == 0 and (kit.folder / output).is_file(),
        f"{output}: exit code {done.returncode}: {done.stderr}",
    )
    return done


def film(file: Path, times: Sequence[float], *, tone_s: float = 0.0) -> Path:
    """Write pictures of the demo clip at given times, in seconds, with a tone if wanted."""
    with av.open(str(paths.assets() / "demo" / "driver.mp4")) as demo, av.open(f"file:{file}", "w") as out:
        shown, given = out.add_stream("libx264", rate=25), demo.streams.video[0].codec_context
        shown.width, shown.height, shown.pix_fmt = given.width, given.height, "yuv420p"
        shown.codec_context.time_base = Fraction(1, _TICKS)
        sound = out.add_stream("aac", rate=_RATE, layout="mono") if tone_s else None
        for time, frame in zip(times, demo.decode(video=0), strict=False):
            picture = frame.reformat(format="yuv420p")
            picture.pts, picture.time_base = round(time * _TICKS), Fraction(1, _TICKS)
            out.mux(shown.encode(picture))
        out.mux(shown.encode())
        if isinstance(sound, av.AudioStream):
            wave = np.sin(2 * np.pi * 440 / _RATE * np.arange(int(tone_s * _RATE))).astype(np.float32)
            heard = av.AudioFrame.from_ndarray(wave[None], format="fltp", layout="mono")
            heard.sample_rate = _RATE
            out.mux(sound.encode(heard))
            out.mux(sound.encode(None))
    return file


def kinds(file: Path) -> list[str]:
    """Return the kinds of a file's streams."""
    with av.open(f"file:{file}") as made:
        return [stream.type for stream in made.streams]


def times(file: Path) -> list[float]:
    """Return the times of a file's pictures, in seconds and in order."""
    with av.open(f"file:{file}") as made:
        shown = made.streams.video[0]
        return sorted(
            float(p.pts * shown.time_base) for p in made.demux(shown) if p.pts is not None and shown.time_base
        )


def size(file: Path) -> tuple[int, int]:
    """Return width and height of a video."""
    with av.open(f"file:{file}") as made:
        return made.streams.video[0].width, made.streams.video[0].height
