"""Clips of one head each, on disk: written by ``dataset render`` and ``dataset prepare``, read by every trainer.

- ``DIR/dataset.json``: ``{"format": 1, "kind": one of ``KINDS``, "size": 256, ...}``
- ``DIR/clips/NAME/0000.jpg ...``: RGB, square, ``size`` pixels
- ``DIR/clips/NAME/clip.json``: ``{"frames": F, "identity": str, ...}``; its presence marks a complete clip
- ``DIR/clips/NAME/truth.npz``: only in rendered clips, see ``Truth``
"""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import InputError
from avatarify.frames import F32, U8

FORMAT = 1
KINDS = ("rendered", "prepared", "arm", "body")
CACHE_BYTES = 4 << 30
HELD_OUT = 0.05
_MAKE = "Create one with 'avatarify dataset render' or 'avatarify dataset prepare'."


@dataclass(frozen=True, slots=True)
class Truth:
    """Ground truth of F rendered frames; frames f and ``f ^ 1`` form a pair.

    Attributes:
        points: (F, 81, 2) float32 key points in [-1, 1], x to the right, y down (see ``motion.layout``).
        depth: (F, 81) float32 depth of the key points.
        flow: (F, 64, 64, 2) float16: position in frame ``f ^ 1``, in [-1, 1], of the surface seen in a cell of frame f.
        visible: (F, 64, 64) uint8: 1 where that surface is visible in the other frame.
        part: (F, 128, 128) uint8: 0 background, 1 body, 2 cloth, 3 eyes, 4 teeth, 5 tongue, 6 brow, 7 hair, 8 lash,
            9 glasses, 10 occluding object.
        uv: (F, 64, 64, 2) float16 texture coordinates.
        expression: (F, 52) float16, names in ``Clips.about["expression"]``.
        camera: (F, 4, 4) float32 map from world to clip space.
        pose: (F, 3) float32 yaw, pitch, roll in degrees.
    """

    points: F32
    depth: F32
    flow: NDArray[np.float16]
    visible: U8
    part: U8
    uv: NDArray[np.float16]
    expression: NDArray[np.float16]
    camera: F32
    pose: F32


@dataclass(frozen=True, slots=True)
class Clip:
    """One complete clip.

    Attributes:
        folder: Its folder; the folder's name is the clip's name.
        frames: Number of frames.
        identity: The person shown; clips of one identity are never split between training and test.
        attributes: The content of its ``clip.json``.
    """

    folder: Path
    frames: int
    identity: str
    attributes: dict[str, Any]

    @property
    def name(self) -> str:
        """The clip's name."""
        return self.folder.name

    def truth(self) -> Truth:
        """Read the ground truth of a rendered clip from disk.

        Raises:
            InputError: the clip has none (it was prepared from a video), or the file is damaged.
        """
        found = self.truth_of(*Truth.__slots__)
        return Truth(**found)

    def truth_of(self, *names: str) -> dict[str, NDArray[Any]]:
        """Read some arrays of the ground truth, by the attribute names of ``Truth``.

        Raises:
            InputError: as ``truth``.
        """
        file = self.folder / "truth.npz"
        if not file.is_file():
            raise InputError(
                "The clip {folder} has no ground truth.", "Use clips of 'avatarify dataset render'.", folder=self.folder
            )
        try:
            with np.load(file) as content:
                return {name: content[name] for name in names}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise InputError(
                "The ground truth {file} cannot be read: {reason}.",
                "Delete {folder}.",
                file=file,
                reason=error,
                folder=self.folder,
            ) from error


class PictureCache:
    """Decoded images in memory, up to a number of bytes; thread-safe.

    Nothing is evicted: training reads images in random order, so no image is worth more than another.
    """

    def __init__(self, limit: int) -> None:
        self._free = limit
        self._kept: dict[Path, U8] = {}
        self._lock = threading.Lock()

    def read(self, file: Path) -> U8:
        """Return an image (H, W, 3) uint8 RGB, read-only, decoding it if needed."""
        kept = self._kept.get(file)
        if kept is not None:
            return kept
        image = _decode(file)
        image.setflags(write=False)
        with self._lock:
            if file not in self._kept and image.nbytes <= self._free:
                self._kept[file] = image
                self._free -= image.nbytes
        return image


