"""What Linux reports about cameras besides their names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from avatarify.capture.v4l2 import read_text, virtual_devices

_DEV = Path("/dev")
_PROC = Path("/proc")


def devices(folder: Path = _DEV) -> list[str]:
    """Return the path of every video device, in order of their number."""
    paths = [path for path in folder.glob("video*") if path.name[5:].isdecimal()]
    return [str(path) for path in sorted(paths, key=lambda path: int(path.name[5:]))]


def ids(folder: Path = _DEV / "v4l") -> dict[str, str]:
    """Return the persistent name of each device: of vendor and serial number, else of the port it is plugged into."""
    names: dict[str, str] = {}
    for kind in ("by-path", "by-id"):  # where a device has both, by-id overwrites by-path
        for link in sorted((folder / kind).glob("*")):
            names[os.path.realpath(link)] = link.name
    return names


def loopbacks(root: Path = Path("/")) -> dict[str, str]:
    """Return the state of each device that programs feed, by its path (see ``VirtualDevice.state``)."""
    return {device.path: device.state for device in virtual_devices(root)}


def blocked(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the paths that this user may not open."""
    return tuple(path for path in paths if not os.access(path, os.R_OK | os.W_OK))


def users(paths: Sequence[str], proc: Path = _PROC) -> dict[str, tuple[str, ...]]:
    """Return the names of other programs that have a device open; only root sees programs of other users."""
    names: dict[str, list[str]] = {}
    devices = set(paths)
    for process in proc.glob("[0-9]*") if devices else ():
        if process.name == str(os.getpid()):
            continue
        for path in devices & _open_files(process):
            names.setdefault(path, []).append(read_text(process / "comm") or process.name)
    return {path: tuple(sorted(set(programs))) for path, programs in names.items()}


def _open_files(process: Path) -> set[str]:
    try:
        return {os.readlink(file) for file in (process / "fd").iterdir()}
    except OSError:  # it belongs to another user, or has ended
        return set()
