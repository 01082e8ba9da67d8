"""Libraries of the operating system that our Python packages load on Linux and a minimal machine lacks."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Mapping, Sequence

from avatarify.command_message import CommandMessage
from avatarify.errors import AvatarifyError
from avatarify.messages import Message

# The Debian package of each library; later releases still accept these names.
COMMANDS = {  # OpenCV and MediaPipe load these even where no window is opened
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLESv2.so.2": "libgles2",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
}
WINDOW = {
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
PACKAGES = {**COMMANDS, **WINDOW, **WAYLAND, **X11}
_LOADER = re.compile(r"(lib[\w.+-]+\.so[\d.]*): cannot open shared object file")


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of the libraries that cannot be loaded; none on other systems than Linux.

    Args:
        libraries: Package by file name of the library.
    """
    if sys.platform != "linux":
        return []
    return sorted({package for name, package in libraries.items() if not _loads(name)})


def install_command(packages: Sequence[str]) -> CommandMessage:
    """Return the command that installs Debian packages."""
    return CommandMessage(f"sudo apt install {' '.join(packages)}")


def missing_library(error: BaseException | str) -> AvatarifyError | None:
    """Return the error for the user if the dynamic loader did not find a library; None for other errors."""
    found = _LOADER.search(str(error))
    if found is None:
        return None
    return AvatarifyError(Message("The system library {library} is missing.", library=found[1]), _remedy(found[1]))


def _remedy(library: str) -> Message:
    """Return the command that installs a library, and all others that its users need and that are missing."""
    if library not in PACKAGES:
        return Message("Install the package that contains it.")
    group = next(group for group in (COMMANDS, WINDOW, WAYLAND, X11) if library in group)
    return install_command(sorted({PACKAGES[library], *missing_packages(group)}))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
