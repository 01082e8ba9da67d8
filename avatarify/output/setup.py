"""What it takes to get a virtual camera on a Linux machine, and to be rid of it: steps to print or to run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from avatarify.output.camera_driver import MODULE, OPTIONS_FILE, LinuxCameraDriver

OPTIONS = "exclusive_caps=1 max_buffers=4 card_label=Avatarify"
LOAD_FILE = "/etc/modules-load.d/avatarify.conf"
_PACKAGES = {
    "apt-get": "apt-get install -y v4l2loopback-dkms linux-headers-{release}",
    "dnf": "dnf install -y akmod-v4l2loopback",
    "pacman": "pacman -S --needed --noconfirm v4l2loopback-dkms linux-headers",
    "zypper": "zypper --non-interactive install v4l2loopback-kmp-default",
}


@dataclass(frozen=True)
class SetupStep:
    """One command for the administrator.

    Attributes:
        why: What it is for, in a few words.
        command: The words of the command.
        written: What it reads from its input; empty for nothing.
    """

    why: str
    command: tuple[str, ...]
    written: str = ""

    def line(self, sudo: str = "sudo ") -> str:
        """Return it as it is typed into a terminal."""
        words = " ".join(self.command)
        return f"echo '{self.written.strip()}' | {sudo}{words}" if self.written else f"{sudo}{words}"


def steps_to_set_up(machine: LinuxCameraDriver) -> list[SetupStep]:
    """Return what is missing, in order; empty where a good device is there and comes back after a restart."""
    steps = [] if machine.installed or machine.loaded else _to_install(machine)
    if not machine.foreign_options:
        steps.append(_write("keep the options", OPTIONS_FILE, f"options {MODULE} {OPTIONS}\n"))
    steps.append(_write("load it at each start", LOAD_FILE, f"{MODULE}\n"))
    return [*steps, *_to_load(machine)]


def steps_to_undo(machine: LinuxCameraDriver) -> list[SetupStep]:
    """Return what takes the set-up back; the package stays."""
    unload = [SetupStep("unload the module", ("modprobe", "-r", MODULE))] if machine.loaded else []
    return [*unload, SetupStep("forget options and loading", ("rm", "-f", OPTIONS_FILE, LOAD_FILE))]


def _to_install(machine: LinuxCameraDriver) -> list[SetupStep]:
    if machine.built_elsewhere and machine.headers:
        return [SetupStep(f"build it for the kernel {machine.release}", ("dkms", "autoinstall"))]
    words = _PACKAGES.get(machine.manager, "").format(release=machine.release).split()
    return [SetupStep("install the module", tuple(words))] if words else []


def _to_load(machine: LinuxCameraDriver) -> list[SetupStep]:
    good = any(device.exclusive for device in machine.devices)
    unload = SetupStep("unload it: its options are fixed while it is loaded", ("modprobe", "-r", MODULE))
    load = SetupStep("load it now", ("modprobe", MODULE))
    if good:
        return []
    return [unload, load] if machine.loaded else [load]


def _write(why: str, path: str, text: str) -> SetupStep:
    return SetupStep(f"{why} ({PurePosixPath(path).parent.name})", ("tee", path), text)
