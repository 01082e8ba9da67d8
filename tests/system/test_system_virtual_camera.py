"""A webcam, the app, and programs that read the virtual camera, in a Debian guest with a real kernel module."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from system import vm_boot, vm_image
from system.conftest import FINDINGS

SIZE, FPS = [320, 240], 10
GUEST_LIMIT_S = 1800
PREPARE = ("run", "--camera", "demo", "--portrait", "mona-lisa", "--sink", "null", "--frames", "1")

pytestmark = pytest.mark.timeout(3 * GUEST_LIMIT_S)


@pytest.fixture(scope="session")
def found(pytestconfig: pytest.Config) -> Any:
    """What the guest found, by step; AVATARIFY_SYSTEM_FOUND names a folder of findings to judge again."""
    kept = os.environ.get("AVATARIFY_SYSTEM_FOUND")
    results = Path(kept) if kept else _run_guest()
    pytestconfig.stash[FINDINGS] = results
    return json.loads((results / "found.json").read_text())


def _run_guest() -> Any:
    missing = vm_image.what_is_missing()
    if missing:
        pytest.skip(f"The system test needs QEMU and Debian's tools: {missing}.")
    folder = vm_image.cache_folder()
    image = vm_image.build(folder)
    results = folder / "results"
    shutil.rmtree(results, ignore_errors=True)
    _fill_cache(results / "cache", folder)
    began = time.monotonic()
    vm_boot.boot(image, results, GUEST_LIMIT_S)
    (results / "seconds").write_text(f"{time.monotonic() - began:.0f}\n")
    shutil.copytree(results / "cache/engines", folder / "engines", dirs_exist_ok=True)
    return results


def _fill_cache(cache: Any, folder: Any) -> None:
    """Make the graphs, for which the guest lacks torch, on this side; what it compiled of them before is its own."""
    environment = {**os.environ, "AVATARIFY_CACHE": str(folder / "host-cache")}
    subprocess.run([sys.executable, "-m", "avatarify", *PREPARE], check=True, env=environment, timeout=300)
    for name in ("onnx", "portraits"):
        shutil.copytree(folder / "host-cache" / name, cache / name)
    if (folder / "engines").exists():
        shutil.copytree(folder / "engines", cache / "engines")


def step(found: Any, name: Any) -> Any:
    """Return what a step found; fail with its traceback."""
    assert name in found, f"the guest did not come to {name}"
    assert "error" not in found[name], found[name]["error"]
    return found[name]


def test_setup_camera_loads_a_device_keeps_it_and_removes_it(found: Any) -> None:
    done = step(found, "set_up")
    assert "Avatarify (platform:v4l2loopback" in done["devices"]
    assert "exclusive_caps=1" in done["kept"]["/etc/modprobe.d/avatarify.conf"]
    assert done["kept"]["/etc/modules-load.d/avatarify.conf"] == "v4l2loopback\n"
    assert (done["left"], done["modules"]) == ([], False)


def test_there_is_no_camera_before_the_app_sends(found: Any) -> None:
    assert step(found, "load")["abilities"] == ["Output"]


def test_programs_see_name_format_and_size(found: Any) -> None:
    assert step(found, "first_run")["alive"]
    report = step(found, "described")
    assert (report["name"], report["format"], report["size"]) == ("Avatarify", "YU12", SIZE)
    assert report["abilities"] == ["Capture"]


def test_the_app_lists_the_devices_by_name(found: Any) -> None:
    report = step(found, "devices_listed")
    assert "Webcam" in [camera["name"] for camera in report["cameras"]]
    assert any(name.startswith("Avatarify") for name in report["virtual_cameras"])


def test_the_rate_is_the_one_that_was_asked_for(found: Any) -> None:
    report = step(found, "rate")
    assert report["buffers"] == 50
    assert report["backwards"] == 0
    assert 0.7 * FPS <= report["fps"] <= 1.05 * FPS  # an emulated processor may miss some beats


def test_the_picture_follows_the_driver(found: Any) -> None:
    still, moving = step(found, "still"), step(found, "moving")
    assert still["pictures"] == 30
    assert not still["slate"]
    assert moving["motion"] > max(0.5, 3 * still["motion"])


def test_without_the_webcam_the_slate_is_shown_at_the_same_rate(found: Any) -> None:
    report = step(found, "unplugged")
    assert report["seconds"] is not None
    assert report["difference"] < 8
    assert report["motion"] < 1.0
    assert report["rate"]["fps"] >= 0.7 * FPS


def test_a_browser_opens_it_as_a_camera(found: Any) -> None:
    report = step(found, "chromium")
    assert "error" not in report, report["error"]
    seen = report["result"]
    assert seen["label"].startswith("Avatarify")
    assert seen["size"] == SIZE
    assert max(seen["changes"]) > 0.5


def test_a_stopped_app_gives_the_device_back(found: Any) -> None:
    done = step(found, "stopped")
    assert done["code"] == 143
    assert done["seconds"] < 60
    assert done["abilities"] == ["Output"]


@pytest.mark.parametrize("name", ["second_run", "third_run"])
def test_it_runs_again_after_a_clean_end_and_after_a_kill(found: Any, name: Any) -> None:
    again = step(found, name)
    assert again["alive"]
    assert again["pictures"] == 10
