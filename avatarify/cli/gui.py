"""``avatarify gui``: the window."""

from __future__ import annotations

import argparse
import os

from avatarify.doctor.qt_libraries import has_display, missing_for_window
from avatarify.errors import DeviceError
from avatarify.system_libraries import install_command

SUMMARY = "open the desktop app (the same as avatarify without a command)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options; everything else is chosen in the window."""
    parser.add_argument("--demo", action="store_true", help="use the demo clip as the camera, for a first try")


def run(args: argparse.Namespace) -> int:
    """Open the window and stay until it is closed.

    Raises:
        DeviceError: there is no display, or Qt's system libraries are missing.
    """
    if not has_display(os.environ):
        raise DeviceError("There is no display to open the window on.", "Use 'avatarify run', which needs none.")
    missing = missing_for_window(os.environ)
    if missing:
        raise DeviceError("The window needs system libraries that are not installed.", install_command(missing))
    from avatarify.ui.application import run as open_window

    return open_window(demo=args.demo)
