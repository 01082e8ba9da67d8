"""``animate`` keeps the sound and times of its driver, in all containers, and takes pipes (O4 O5 O16 O22 O27)."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av

from avatarify import paths
from field.kit import Kit, expect


def _film(file: Path, times: list[float], tone: bool = False) -> Path:
    """Write pictures of the demo clip at given times, with a second of silence if wanted."""
    with av.open(str(paths.assets() / "demo" / "driver.mp4")) as demo, av.open(str(file), "w") as out:
        film, given = out.add_stream("libx264", rate=25), demo.streams.video[0].codec_context
        film.width, film.height, film.pix_fmt = given.width, given.height, "yuv420p"
        film.codec_context.time_base = Fraction(1, 60_000)
        sound = out.add_stream("aac", rate=44_100, layout="mono") if tone else None
        for time, frame in zip(times, demo.decode(video=0), strict=False):
            shown = frame.reformat(format="yuv420p")
            shown.pts, shown.time_base = round(time * 60_000), Fraction(1, 60_000)
            out.mux(film.encode(shown))
        out.mux(film.encode())
        if sound is not None:
            heard = av.AudioFrame(format="fltp", layout="mono", samples=44_100)
            heard.sample_rate = 44_100
            out.mux(sound.encode(heard))
            out.mux(sound.encode(None))
    return file


def _facts(file: Path) -> tuple[list[str], list[float]]:
    """Return the kinds of a file's streams, and the times of its pictures."""
    with av.open(str(file)) as made:
        kinds = [stream.type for stream in made.streams]
        film = made.streams.video[0]
        return kinds, sorted(float(p.pts * film.time_base) for p in made.demux(film) if p.pts is not None)


def check(kit: Kit) -> str:
    """Animate a clip with sound, one with a pause, one of 480 fps, and one from a pipe."""
    portrait = kit.portrait()
    loud = _film(kit.folder / "loud.mp4", [number / 25 for number in range(6)], tone=True)
    for suffix in ("mp4", "mov", "m4v", "mkv", "webm", "gif"):
        done = kit.avatarify("animate", portrait, loud, "-o", f"o.{suffix}", "--size", "320x360")
        expect(done.returncode == 0, done.stderr)
        kinds = _facts(kit.folder / f"o.{suffix}")[0]
        expect(kinds == (["video"] if suffix == "gif" else ["video", "audio"]), f"{suffix}: {kinds}")
    kit.avatarify("animate", portrait, loud, "-o", "silent.mp4", "--size", "320x360", "--no-sound")
    expect(_facts(kit.folder / "silent.mp4")[0] == ["video"], "--no-sound kept it")
    pause = _film(kit.folder / "pause.mp4", [number / 60 + 2 * (number > 9) for number in range(12)])
    done = kit.avatarify("animate", portrait, pause, "-o", "p.mp4", "--size", "320x360")
    times = _facts(kit.folder / "p.mp4")[1]
    expect(abs(times[10] - 2.167) < 0.01, f"the eleventh picture is at {times[10]} s")
    slow = _film(kit.folder / "slow.mp4", [number / 480 for number in range(8)])
    done = kit.avatarify("animate", portrait, slow, "-o", "s.mp4", "--size", "320x360")
    expect(done.returncode == 0, done.stderr)
    words = ["animate", str(portrait), "-", "-o", "i.mp4", "--size", "320x360"]
    with loud.open("rb") as given:
        command = [sys.executable, "-P", "-m", "avatarify", *words]
        piped = subprocess.run(
            command, stdin=given, cwd=kit.folder, env=kit.environment(), capture_output=True, check=False
        )
    expect(piped.returncode == 0, piped.stderr.decode())
    return f"six containers; a pause kept at {times[10]:.3f} s; 480 fps; standard input"
