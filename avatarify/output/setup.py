"""The steps that set up a virtual camera on Linux, or remove it: to print or to run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from avatarify.messages import Message
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
        command: Program and arguments.
        input: What it reads from its standard input; may be empty.
    """

    why: Message
    command: tuple[str, ...]
    input: str = ""

    def line(self, sudo: str = "sudo ") -> str:
        """Return the command as it is typed in a terminal."""
        words = " ".join(self.command)
        return f"echo '{self.input.strip()}' | {sudo}{words}" if self.input else f"{sudo}{words}"


def steps_to_set_up(driver: LinuxCameraDriver) -> list[SetupStep]:
    """Return the missing steps, in order, to a device that also exists after a restart."""
    steps = [] if driver.installed or driver.loaded else _to_install(driver)
    if not driver.foreign_options:
        steps.append(_write(Message("set the options"), OPTIONS_FILE, f"options {MODULE} {OPTIONS}\n"))
    steps.append(_write(Message("load it at each start"), LOAD_FILE, f"{MODULE}\n"))
    return [*steps, *_to_load(driver)]


def steps_to_undo(driver: LinuxCameraDriver) -> list[SetupStep]:
    """Return the steps that undo the set-up; the package stays installed."""
    unload = [SetupStep(Message("unload the module"), ("modprobe", "-r", MODULE))] if driver.loaded else []
    return [
        *unload,
        SetupStep(
            Message("remove the options, and do not load it at each start"), ("rm", "-f", OPTIONS_FILE, LOAD_FILE)
        ),
    ]


def _to_install(driver: LinuxCameraDriver) -> list[SetupStep]:
    if driver.built_elsewhere and driver.headers:
        return [SetupStep(Message("build it for kernel {release}", release=driver.release), ("dkms", "autoinstall"))]
    words = _PACKAGES.get(driver.manager, "").format(release=driver.release).split()
    return [SetupStep(Message("install the module"), tuple(words))] if words else []


def _to_load(driver: LinuxCameraDriver) -> list[SetupStep]:
    good = any(device.exclusive for device in driver.devices)
    unload = SetupStep(Message("unload it: its options cannot change while it is loaded"), ("modprobe", "-r", MODULE))
    load = SetupStep(Message("load it now"), ("modprobe", MODULE))
    if good:
        return []
    return [unload, load] if driver.loaded else [load]


def _write(why: Message, path: str, text: str) -> SetupStep:
    folder = PurePosixPath(path).parent.name
    return SetupStep(Message("{purpose} ({folder})", purpose=why, folder=folder), ("tee", path), text)
