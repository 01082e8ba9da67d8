"""What this machine has of what a virtual camera needs: files and the system's own tools are asked, nothing changes."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MODULE = "v4l2loopback"
OPTIONS_FILE = "/etc/modprobe.d/avatarify.conf"
_SECURE_BOOT = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
_MANAGERS = ("apt-get", "dnf", "pacman", "zypper")
_MOK_KEYS = ("var/lib/shim-signed/mok/MOK.der", "var/lib/dkms/mok.pub", "etc/pki/akmods/certs/public_key.der")
_OBS_CAMERA_CLASS = r"CLSID\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}"


@dataclass(frozen=True)
class Loopback:
    """One device of v4l2loopback.

    Attributes:
        name: What meeting programs show.
        number: As in ``/dev/video10``.
        exclusive: Whether it looks like a camera only; without this Chrome does not list it.
    """

    name: str
    number: int
    exclusive: bool

    @property
    def device(self) -> str:
        """What opens it."""
        return f"/dev/video{self.number}"


@dataclass(frozen=True)
class LinuxCameraDriver:
    """A Linux machine.

    Attributes:
        release: Of the kernel that runs.
        devices: The loopback devices, by number.
        loaded: Whether the module is loaded.
        installed: Whether the module is there for this kernel.
        built_elsewhere: Whether DKMS has its source, so that only this kernel's build is missing.
        headers: Whether this kernel's headers are there, which a build needs.
        secure_boot: Whether only signed modules can be loaded.
        mok_key: The key that DKMS signs with, to be enrolled; empty if there is none yet.
        manager: The package manager's command; empty for an unknown one.
        foreign_options: Files of ``/etc/modprobe.d`` that set options of the module, ours aside.
    """

    release: str
    devices: tuple[Loopback, ...] = ()
    loaded: bool = False
    installed: bool = False
    built_elsewhere: bool = False
    headers: bool = False
    secure_boot: bool = False
    mok_key: str = ""
    manager: str = ""
    foreign_options: tuple[str, ...] = ()


@dataclass(frozen=True)
class MacCameraDriver:
    """A Mac: whether OBS is there, and what ``systemextensionsctl`` says about its camera (empty: nothing)."""

    obs: bool
    extension: str = ""


@dataclass(frozen=True)
class WindowsCameraDriver:
    """A Windows machine: whether OBS is there, and whether its camera is registered."""

    obs: bool
    registered: bool = False


CameraDriver = LinuxCameraDriver | MacCameraDriver | WindowsCameraDriver


def inspect_driver() -> CameraDriver | None:
    """Look at this machine; None for a system without virtual cameras."""
    system: str = sys.platform
    if system.startswith("linux"):
        return inspect_linux(Path("/"), platform.release())
    if system == "darwin":
        return MacCameraDriver(
            Path("/Applications/OBS.app").exists(), extension_state(_told_by("systemextensionsctl", "list"))
        )
    return _look_at_windows() if system == "win32" else None


def inspect_linux(root: Path, release: str) -> LinuxCameraDriver:
    """Look at a Linux machine whose files stand under ``root``."""
    modules = root / "lib/modules" / release
    return LinuxCameraDriver(
        release=release,
        devices=tuple(_loopbacks(root)),
        loaded=(root / "sys/module" / MODULE).exists(),
        installed=f"{MODULE}.ko" in _text(modules / "modules.dep"),
        built_elsewhere=(root / "var/lib/dkms" / MODULE).exists() or any((root / "usr/src").glob(f"{MODULE}-*")),
        headers=(modules / "build").exists(),
        secure_boot=_secure_boot(root),
        mok_key=next((f"/{key}" for key in _MOK_KEYS if (root / key).exists()), ""),
        manager=next((name for name in _MANAGERS if (root / "usr/bin" / name).exists()), ""),
        foreign_options=tuple(_foreign_options(root)),
    )


def loopback_folder(root: Path) -> Path:
    """Where the kernel lists devices without hardware."""
    return root / "sys/devices/virtual/video4linux"


def extension_state(told: str) -> str:
    """Find what ``systemextensionsctl list`` says about the camera of OBS, e.g. ``activated waiting for user``."""
    states = [line.rpartition("[")[2].rstrip("] \n") for line in told.splitlines() if "com.obsproject" in line]
    return next((state for state in states if state.startswith("activated")), states[0] if states else "")


def _loopbacks(root: Path) -> list[Loopback]:
    numbers = sorted(int(path.name[5:]) for path in loopback_folder(root).glob("video*") if path.name[5:].isdigit())
    told = _text(root / "sys/module" / MODULE / "parameters/exclusive_caps").strip().split(",")
    names = [_text(loopback_folder(root) / f"video{number}/name").strip() for number in numbers]
    return [
        Loopback(name or f"video{number}", number, told[place : place + 1] in (["Y"], ["1"]))
        for place, (number, name) in enumerate(zip(numbers, names, strict=True))
    ]


def _secure_boot(root: Path) -> bool:
    with contextlib.suppress(OSError):
        return (root / _SECURE_BOOT).read_bytes()[-1:] == b"\x01"  # four bytes of attributes come first
    return False


def _foreign_options(root: Path) -> list[str]:
    files = sorted((root / "etc/modprobe.d").glob("*.conf"))
    return [f"/{file.relative_to(root)}" for file in files if file.name != Path(OPTIONS_FILE).name and _sets(file)]


def _sets(file: Path) -> bool:
    return any(line.split()[:2] == ["options", MODULE] for line in _text(file).splitlines())


def _text(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text("utf-8", "replace")
    return ""


def _told_by(*command: str) -> str:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout
    return ""


def _look_at_windows() -> WindowsCameraDriver:
    import winreg  # type: ignore[import-not-found,unused-ignore]

    def there(root: object, key: str) -> bool:
        try:
            winreg.CloseKey(winreg.OpenKey(root, key))  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

    program = Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "obs-studio"
    return WindowsCameraDriver(
        obs=program.exists() or there(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\OBS Studio"),  # type: ignore[attr-defined,unused-ignore]
        registered=there(winreg.HKEY_CLASSES_ROOT, _OBS_CAMERA_CLASS),  # type: ignore[attr-defined,unused-ignore]
    )
