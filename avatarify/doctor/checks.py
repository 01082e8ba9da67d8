"""The checks of ``avatarify doctor``, in order; each returns one finding."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata

from avatarify import paths
from avatarify.command_message import CommandMessage
from avatarify.doctor.finding import FAIL, OK, WARN, Finding
from avatarify.doctor.qt_libraries import has_display, missing_for_window
from avatarify.errors import AvatarifyError
from avatarify.messages import Message
from avatarify.system_libraries import COMMANDS, install_command, missing_library, missing_packages

LEAST_FREE_MB = 500


def all_findings() -> Iterator[Finding]:
    """Run all checks, the quick ones first; leave out those that a missing system library prevents."""
    for check in _CHECKS:
        try:
            finding = check()
        except (ImportError, OSError) as error:
            if missing_library(error) is None:
                raise
            continue  # check_libraries has reported it
        yield finding


def check_python() -> Finding:
    """Check the version of Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("Python", OK, Message("{version}", version=version))
    return Finding(
        "Python", WARN, Message("{version} is not tested.", version=version), Message("Use Python 3.11, 3.12, or 3.13.")
    )


def check_packages() -> Finding:
    """Check that the required packages are installed."""
    required = [_name(line) for line in metadata.requires("avatarify") or [] if "extra ==" not in line]
    missing = [name for name in required if not _installed(name)]
    if missing:
        return Finding(
            "packages",
            FAIL,
            Message("Missing: {packages}.", packages=missing),
            CommandMessage(f"pip install {' '.join(missing)}"),
        )
    return Finding("packages", OK, Message("all {count} are installed", count=len(required)))


def check_libraries() -> Finding:
    """Check that the system libraries that OpenCV and MediaPipe load are installed; only Linux may lack them."""
    missing = missing_packages(COMMANDS)
    if missing:
        return Finding(
            "system libraries", FAIL, Message("Missing: {packages}.", packages=missing), install_command(missing)
        )
    return Finding("system libraries", OK, Message("none are missing"))


def check_window() -> Finding:
    """Check whether the desktop app can open."""
    missing = missing_for_window(os.environ)
    if missing:
        detail = Message("Qt needs system libraries that are missing: {packages}.", packages=missing)
        return Finding("window", WARN, detail, install_command(missing))
    if not has_display(os.environ):
        return Finding(
            "window", WARN, Message("There is no display."), Message("Use 'avatarify run', which needs none.")
        )
    return Finding("window", OK, Message("the desktop app can open"))


def check_folders() -> Finding:
    """Check that Avatarify's folders are writable and have free space."""
    for folder in (paths.cache(), paths.data(), paths.config()):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            return Finding(
                "folders",
                FAIL,
                Message("Cannot write to {folder}: {reason}.", folder=folder, reason=error.strerror),
                Message("Make it writable, or set AVATARIFY_CACHE, _DATA, and _CONFIG."),
            )
    return _free_space()


def check_model() -> Finding:
    """Check that the built-in model is intact."""
    from avatarify.zoo.registry import find_model

    try:
        find_model("built-in").verify()
    except AvatarifyError as error:
        return Finding("model", FAIL, error.message, error.hint or Message("Reinstall Avatarify."))
    return Finding("model", OK, Message("the built-in model is intact"))


def check_runtime() -> Finding:
    """Check that a runtime opens the built-in model, and which one."""
    from avatarify.engines.choose import choose_runtime
    from avatarify.zoo.registry import find_model

    try:
        chosen = choose_runtime(find_model("built-in"))
        chosen.runtime.close()
    except AvatarifyError as error:
        return Finding("runtime", FAIL, error.message, error.hint or Message("Reinstall Avatarify."))
    return Finding("runtime", OK, Message("{reason} ({device})", reason=chosen.reason, device=chosen.runtime.device))


def local_memory() -> Finding:
    """Check the main memory of this machine."""
    from avatarify.doctor.gpus import check_memory
    from avatarify.runtimes.probe import probe

    return check_memory(probe())


def local_gpu() -> Finding:
    """Check the GPU of this machine."""
    from avatarify.doctor.gpus import check_gpu
    from avatarify.runtimes.probe import probe

    return check_gpu(probe())


def local_tensorrt() -> Finding:
    """Check TensorRT on this machine."""
    from avatarify.doctor.gpus import check_tensorrt
    from avatarify.runtimes.probe import probe

    return check_tensorrt(probe())


def local_camera() -> Finding:
    """Check the cameras of this machine."""
    from avatarify.capture.camera_system import inspect_cameras
    from avatarify.doctor.cameras import check_camera
    from avatarify.quiet import quiet_opencv

    quiet_opencv()
    return check_camera(inspect_cameras())


def local_virtual_camera() -> Finding:
    """Check the virtual cameras of this machine."""
    from avatarify.doctor.virtual_camera import check_virtual_camera
    from avatarify.output.camera_driver import inspect_driver
    from avatarify.output.virtual_devices import list_virtual_cameras

    return check_virtual_camera(inspect_driver(), list_virtual_cameras())


_CHECKS = (
    check_python,
    check_packages,
    check_libraries,
    local_memory,
    check_window,
    check_folders,
    check_model,
    check_runtime,
    local_gpu,
    local_tensorrt,
    local_camera,
    local_virtual_camera,
)


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]


def _installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def _free_space() -> Finding:
    free_mb = shutil.disk_usage(paths.cache()).free // 10**6
    if free_mb < LEAST_FREE_MB:
        return Finding(
            "folders",
            WARN,
            Message("Only {free} MB are free in {folder}.", free=free_mb, folder=paths.cache()),
            Message("Free some disk space."),
        )
    detail = Message("writable, {free} GB free in {folder}", free=free_mb // 1000, folder=paths.cache())
    return Finding("folders", OK, detail)
