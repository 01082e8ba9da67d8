"""The devices of Video4Linux that have no hardware behind them, as the kernel lists them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

_FOLDER = "sys/devices/virtual/video4linux"


@dataclass(frozen=True, slots=True)
class VirtualDevice:
    """One device that a program feeds, such as one of v4l2loopback.

    Attributes:
        number: As in ``/dev/video10``.
        name: What meeting programs show; ``video10`` where the driver gives no name.
        state: What v4l2loopback reports: ``output`` while no program sends, ``capture`` while one does; empty in
            versions that do not report it.
    """

    number: int
    name: str
    state: str = ""

    @property
    def path(self) -> str:
        """The device file."""
        return f"/dev/video{self.number}"


def virtual_devices(root: Path = Path("/")) -> list[VirtualDevice]:
    """List the devices without hardware in order of their number; none on other systems than Linux.

    Args:
        root: Where the file system of the machine is mounted.
    """
    folders = [path for path in (root / _FOLDER).glob("video*") if path.name[5:].isdecimal()]
    devices = [
        VirtualDevice(int(path.name[5:]), read_text(path / "name") or path.name, read_text(path / "state"))
        for path in folders
    ]
    return sorted(devices, key=lambda device: device.number)


def read_text(file: Path) -> str:
    """Return the stripped content of a system file; empty if it cannot be read."""
    with contextlib.suppress(OSError):
        return file.read_text("utf-8", "replace").strip()
    return ""
