"""What ``avatarify doctor`` looks at: one function a question, each answers with findings."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata

from avatarify import paths
from avatarify.doctor.finding import FAIL, OK, WARN, Finding
from avatarify.doctor.qt_libraries import has_screen, install_command, missing_for_window
from avatarify.errors import AvatarifyError

LEAST_FREE_MB = 500


def all_findings() -> Iterator[Finding]:
    """Look at everything, cheap things first."""
    for check in (_python, _packages, _memory, _window, _folders, _model, _runtime, *_GPU, _camera, _virtual_camera):
        yield check()


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("Python", OK, version)
    return Finding("Python", WARN, f"{version} is not tested.", "Use Python 3.11, 3.12 or 3.13.")


def _packages() -> Finding:
    wanted = [_name(line) for line in metadata.requires("avatarify") or [] if "extra ==" not in line]
    missing = [name for name in wanted if not _installed(name)]
    if missing:
        return Finding("packages", FAIL, f"Missing: {', '.join(missing)}.", f"Run: pip install {' '.join(missing)}")
    return Finding("packages", OK, f"all {len(wanted)} are installed")


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]


def _installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def _window() -> Finding:
    missing = missing_for_window(os.environ)
    if missing:
        return Finding("window", WARN, f"Qt lacks system libraries: {', '.join(missing)}.", install_command(missing))
    if not has_screen(os.environ):
        return Finding("window", WARN, "There is no screen.", "Use 'avatarify run', which needs none.")
    return Finding("window", OK, "the desktop app can open")


def _folders() -> Finding:
    for folder in (paths.cache(), paths.data(), paths.config()):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            what = f"{folder} cannot be written: {error.strerror}."
            return Finding("folders", FAIL, what, "Make it writable, or set AVATARIFY_CACHE, _DATA and _CONFIG.")
    free_mb = shutil.disk_usage(paths.cache()).free // 10**6
    if free_mb < LEAST_FREE_MB:
        return Finding("folders", WARN, f"Only {free_mb} MB are free in {paths.cache()}.", "Free some space.")
    return Finding("folders", OK, f"writable, {free_mb // 1000} GB free in {paths.cache()}")


def _model() -> Finding:
    from avatarify.zoo.registry import find_model

    try:
        entry = find_model("built-in")
        entry.verify()
    except AvatarifyError as error:
        return Finding("model", FAIL, str(error.message), str(error.hint) or "Install avatarify again.")
    return Finding("model", OK, "the built-in model is whole")


def _runtime() -> Finding:
    from avatarify.engines.choose import choose_runtime
    from avatarify.zoo.registry import find_model

    try:
        chosen = choose_runtime(find_model("built-in"))
        chosen.runtime.close()
    except AvatarifyError as error:
        return Finding("runtime", FAIL, str(error.message), str(error.hint) or "Install avatarify again.")
    return Finding("runtime", OK, f"{chosen.reason} ({chosen.runtime.device})")


def _graphics_card() -> Finding:
    from avatarify.doctor.gpus import judge_gpu
    from avatarify.runtimes.probe import probe

    return judge_gpu(probe())


def _tensorrt() -> Finding:
    from avatarify.doctor.gpus import judge_tensorrt
    from avatarify.runtimes.probe import probe

    return judge_tensorrt(probe())


def _memory() -> Finding:
    from avatarify.doctor.gpus import judge_memory
    from avatarify.runtimes.probe import probe

    return judge_memory(probe())


def _camera() -> Finding:
    from avatarify.capture.camera_system import inspect_cameras
    from avatarify.capture.devices import quiet_opencv
    from avatarify.doctor.cameras import judge_cameras

    quiet_opencv()
    return judge_cameras(inspect_cameras())


def _virtual_camera() -> Finding:
    from avatarify.output.camera_driver import inspect_driver
    from avatarify.output.remedies import judge
    from avatarify.output.virtual_devices import list_virtual_cameras

    verdict = judge(inspect_driver())
    if verdict.there:
        return Finding("virtual camera", WARN if verdict.remedy else OK, verdict.detail, verdict.remedy)
    found = [str(camera) for camera in list_virtual_cameras()]
    if found:  # one of another make
        return Finding("virtual camera", OK, ", ".join(found))
    return Finding("virtual camera", FAIL, verdict.detail, verdict.remedy)


_GPU = (_graphics_card, _tensorrt)
