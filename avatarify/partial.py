"""Temporary names beside files that are being written; what killed processes left of them is swept at a start."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_SUFFIX = ".part"
_LONGEST = 150  # bytes of a name that fit into a temporary one: file systems allow 255
_HOST = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
_NAME = re.compile(r"\..+\.([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.part", re.DOTALL)
_LONG_S = 86_400.0  # after which a process with that number is another one, and another computer's work has ended


def temporary_path(path: Path) -> Path:
    """Return a new hidden name beside a file or folder, which says which process writes it."""
    return path.with_name(f".{_kept(path.name)}.{_HOST}-{os.getpid()}-{os.urandom(4).hex()}{_SUFFIX}")


def remove_partial(path: Path) -> None:
    """Remove what a killed process left of a file or folder; call it while no other process writes it."""
    for left in partial_files(path):
        _remove(left)


def partial_files(path: Path) -> list[Path]:
    """Return the temporary files and folders that belong to a file or folder."""
    return list(path.absolute().parent.glob(f".{glob.escape(_kept(path.name))}.*{_SUFFIX}"))


def is_abandoned(path: Path) -> bool:
    """Return whether a temporary file or folder was left by a process that has ended."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return False
    if found[1] == _HOST and (runs := _runs_us(int(found[2]))) is not None:
        return not runs
    with contextlib.suppress(OSError):
        # A file from the future was written while a clock was wrong, and would never grow old.
        return abs(time.time() - path.stat().st_mtime) > _LONG_S
    return False


def _runs_us(process: int) -> bool | None:
    """Return whether a process of this computer runs and may be one of ours; None where that cannot be known.

    Clocks jump, as on a computer that learns the time only from the network: age says little about our own processes.
    """
    if not is_running(process):
        return False
    if process == os.getpid():
        return True
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return None
    return any(name in command for name in (b"python", b"avatarify", b"pytest"))


def is_running(process: int) -> bool:
    """Return whether a process of this computer runs; True where that cannot be known."""
    if process == os.getpid():
        return True
    if sys.platform == "win32":
        return True  # ``os.kill`` would end it
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def sweep(*folders: Path) -> None:
    """Remove what killed processes left anywhere in these folders; what cannot be removed stays."""
    for folder in folders:
        for left in _abandoned(folder):
            _remove(left)


def _abandoned(folder: Path) -> Iterator[Path]:
    for place, names, files in os.walk(folder):
        for name in [*names, *files]:
            if name.startswith(".") and is_abandoned(Path(place, name)):
                yield Path(place, name)
        names[:] = [name for name in names if not name.endswith(_SUFFIX)]


def _remove(left: Path) -> None:
    if left.is_dir() and not left.is_symlink():
        shutil.rmtree(left, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


def _kept(name: str) -> str:
    data = os.fsencode(name)
    return name if len(data) <= _LONGEST else hashlib.sha256(data).hexdigest()[:32]
