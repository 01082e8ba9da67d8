"""Runs the programs that build a package, and says what is done and how long it takes."""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Print what is done, and afterwards the seconds it took."""
    print(f"{what} ...", end="", flush=True)
    started = time.monotonic()
    yield
    print(f" {time.monotonic() - started:.0f} s", flush=True)


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run a program; return what it printed.

    Raises:
        SystemExit: It failed; its output is in the message.
    """
    done = subprocess.run(
        [str(word) for word in command],
        env=environment,
        cwd=cwd,
        text=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise SystemExit(f"\n{command[0]} failed with exit code {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout


def megabytes(place: Path) -> float:
    """Return the size of a file, or of all files in a folder, in MB (10**6 bytes); links do not count."""
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink()) / 1e6


def announce(package: Path) -> None:
    """Print a package's size and SHA-256."""
    with package.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    print(f"{package}: {megabytes(package):.0f} MB\nSHA-256 {digest}")
