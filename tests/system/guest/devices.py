"""What v4l2-ctl and ffmpeg say about a device, and pictures read from it."""

import re
import subprocess
import time
from typing import Any

import numpy as np

SIZE, FPS = (320, 240), 10
SETTLING = 10
RAW = ("-f", "rawvideo", "-pix_fmt", "yuyv422")


def run(*command: object, limit_s: int = 240) -> Any:
    """Run a program; return what it wrote, errors included."""
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit_s
    )
    return done.stdout.decode(errors="replace")


def wait_for(condition: Any, limit_s: int = 300) -> Any:
    """Wait until something holds; seconds it took, or None."""
    began = time.monotonic()
    while time.monotonic() - began < limit_s:
        if condition():
            return round(time.monotonic() - began, 1)
        time.sleep(1)
    return None


def abilities(device: Any) -> Any:
    """Return which of Capture and Output the device announces now."""
    output = run("v4l2-ctl", "-d", device, "-D").partition("Device Caps")[2]
    return sorted(set(re.findall(r"Video (Capture|Output)", output)))


def is_camera(device: Any) -> bool:
    """Say whether programs would take it for a camera."""
    return "Capture" in abilities(device)


def description(device: Any) -> Any:
    """Return name, pixel format, size and nominal rate, as a reader sees them."""
    output = run("v4l2-ctl", "-d", device, "--all")
    pixel = re.search(r"Format Video Capture:.*?Pixel Format\s*: '(\w+)'", output, re.DOTALL)
    size = re.search(r"Format Video Capture:.*?Width/Height\s*: (\d+)/(\d+)", output, re.DOTALL)
    card = re.search(r"Card type\s*: (.*)", output)
    return {
        "name": card and card[1].strip(),
        "format": pixel and pixel[1],
        "size": size and [int(size[1]), int(size[2])],
        "nominal_fps": (re.search(r"Frames per second\s*: ([\d.]+)", output) or [None, None])[1],
    }


def stream(device: Any, count: Any) -> Any:
    """Read a stretch with v4l2-ctl; return the writer's rate by the buffers' numbers and time stamps."""
    output = run("v4l2-ctl", "-d", device, "--stream-mmap=3", f"--stream-count={count}", "--verbose", limit_s=400)
    found = [(int(n), float(at)) for n, at in re.findall(r"seq:\s*(\d+).*?ts: ([\d.]+)", output)]
    found = found[SETTLING:]  # a reader that begins is given what was left in the buffers
    if len(found) < 2:
        return {"buffers": len(found), "output": output[-600:]}
    (first, began), (last, ended) = found[0], found[-1]
    gaps = np.diff([at for _, at in found])
    return {
        "buffers": len(found),
        "fps": round((last - first) / (ended - began), 2),
        "longest_gap_s": round(float(gaps.max()), 2),
        "backwards": int((np.diff([n for n, _ in found]) < 0).sum()),
    }


def pictures(device: Any, count: Any) -> Any:
    """Read pictures with ffmpeg, (n, H, W) uint8 gray."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "v4l2", "-i", device, "-frames:v", str(count)]
    out = subprocess.run([*command, "-f", "rawvideo", "-pix_fmt", "gray", "-"], stdout=subprocess.PIPE, timeout=400)
    return np.frombuffer(out.stdout, np.uint8).reshape(-1, SIZE[1], SIZE[0])


def motion(found: Any) -> Any:
    """Say how much a run of pictures changes: the mean over the picture of each pixel's deviation in time."""
    return round(float(found.astype(np.float32).std(axis=0).mean()), 3) if len(found) else None


def prepare_clips(clip: Any, still: Any, moving: Any) -> None:
    """Decode the clip once, and its first picture with a sensor's noise: what plays all the time must cost nothing."""
    shape = ["-vf", f"fps={FPS},scale=-2:{SIZE[1]},crop={SIZE[0]}:{SIZE[1]}", *RAW]
    run("ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", clip, *shape, moving)
    first = np.fromfile(moving, np.uint8, 2 * SIZE[0] * SIZE[1])
    noise = np.random.default_rng(0).integers(-1, 2, (2 * FPS, len(first)))  # without it, it is a frozen camera
    np.clip(first + noise, 0, 255).astype(np.uint8).tofile(still)


def start_webcam(device: Any, clip: Any) -> Any:
    """Play a prepared clip into a device, round and round, as a webcam would; return the player."""
    from avatarify.output import loopback

    loopback.revive(device)  # ffmpeg leaves the device of v4l2loopback 0.12 as pyvirtualcam does
    shape = [
        "-f",
        "rawvideo",
        "-pixel_format",
        "yuyv422",
        "-video_size",
        f"{SIZE[0]}x{SIZE[1]}",
        "-framerate",
        str(FPS),
    ]
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-re", "-stream_loop", "-1", *shape, "-i", clip]
    return subprocess.Popen([*command, "-c:v", "copy", "-f", "v4l2", device], stderr=open("/mnt/webcam.log", "a"))


def start_app(*options: str, log: str = "app") -> Any:
    """Start ``avatarify run`` from the webcam to the virtual camera; return the process."""
    command = ["run", "--verbose", "--camera", "Webcam", "--portrait", "mona-lisa", "--sink", "virtual"]
    command += ["--keypoints", "mixed"]  # looks for the face in every frame, however long that takes here
    size = ["--size", f"{SIZE[0]}x{SIZE[1]}", "--fps", str(FPS)]
    begin = (
        "import faulthandler, signal; faulthandler.register(signal.SIGUSR1); "  # where it is, should it hang
        "from avatarify.cli.main import main; raise SystemExit(main())"
    )
    with open(f"/mnt/{log}.log", "w") as file:
        return subprocess.Popen(["python3", "-c", begin, *command, *size, *options], stdout=file, stderr=file)
