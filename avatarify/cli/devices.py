"""``avatarify devices``: cameras and virtual cameras by name."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from avatarify.cli.common import give
from avatarify.pasteable import pasteable

if TYPE_CHECKING:
    from avatarify.capture.devices import CameraInfo

SUMMARY = "list cameras and virtual cameras"

_OTHERS = (
    "  demo  the bundled clip",
    "  screen or screen:X,Y,WxH  the screen, or a region of it",
    "  rtsp://… or http://…  a phone or IP camera; a video file; a folder of images",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: everything is listed."""


def run(args: argparse.Namespace) -> int:
    """List what is connected now."""
    from avatarify.capture.devices import list_cameras
    from avatarify.output.virtual_devices import list_virtual_cameras

    cameras = [_facts(camera) for camera in list_cameras()]
    virtual = [str(camera) for camera in list_virtual_cameras()]
    lines = ["Cameras (for --camera):", *(_line(camera) for camera in cameras)]
    if not cameras:
        lines.append("  none is connected; run 'avatarify doctor' to see why")
    lines += _OTHERS
    lines += ["Virtual cameras (for --sink virtual):", *(f"  {name}" for name in virtual)]
    if not virtual:
        lines.append("  none; run 'avatarify doctor' to see how to get one")
    give(args, {"cameras": cameras, "virtual_cameras": virtual}, pasteable("\n".join(lines)))
    return 0


def _facts(camera: CameraInfo) -> dict[str, object]:
    usb = None if camera.vid is None or camera.pid is None else f"{camera.vid:04x}:{camera.pid:04x}"
    return {
        "index": camera.index,
        "name": camera.name,
        "id": camera.id,
        "path": camera.path,
        "usb": usb,
        "in_use_by": list(camera.users),
    }


def _line(camera: dict[str, object]) -> str:
    users = camera["in_use_by"]
    busy = f"  (in use by {', '.join(map(str, users))})" if isinstance(users, list) and users else ""
    return f"  {camera['index']}  {camera['name']}{busy}"
