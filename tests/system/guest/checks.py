"""Runs in the guest: a webcam, the app, the programs that read from it. Writes what it finds; judges nothing."""

import json
import os
import re
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from helpers.values import not_none

sys.path.insert(0, str(Path(__file__).parent))

import browser
from devices import (
    SIZE,
    abilities,
    description,
    is_camera,
    motion,
    pictures,
    prepare_clips,
    run,
    start_app,
    start_webcam,
    stream,
    wait_for,
)  # fmt: skip

START_LIMIT_S = 900
CLOSE = 8.0  # gray levels, after the way through the device's format
WEBCAM, CAMERA = "/dev/video10", "/dev/video11"
CLIP = "/tmp/assets/demo/driver.mp4"
STILL, MOVING = "/tmp/still.yuv", "/tmp/moving.yuv"
found: dict[Any, Any] = {}


class Scene:
    """The processes that run now."""

    webcam = None
    app = None

    def play(self, clip: Any) -> Any:
        self.webcam = start_webcam(WEBCAM, clip)
        return wait_for(lambda: is_camera(WEBCAM))

    def unplug(self) -> None:
        not_none(self.webcam).terminate()
        not_none(self.webcam).wait()

    def start(self, *options: str, log: str = "app") -> Any:
        began = time.monotonic()
        self.app = start_app(*options, log=log)
        up = wait_for(lambda: is_camera(CAMERA) or self.app.poll() is not None, START_LIMIT_S)
        if up is None:
            self.app.send_signal(signal.SIGUSR1)  # its log shows where it is
        return {"seconds": up, "alive": self.app.poll() is None, "since": round(time.monotonic() - began, 1)}

    def stop(self, how: Any = signal.SIGTERM) -> Any:
        not_none(self.app).send_signal(how)
        began = time.monotonic()
        return {"code": not_none(self.app).wait(120), "seconds": round(time.monotonic() - began, 1)}


def set_up(scene: Any) -> Any:
    """The user's own command: module, options, what is kept for the next start."""
    done = run("python3", "-m", "avatarify", "setup-camera", "--apply", "--yes")
    kept = {str(path): path.read_text() for path in map(Path, KEPT) if path.exists()}
    state = {"output": done, "kept": kept, "devices": run("v4l2-ctl", "--list-devices")}
    undone = run("python3", "-m", "avatarify", "setup-camera", "--undo", "--apply", "--yes")
    return {**state, "undone": undone, "left": [path for path in KEPT if Path(path).exists()], "modules": modules()}


KEPT = ("/etc/modprobe.d/avatarify.conf", "/etc/modules-load.d/avatarify.conf")


def modules() -> bool:
    return "v4l2loopback" in Path("/proc/modules").read_text()


def load(scene: Any) -> Any:
    """Two devices: one for the clip, one for the app."""
    run("modprobe", "-r", "v4l2loopback")
    options = "devices=2 video_nr=10,11 card_label=Webcam,Avatarify exclusive_caps=1,1 max_buffers=4"
    output = run("modprobe", "v4l2loopback", *options.split())
    version = re.search(r"v4l2loopback driver version (\S+)", run("dmesg"))
    return {"output": output, "version": version and version[1], "abilities": abilities(CAMERA)}


def still_webcam(scene: Any) -> Any:
    """A webcam before which nothing moves: one picture of the clip."""
    prepare_clips(CLIP, STILL, MOVING)
    return {"seconds": scene.play(STILL), "abilities": abilities(WEBCAM)}


def first_run(scene: Any) -> Any:
    """The first start on a new machine: the model is compiled for its processor, which is kept for later tests."""
    began = scene.start("--report", "/mnt/report.json")
    shutil.copytree("/tmp/cache", "/mnt/cache", dirs_exist_ok=True)
    return began


def described(scene: Any) -> Any:
    formats = run("v4l2-ctl", "-d", CAMERA, "--list-formats-ext")
    return {**description(CAMERA), "abilities": abilities(CAMERA), "formats": formats}


