"""Data sets in the common format, drawn here: a bright disc on a colored ground, moving from frame to frame."""

import json
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np


def write_clips(
    folder: Path,
    clips: int = 4,
    frames: int = 4,
    size: int = 64,
    kind: str = "rendered",
    people: Mapping[int, str] | None = None,
) -> Path:
    """Write ``clips`` clips; ``people`` names their identities (by default one each)."""
    (folder / "clips").mkdir(parents=True)
    about = {"format": 1, "kind": kind, "size": size, "expression": [f"unit{i}" for i in range(52)]}
    (folder / "dataset.json").write_text(json.dumps(about))
    for number in range(clips):
        write_clip(folder / "clips" / f"{number:06d}", number, frames, size, (people or {}).get(number, f"id{number}"))
        if kind == "rendered":
            write_truth(folder / "clips" / f"{number:06d}", frames)
    return folder


def write_clip(clip: Path, number: int, frames: int, size: int, identity: str) -> None:
    """Write the pictures of a clip, then its ``clip.json``."""
    clip.mkdir()
    rng = np.random.default_rng(number)
    ground, color = rng.integers(20, 120, 3).tolist(), rng.integers(140, 255, 3).tolist()
    x, y = rng.uniform(0.35, 0.65, 2)
    for frame in range(frames):
        image = np.full((size, size, 3), ground, np.uint8)
        angle = 2 * np.pi * frame / frames
        center = (size * (x + 0.15 * np.cos(angle)), size * (y + 0.15 * np.sin(angle)))
        cv2.circle(image, tuple(round(c) for c in center), size // 5, color, -1, cv2.LINE_AA)
        cv2.circle(image, tuple(round(c) for c in center), size // 12, ground, -1, cv2.LINE_AA)
        cv2.imwrite(str(clip / f"{frame:04d}.jpg"), image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])
    (clip / "clip.json").write_text(json.dumps({"frames": frames, "identity": identity, "seed": number}))


def write_truth(clip: Path, frames: int) -> None:
    """Write ground truth of the right shapes; ``pose`` says which frame a row belongs to."""
    numbers = np.arange(frames, dtype=np.float32)
    np.savez_compressed(
        clip / "truth.npz",
        points=np.zeros((frames, 81, 2), np.float32),
        depth=np.zeros((frames, 81), np.float32),
        flow=np.zeros((frames, 64, 64, 2), np.float16),
        visible=np.ones((frames, 64, 64), np.uint8),
        part=np.ones((frames, 128, 128), np.uint8),
        uv=np.zeros((frames, 64, 64, 2), np.float16),
        expression=np.zeros((frames, 52), np.float16),
        camera=np.zeros((frames, 4, 4), np.float32),
        pose=np.stack([numbers, numbers * 2, numbers * 3], 1),
    )
