"""What this machine has of the driver of a virtual camera, read from files and system tools; nothing is changed."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from avatarify.capture.v4l2 import read_text, virtual_devices

MODULE = "v4l2loopback"
OPTIONS_FILE = "/etc/modprobe.d/avatarify.conf"
_SECURE_BOOT = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
_MANAGERS = ("apt-get", "dnf", "pacman", "zypper")
_MOK_KEYS = ("var/lib/shim-signed/mok/MOK.der", "var/lib/dkms/mok.pub", "etc/pki/akmods/certs/public_key.der")
_OBS_CAMERA_CLASS = r"CLSID\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}"


@dataclass(frozen=True)
class LoopbackDevice:
    """One device of v4l2loopback.

    Attributes:
        name: What meeting programs show.
        number: As in ``/dev/video10``.
        exclusive: Whether it announces itself as a camera only (``exclusive_caps``); otherwise Chrome does not list it.
    """

    name: str
    number: int
    exclusive: bool

    @property
    def path(self) -> str:
        """The device file."""
        return f"/dev/video{self.number}"


@dataclass(frozen=True)
class LinuxCameraDriver:
    """v4l2loopback on a Linux machine.

    Attributes:
        release: Of the running kernel.
        devices: The loopback devices, in order of their number.
        loaded: Whether the module is loaded.
        installed: Whether the module is built for this kernel.
        built_elsewhere: Whether DKMS has its source, so that only the build for this kernel is missing.
        headers: Whether the headers of this kernel, which a build needs, are installed.
        secure_boot: Whether only signed modules can be loaded.
        mok_key: Path of the key that DKMS signs with, to be enrolled; empty if there is none yet.
        manager: The package manager's command; empty for an unknown one.
        foreign_options: Files in ``/etc/modprobe.d``, other than ours, that set options of the module.
    """

    release: str
    devices: tuple[LoopbackDevice, ...] = ()
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
    """OBS on a Mac.

    Attributes:
        obs: Whether it is installed.
        extension: State of its camera extension according to ``systemextensionsctl``; empty if it is not listed.
    """

    obs: bool
    extension: str = ""


@dataclass(frozen=True)
class WindowsCameraDriver:
    """OBS on Windows.

    Attributes:
        obs: Whether it is installed.
        registered: Whether its virtual camera is registered.
    """

    obs: bool
    registered: bool = False


CameraDriver = LinuxCameraDriver | MacCameraDriver | WindowsCameraDriver


def inspect_driver() -> CameraDriver | None:
    """Inspect this machine; None for a system without a driver."""
    system: str = sys.platform
    if system.startswith("linux"):
        return inspect_linux(Path("/"), platform.release())
    if system == "darwin":
        return MacCameraDriver(
            Path("/Applications/OBS.app").exists(), extension_state(_output_of("systemextensionsctl", "list"))
        )
    return _inspect_windows() if system == "win32" else None


def inspect_linux(root: Path, release: str) -> LinuxCameraDriver:
    """Inspect a Linux machine.

    Args:
        root: Where its file system is mounted.
        release: Of its running kernel, as in ``uname -r``.
    """
    modules = root / "lib/modules" / release
    return LinuxCameraDriver(
        release=release,
        devices=tuple(_loopbacks(root)),
        loaded=(root / "sys/module" / MODULE).exists(),
        installed=f"{MODULE}.ko" in read_text(modules / "modules.dep"),
        built_elsewhere=(root / "var/lib/dkms" / MODULE).exists() or any((root / "usr/src").glob(f"{MODULE}-*")),
        headers=(modules / "build").exists(),
        secure_boot=_secure_boot(root),
        mok_key=next((f"/{key}" for key in _MOK_KEYS if (root / key).exists()), ""),
        manager=next((name for name in _MANAGERS if (root / "usr/bin" / name).exists()), ""),
        foreign_options=tuple(_foreign_options(root)),
    )


def extension_state(listing: str) -> str:
    """Return the state of OBS's camera in ``systemextensionsctl list``, such as ``activated waiting for user``."""
    states = [line.rpartition("[")[2].rstrip("] \n") for line in listing.splitlines() if "com.obsproject" in line]
    return next((state for state in states if state.startswith("activated")), states[0] if states else "")


def _loopbacks(root: Path) -> list[LoopbackDevice]:
    flags = read_text(root / "sys/module" / MODULE / "parameters/exclusive_caps").split(",")
    return [
        LoopbackDevice(device.name, device.number, flags[place : place + 1] in (["Y"], ["1"]))
        for place, device in enumerate(virtual_devices(root))
    ]


def _secure_boot(root: Path) -> bool:
    with contextlib.suppress(OSError):
        return (root / _SECURE_BOOT).read_bytes()[-1:] == b"\x01"  # the value follows four bytes of attributes
    return False


def _foreign_options(root: Path) -> list[str]:
    files = sorted((root / "etc/modprobe.d").glob("*.conf"))
    return [f"/{file.relative_to(root)}" for file in files if file.name != Path(OPTIONS_FILE).name and _sets(file)]


def _sets(file: Path) -> bool:
    return any(line.split()[:2] == ["options", MODULE] for line in read_text(file).splitlines())


def _output_of(*command: str) -> str:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout
    return ""


def _inspect_windows() -> WindowsCameraDriver:
    import winreg  # type: ignore[import-not-found,unused-ignore]

    def exists(root: object, key: str) -> bool:
        try:
            winreg.CloseKey(winreg.OpenKey(root, key))  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

    program = Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "obs-studio"
    return WindowsCameraDriver(
        obs=program.exists() or exists(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\OBS Studio"),  # type: ignore[attr-defined,unused-ignore]
        registered=exists(winreg.HKEY_CLASSES_ROOT, _OBS_CAMERA_CLASS),  # type: ignore[attr-defined,unused-ignore]
    )
