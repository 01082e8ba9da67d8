"""Makes pictures and videos for tests, and reads videos back."""

from pathlib import Path

import av
import cv2
import numpy as np

from avatarify.frames import U8
from avatarify.images import load_picture
from avatarify.paths import assets


def portraits() -> list[Path]:
    """Return the files of the bundled portraits."""
    found = sorted((assets() / "portraits").glob("*.[jp][pn]g"))
    assert found, "no portraits are bundled"
    return found


def demo_clip() -> Path:
    """Return the bundled driver clip."""
    return assets() / "demo" / "driver.mp4"


def save_picture(file: Path, image: U8) -> Path:
    """Write (H, W, 3) uint8 RGB as a picture."""
    assert cv2.imwrite(str(file), image[..., ::-1])
    return file


def two_portraits(file: Path) -> Path:
    """Write a picture with a large and a small face side by side."""
    folder = assets() / "portraits"
    large, small = (load_picture(folder / f"{name}.jpg") for name in ("amara", "kofi"))
    large, small = cv2.resize(large, (512, 640)), cv2.resize(small, (240, 300))
    canvas = np.full((640, 800, 3), 128, np.uint8)
    canvas[:, :512] = large
    canvas[170:470, 540:780] = small
    return save_picture(file, canvas)


def read_video(file: Path) -> tuple[U8, float]:
    """Return all frames, (N, H, W, 3) uint8 RGB, and the rate."""
    with av.open(str(file)) as container:
        rate = float(container.streams.video[0].average_rate)
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]), rate


def write_video(file: Path, frames: list[U8], fps: int = 25) -> Path:
    """Write (H, W, 3) uint8 RGB frames; the format is the file's suffix."""
    with av.open(str(file), "w") as container:
        stream = container.add_stream("mpeg4", rate=fps)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = *frames[0].shape[1::-1], "yuv420p", 4_000_000
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())
    return file


def demo_frames(count: int, every: int = 1) -> list[U8]:
    """Return frames of the bundled clip, (count, H, W, 3) uint8 RGB."""
    frames = []
    with av.open(str(demo_clip())) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number % every == 0:
                frames.append(frame.to_ndarray(format="rgb24"))
            if len(frames) == count:
                break
    return frames
