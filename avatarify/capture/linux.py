"""What Linux tells about its cameras besides their names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_DEV = Path("/dev")
_LOOPBACKS = Path("/sys/devices/virtual/video4linux")
_PROC = Path("/proc")


def devices(folder: Path = _DEV) -> list[str]:
    """Return the path of every video device, by rising number."""
    found = [path for path in folder.glob("video*") if path.name[5:].isdecimal()]
    return [str(path) for path in sorted(found, key=lambda path: int(path.name[5:]))]


def ids(folder: Path = _DEV / "v4l") -> dict[str, str]:
    """Return for each device the name that stays: by maker and serial number, else by the socket it is in."""
    names: dict[str, str] = {}
    for kind in ("by-path", "by-id"):  # the second one counts where both are
        for link in sorted((folder / kind).glob("*")):
            names[os.path.realpath(link)] = link.name
    return names


def loopbacks(folder: Path = _LOOPBACKS) -> dict[str, str]:
    """Return the devices that programs feed, and what v4l2loopback says about each."""
    return {f"/dev/{device.name}": _first_line(device / "state") for device in sorted(folder.glob("video*"))}


def blocked(paths: Sequence[str]) -> tuple[str, ...]:
    """Return those that this user may not open."""
    return tuple(path for path in paths if not os.access(path, os.R_OK | os.W_OK))


def users(paths: Sequence[str], proc: Path = _PROC) -> dict[str, tuple[str, ...]]:
    """Return the names of other programs that hold a device open; of other users' programs only root can know."""
    found: dict[str, list[str]] = {}
    wanted = set(paths)
    for process in proc.glob("[0-9]*") if wanted else ():
        if process.name == str(os.getpid()):
            continue
        for path in wanted & _open_files(process):
            found.setdefault(path, []).append(_first_line(process / "comm") or process.name)
    return {path: tuple(sorted(set(names))) for path, names in found.items()}


def _open_files(process: Path) -> set[str]:
    try:
        return {os.readlink(file) for file in (process / "fd").iterdir()}
    except OSError:  # another user's, or it ended meanwhile
        return set()


def _first_line(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
