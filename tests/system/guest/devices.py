"""What v4l2-ctl and ffmpeg say about a device, and pictures read from it."""

import os
import re
import subprocess
import time

import numpy as np

SIZE, FPS = (320, 240), 10
RAW = ("-f", "rawvideo", "-pix_fmt", "yuyv422")


def run(*command, limit_s=240):
    """Run a program; return what it wrote, errors included."""
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit_s
    )
    return done.stdout.decode(errors="replace")


def wait_for(condition, limit_s=300):
    """Wait until something holds; seconds it took, or None."""
    began = time.monotonic()
    while time.monotonic() - began < limit_s:
        if condition():
            return round(time.monotonic() - began, 1)
        time.sleep(1)
    return None


def abilities(device):
    """Return which of Capture and Output the device announces now."""
    told = run("v4l2-ctl", "-d", device, "-D").partition("Device Caps")[2]
    return sorted(set(re.findall(r"Video (Capture|Output)", told)))


def is_camera(device):
    """Say whether programs would take it for a camera."""
    return "Capture" in abilities(device)


def description(device):
    """Return name, pixel format, size and nominal rate, as a reader is told."""
    told = run("v4l2-ctl", "-d", device, "--all")
    pixel = re.search(r"Format Video Capture:.*?Pixel Format\s*: '(\w+)'", told, re.DOTALL)
    size = re.search(r"Format Video Capture:.*?Width/Height\s*: (\d+)/(\d+)", told, re.DOTALL)
    card = re.search(r"Card type\s*: (.*)", told)
    return {
        "name": card and card[1].strip(),
        "format": pixel and pixel[1],
        "size": size and [int(size[1]), int(size[2])],
        "nominal_fps": (re.search(r"Frames per second\s*: ([\d.]+)", told) or [None, None])[1],
    }


def stream(device, count=40):
    """Read a stretch with v4l2-ctl; return the writer's rate by the buffers' numbers and time stamps."""
    told = run("v4l2-ctl", "-d", device, "--stream-mmap=3", f"--stream-count={count}", "--verbose", limit_s=400)
    found = [(int(n), float(at)) for n, at in re.findall(r"seq:\s*(\d+).*?ts: ([\d.]+)", told)]
    if len(found) < 2:
        return {"buffers": len(found), "told": told[-600:]}
    (first, began), (last, ended) = found[0], found[-1]
    gaps = np.diff([at for _, at in found])
    return {
        "buffers": len(found),
        "fps": round((last - first) / (ended - began), 2),
        "longest_gap_s": round(float(gaps.max()), 2),
        "backwards": int((np.diff([n for n, _ in found]) < 0).sum()),
    }


def pictures(device, count):
    """Read pictures with ffmpeg, (n, H, W) uint8 grey."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "v4l2", "-i", device, "-frames:v", str(count)]
    out = subprocess.run([*command, "-f", "rawvideo", "-pix_fmt", "gray", "-"], stdout=subprocess.PIPE, timeout=400)
    return np.frombuffer(out.stdout, np.uint8).reshape(-1, SIZE[1], SIZE[0])


def motion(found):
    """Say how much a run of pictures changes: the mean over the picture of each pixel's deviation in time."""
    return round(float(found.astype(np.float32).std(axis=0).mean()), 3) if len(found) else None


def prepare_clips(clip, still, moving):
    """Decode the clip once, and its first picture: what plays all the time must cost next to nothing here."""
    shape = ["-vf", f"fps={FPS},scale=-2:{SIZE[1]},crop={SIZE[0]}:{SIZE[1]}", *RAW]
    run("ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", clip, *shape, moving)
    with open(moving, "rb") as whole, open(still, "wb") as first:
        first.write(whole.read(2 * SIZE[0] * SIZE[1]))


def start_webcam(device, clip):
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


def start_app(*options, log="app"):
    """Start ``avatarify run`` from the webcam to the virtual camera; return the process."""
    command = [
        "python3",
        "-m",
        "avatarify",
        "run",
        "--camera",
        "Webcam",
        "--portrait",
        "mona-lisa",
        "--sink",
        "virtual",
    ]
    size = f"{SIZE[0]}x{SIZE[1]}"
    log_file = open(f"/mnt/{log}.log", "w")
    return subprocess.Popen(
        [*command, "--size", size, "--fps", str(FPS), *options],
        stdout=log_file,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONFAULTHANDLER": "1"},
    )
