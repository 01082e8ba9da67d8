"""Runs live sessions in processes of their own: frames per second, latency, and processor time for each frame."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avatarify import paths
from avatarify.children import SAFE_PATH, avatarify_command
from avatarify.errors import EngineError, UsageError
from avatarify.locks import Cancelled

_POLL_S = 0.2


@dataclass(frozen=True)
class Checkout:
    """A copy of Avatarify that can be run.

    Attributes:
        name: Shown in the report.
        command: What starts its ``avatarify``.
        environment: Added to that of this process.
    """

    name: str = "this"
    command: Sequence[str] = field(default_factory=avatarify_command)
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LiveRunOptions:
    """What a live session runs with.

    Attributes:
        model: Name of a model.
        runtime: Name of a runtime, or ``auto``.
        portrait: Name or file.
        size: Of the output, ``1280x720``.
    """

    model: str
    runtime: str
    portrait: str
    size: str

    @property
    def words(self) -> list[str]:
        """The options of ``avatarify run``."""
        file = Path(self.portrait).expanduser()
        portrait = str(file.resolve()) if file.exists() else self.portrait  # the session runs in another folder
        words = ["--model", self.model, "--runtime", self.runtime, "--portrait", portrait, "--size", self.size]
        return ["run", "--camera", "demo", "--sink", "null", *words]


def find_checkout(folder: Path) -> Checkout:
    """Return another checkout, with its own environment (``.venv``) if it has one, and a cache of its own.

    Raises:
        UsageError: There is none in the folder.
    """
    folder = folder.expanduser().resolve()
    if not (folder / "avatarify" / "__init__.py").is_file():
        raise UsageError(
            "There is no checkout of Avatarify in {folder}.",
            "Name the folder that contains 'avatarify'.",
            folder=folder,
        )
    own = folder / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    cache = paths.cache() / "bench" / hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    environment = {"PYTHONPATH": str(folder), "AVATARIFY_CACHE": str(cache)}
    python = str(own) if own.is_file() else sys.executable
    return Checkout(str(folder), [python, "-P", "-m", "avatarify"], environment)


@dataclass(frozen=True)
class LiveResult:
    """What was measured of a live session.

    Attributes:
        report: The session's own.
        seconds: Wall time of the process.
        cpu_s: Processor time of the process, user and system; 0 where the system does not say.
    """

    report: dict[str, Any]
    seconds: float
    cpu_s: float

    def core_ms(self, start: LiveResult) -> float | None:
        """Return the processor time for each frame, in milliseconds; None if there are too few frames to tell.

        Args:
            start: A session of one frame: what is not spent on frames.
        """
        frames, spent = self.report["frames"] - start.report["frames"], self.cpu_s - start.cpu_s
        return round(1000 * spent / frames, 1) if frames > 0 and spent > 0 else None


def run_live(
    checkout: Checkout, options: LiveRunOptions, frames: int, stopped: Callable[[], bool] = lambda: False
) -> LiveResult:
    """Run a live session with the demo clip as its camera, in another process.

    Args:
        checkout: Whose code runs.
        options: What it runs with.
        frames: It ends after this many.
        stopped: Asked several times a second; True ends the session.

    Raises:
        EngineError: It failed.
        Cancelled: ``stopped`` returned True.
    """
    with tempfile.TemporaryDirectory(prefix="avatarify-bench-") as folder:
        file = Path(folder) / "report.json"
        words = [*options.words, "--frames", str(frames), "--report", str(file)]
        started, before = time.perf_counter(), _cpu_of_children()
        done = _run([*checkout.command, *words], checkout.environment, folder, stopped)
        seconds, cpu_s = time.perf_counter() - started, _cpu_of_children() - before
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
            raise EngineError(
                "The live session of {checkout} failed: {reason}",
                "Run it with 'avatarify run --camera demo --sink null' to see why.",
                checkout=checkout.name,
                reason=reason.removeprefix("avatarify: "),
            )
        return LiveResult(json.loads(file.read_text(encoding="utf-8")), seconds, cpu_s)


def _run(
    command: list[str], environment: Mapping[str, str], folder: str, stopped: Callable[[], bool]
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, or kill it once it is not wanted any more."""
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **SAFE_PATH, **environment},
        cwd=folder,
    ) as process:
        while True:
            try:
                _, errors = process.communicate(timeout=_POLL_S)
            except subprocess.TimeoutExpired:
                if stopped():
                    process.kill()
                    raise Cancelled from None
            else:
                return subprocess.CompletedProcess(command, process.returncode, "", errors)


def _cpu_of_children() -> float:
    """Return the processor time of child processes that have ended, seconds; 0 on Windows, which does not say."""
    times = os.times()
    return times.children_user + times.children_system
