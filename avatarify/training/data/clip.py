"""One clip of a data set, and the ground truth of a rendered one."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import InputError
from avatarify.frames import F32, U8


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
