"""Sets up a virtual camera on Linux as the administrator, with exactly the commands that were shown."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence

from avatarify.errors import VirtualCameraError
from avatarify.messages import Message
from avatarify.output.camera_driver import LinuxCameraDriver, inspect_driver
from avatarify.output.remedies import FAILED_COMMANDS
from avatarify.output.setup import steps_to_set_up

_DISMISSED = (126, 127)  # pkexec: the user closed the question for the password, or may not become administrator


def commands() -> list[str]:
    """Return the commands that set up a virtual camera; empty if there is nothing to do, or not on this system."""
    driver = inspect_driver()
    if not isinstance(driver, LinuxCameraDriver) or not (driver.installed or driver.loaded or driver.manager):
        return []
    return [step.line("") for step in steps_to_set_up(driver)]


def can_ask() -> bool:
    """Return whether the desktop can ask for the administrator's password."""
    return shutil.which("pkexec") is not None


def run(lines: Sequence[str]) -> None:
    """Run commands as the administrator; the desktop asks for the password. Takes minutes if a package is installed.

    Raises:
        VirtualCameraError: one of them failed, or the user did not agree.
    """
    command = ["pkexec", "sh", "-c", "\n".join(["set -e", *lines])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise VirtualCameraError("Cannot run pkexec: {reason}.", _BY_HAND, reason=error.strerror) from error
    if done.returncode in _DISMISSED:
        raise VirtualCameraError("Nothing was changed: the password was not given.", _BY_HAND)
    if done.returncode:
        output = " ".join(done.stderr.split()[-40:])
        raise VirtualCameraError("The set-up failed: {output}", _remedy(done.stderr), output=output)


_BY_HAND = "Run the commands yourself in a terminal, each with sudo in front."


def _remedy(output: str) -> Message:
    return next((remedy for part, remedy in FAILED_COMMANDS.items() if part in output), Message(_BY_HAND))
