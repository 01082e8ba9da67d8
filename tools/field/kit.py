"""What the recipes share: a folder of their own, the command, and small inputs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from avatarify import paths

LIMIT_S = 300.0


class Failed(Exception):
    """The product does not do what it should; the text says what it did."""


@dataclass(frozen=True)
class Kit:
    """What a recipe works with.

    Attributes:
        folder: An empty folder, the working directory of every command.
        shared: A folder for all recipes of a run: the cache, which takes long to fill, is in it.
    """

    folder: Path
    shared: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a command: folders of its own, and no window on the screen."""
        own = {f"AVATARIFY_{name.upper()}": str(self.folder / name) for name in ("data", "config")}
        own |= {"AVATARIFY_CACHE": str(self.shared / "cache"), "QT_QPA_PLATFORM": "offscreen"}
        return {**os.environ, **own, **more}

    def start(self, *words: object, **more: str) -> subprocess.Popen[str]:
        """Start ``avatarify``; ``more`` are variables of its environment."""
        return subprocess.Popen(
            [Path(sys.executable).with_name("avatarify"), *map(str, words)],
            cwd=self.folder,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="backslashreplace",
        )

    def avatarify(self, *words: object, limit_s: float = LIMIT_S, **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``avatarify`` to its end.

        Raises:
            Failed: It takes longer than ``limit_s``.
        """
        process = self.start(*words, **more)
        try:
            out, err = process.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failed(f"'avatarify {words[0]}' was still running after {limit_s:.0f} s") from None
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def recording(self, name: str, seconds: float = 2.0) -> subprocess.Popen[str]:
        """Start a recording of the demo clip; return once it has run for a while."""
        small = ("--size", "320x180", "--portrait", "mona-lisa")
        process = self.start("run", "--camera", "demo", *small, "--sink", name)
        deadline = time.monotonic() + LIMIT_S
        while not (part := next(self.folder.glob(f".{name}*.part"), None)) or part.stat().st_size < 1000:
            if process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"the recording did not begin: {process.communicate()[1]}")
            time.sleep(0.05)
        time.sleep(seconds)
        return process

    def driver(self, name: str = "d.mp4", frames: int = 6) -> Path:
        """Write a short driving video."""
        import av

        file = self.folder / name
        with av.open(str(paths.assets() / "demo" / "driver.mp4")) as source, av.open(f"file:{file}", "w") as out:
            stream = out.add_stream("libx264", rate=25)
            given = source.streams.video[0].codec_context
            stream.width, stream.height, stream.pix_fmt = given.width, given.height, "yuv420p"
            for _, frame in zip(range(frames), source.decode(video=0), strict=False):
                out.mux(stream.encode(frame.reformat(format="yuv420p")))
            out.mux(stream.encode())
        return file

    def portrait(self, name: str = "p.png") -> Path:
        """Write a portrait, 480 x 600 pixels, without transparency."""
        file = self.folder / name
        with Image.open(paths.assets() / "portraits" / "amara.jpg") as image:
            image.convert("RGB").resize((480, 600)).save(file)
        return file


def expect(truth: object, found: object) -> None:
    """Raise ``Failed`` with what was found, unless it is true."""
    if not truth:
        raise Failed(" ".join(str(found).split())[:300] or "nothing was written")