def devices_listed(scene: Any) -> Any:
    output = run("python3", "-m", "avatarify", "devices", "--json")
    return json.loads(output[output.index("{") :])


def still(scene: Any) -> Any:
    time.sleep(20)  # the neutral face is being found
    seen = pictures(CAMERA, 30)
    save(seen[-1], "still")
    return {"pictures": len(seen), "motion": motion(seen), "slate": off_slate(seen) < CLOSE}


def off_slate(seen: Any) -> Any:
    """Return how far the last picture is from the slate, in gray levels."""
    from avatarify.compose.slate import slate
    from avatarify.frames import Size

    return float(abs(seen[-1] - slate(Size(*SIZE)).mean(axis=2)).mean()) if len(seen) else 255.0


def unplugged(scene: Any) -> Any:
    """The webcam stops: the slate."""
    scene.unplug()
    took = wait_for(lambda: off_slate(pictures(CAMERA, 3)) < CLOSE, 200)
    seen = pictures(CAMERA, 20)
    save(seen[-1], "slate")
    return {
        "seconds": took,
        "difference": round(off_slate(seen), 2),
        "motion": motion(seen),
        "rate": stream(CAMERA, 30),
    }


def moving(scene: Any) -> Any:
    """The webcam is back, and its picture moves."""
    played = scene.play(MOVING)
    best = {"motion": 0.0}
    for _ in range(12):
        seen = pictures(CAMERA, 40)
        best = max(best, {"motion": motion(seen), "pictures": len(seen)}, key=lambda one: one["motion"])
        if best["motion"] > 1.0:
            break
    save(seen[-1], "moving")
    return {"webcam_s": played, **best}


def rate(scene: Any) -> Any:
    return stream(CAMERA, 60)


def chromium(scene: Any) -> Any:
    os.chmod(WEBCAM, 0o600)  # a second reader would take the webcam's pictures from the app
    os.chmod(CAMERA, 0o666)
    return browser.look("Avatarify", scene.app.pid)


def stopped(scene: Any) -> Any:
    ended = scene.stop()
    return {**ended, "abilities": abilities(CAMERA)}


def second_run(scene: Any) -> Any:
    began = scene.start(log="app-2")
    seen = pictures(CAMERA, 10) if began["alive"] else []
    return {**began, "pictures": len(seen), **description(CAMERA)}


def killed(scene: Any) -> Any:
    """The app is killed: nobody gives the device back."""
    return {**scene.stop(signal.SIGKILL), "abilities": abilities(CAMERA)}


def third_run(scene: Any) -> Any:
    began = scene.start(log="app-3")
    seen = pictures(CAMERA, 10) if began["alive"] else []
    ended = scene.stop(signal.SIGINT)
    scene.unplug()
    return {**began, "pictures": len(seen), "ended": ended}


STEPS = (
    set_up, load, still_webcam, first_run, described, devices_listed, still, unplugged, moving, rate, chromium, stopped,
    second_run, killed, third_run,
)  # fmt: skip


def save(picture: Any, name: Any) -> None:
    import cv2

    cv2.imwrite(f"/mnt/{name}.png", picture)


def main() -> None:
    wanted = os.environ.get("STEPS") or (Path("/mnt/steps").read_text() if Path("/mnt/steps").exists() else "")
    scene = Scene()
    for step in STEPS:
        name = step.__name__
        if wanted and name not in wanted.split():
            continue
        began = time.monotonic()
        print(f"{name} begins at {began:.0f} s", flush=True)
        try:
            found[name] = step(scene)
        except Exception:
            found[name] = {"error": traceback.format_exc()}
        found[name]["took_s"] = round(time.monotonic() - began, 1)
        print(name, json.dumps(found[name])[:3000], flush=True)
        Path("/mnt/found.json").write_text(json.dumps(found, indent=1))


main()
