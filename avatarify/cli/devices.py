"""``avatarify devices``: cameras and virtual cameras by name."""

from __future__ import annotations

import argparse

from avatarify.cli.common import give

SUMMARY = "list cameras and virtual cameras"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: everything is listed."""


def run(args: argparse.Namespace) -> int:
    """List what is connected now."""
    from avatarify.capture.devices import list_cameras
    from avatarify.output.registry import list_virtual_cameras

    cameras = [{"index": camera.index, "name": camera.name, "path": camera.path} for camera in list_cameras()]
    virtual = [str(camera) for camera in list_virtual_cameras()]
    lines = ["Cameras (for --camera):", *(f"  {camera['index']}  {camera['name']}" for camera in cameras)]
    lines += ["  demo  the carried clip", "Virtual cameras (for --sink virtual):", *(f"  {name}" for name in virtual)]
    if not virtual:
        lines.append("  none; 'avatarify doctor' says how to get one")
    give(args, {"cameras": cameras, "virtual_cameras": virtual}, "\n".join(lines))
    return 0