@dataclass(frozen=True)
class Clips:
    """The complete clips of a folder, by name.

    Attributes:
        folder: The data set's folder.
        kind: ``rendered`` (heads with ground truth), ``prepared`` (videos), or a drawn figure: ``arm`` or ``body``.
        size: Side of every image, pixels.
        about: The content of ``dataset.json``.
        items: The clips.
        cache: Shared by all parts of a split.
    """

    folder: Path
    kind: str
    size: int
    about: dict[str, Any]
    items: tuple[Clip, ...]
    cache: PictureCache

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Clip]:
        return iter(self.items)

    @property
    def frames(self) -> int:
        """Total number of frames."""
        return sum(clip.frames for clip in self.items)

    @property
    def identities(self) -> list[str]:
        """All identities, sorted."""
        return sorted({clip.identity for clip in self.items})

    def picture(self, clip: Clip, frame: int) -> U8:
        """Return a frame (size, size, 3) uint8 RGB, read-only; thread-safe.

        Raises:
            InputError: the file is missing, damaged or of another size.
        """
        file = clip.folder / f"{frame:04d}.jpg"
        image = self.cache.read(file)
        if image.shape != (self.size, self.size, 3):
            height, width = image.shape[:2]
            raise InputError(
                "{file} is {width}x{height}, not {size}x{size}.",
                "Delete {folder}.",
                file=file,
                width=width,
                height=height,
                size=self.size,
                folder=clip.folder,
            )
        return image

    def split(self, held_out: float = HELD_OUT) -> tuple[Self, Self]:
        """Split by identity into (training, held out).

        Whether an identity is held out depends only on its name, so a growing folder keeps its split. With two
        identities or more neither part is empty; a single identity is in both.

        Args:
            held_out: Expected fraction of the identities to hold out, 0 to 1.
        """
        names = sorted(self.identities, key=_lot)
        if len(names) == 1:
            return self, self
        count = sum(_lot(name) < held_out for name in names)
        test_names = set(names[: min(max(1, count), len(names) - 1)])
        training = tuple(clip for clip in self.items if clip.identity not in test_names)
        test = tuple(clip for clip in self.items if clip.identity in test_names)
        return replace(self, items=training), replace(self, items=test)


def open_clips(folder: Path, cache_bytes: int = CACHE_BYTES) -> Clips:
    """List the complete clips of a data set; images are decoded on demand.

    Args:
        folder: Written by ``dataset render`` or ``dataset prepare``; may be unfinished.
        cache_bytes: Memory for decoded images.

    Raises:
        InputError: the folder is missing, not a data set of this format, damaged, or has no complete clip.
    """
    about = _about(folder)
    found = sorted((folder / "clips").glob("*/clip.json"))
    clips = tuple(_clip(file) for file in found if not file.parent.name.startswith("."))
    if not clips:
        raise InputError("{folder} contains no complete clips.", _MAKE, folder=folder)
    return Clips(folder, about["kind"], about["size"], about, clips, PictureCache(cache_bytes))


def _about(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise InputError("The data folder {folder} does not exist.", _MAKE, folder=folder)
    file = folder / "dataset.json"
    if not file.is_file():
        raise InputError("{folder} is not a data set: it has no dataset.json.", _MAKE, folder=folder)
    about = _json(file)
    if about.get("format") != FORMAT:
        raise InputError(
            "{file} has format {found}, but this version reads format {format}.",
            "Use the version of Avatarify that wrote it.",
            file=file,
            found=about.get("format"),
            format=FORMAT,
        )
    size = about.get("size")
    if about.get("kind") not in KINDS or not isinstance(size, int) or size < 1:
        raise InputError("{file} has no known kind or no size.", _MAKE, file=file)
    return about


def _clip(file: Path) -> Clip:
    about = _json(file)
    frames, identity = about.get("frames"), about.get("identity")
    if not isinstance(frames, int) or frames < 1 or not isinstance(identity, str):
        raise InputError("{file} has no frame count or no identity.", "Delete {parent}.", file=file, parent=file.parent)
    return Clip(file.parent, frames, identity, about)


def _json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "{file} cannot be read: {reason}.", "Recreate the data set.", file=file, reason=error
        ) from error
    if not isinstance(content, dict):
        raise InputError("{file} is not a JSON object.", "Recreate the data set.", file=file)
    return content


def _lot(name: str) -> float:
    """Hash a name to a number from 0 to 1, the same on every machine."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) / 2**64


def _decode(file: Path) -> U8:
    import cv2

    try:
        raw = np.fromfile(file, np.uint8)
    except OSError as error:
        raise InputError(
            "The frame {file} cannot be read: {reason}.",
            "Delete {parent}.",
            file=file,
            reason=error.strerror,
            parent=file.parent,
        ) from error
    image = cv2.imdecode(raw, cv2.IMREAD_COLOR_RGB) if raw.size else None
    if image is None:
        raise InputError(
            "The frame {file} is damaged.", "Delete {parent} and recreate it.", file=file, parent=file.parent
        )
    return np.asarray(image, np.uint8)
