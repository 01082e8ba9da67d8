"""A driving clip, read once for many portraits: its frames and faces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from avatarify.errors import InputError, UsageError
from avatarify.evaluation.footage import VIDEOS
from avatarify.evaluation.reenactment import read_frames
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import Frame

FIVE = 5


@dataclass(frozen=True)
class Driver:
    """A clip.

    Attributes:
        name: File name without its suffix.
        frames: The frames with a face.
        faces: Their faces.
    """

    name: str
    frames: list[Frame]
    faces: list[Face]


def read_driver(path: Path, stride: int) -> Driver:
    """Read every ``stride``-th frame of a clip and find its face.

    Raises:
        InputError: no frame shows a face.
    """
    frames, faces = [], []
    with FaceLandmarker() as eye:
        for frame in read_frames(path, stride):
            if (face := eye.find(frame)) is not None:
                frames.append(frame)
                faces.append(face)
    if not frames:
        raise InputError("No face was found in {name}.", "Leave it out of the suite.", name=path.name)
    return Driver(path.stem, frames, faces)


def list_clips(suite: Path) -> list[Path]:
    """Return the video files of a suite by name.

    Raises:
        InputError: there are none.
    """
    clips = sorted(file for file in suite.iterdir() if file.suffix.lower() in VIDEOS) if suite.is_dir() else []
    if not clips:
        raise InputError("There are no clips in {suite}.", "Give a folder of video files.", suite=suite)
    return clips


def choose_clips(clips: list[Path], wanted: str) -> list[Path]:
    """Select clips of a suite.

    Args:
        clips: All clips by name.
        wanted: ``five`` (evenly spread over the list), ``all``, or names without suffix, separated by commas.

    Raises:
        UsageError: a name is not in the suite.
    """
    if wanted == "all" or (wanted == "five" and len(clips) <= FIVE):
        return clips
    if wanted == "five":
        return [clips[round(i * (len(clips) - 1) / (FIVE - 1))] for i in range(FIVE)]
    known = {clip.stem: clip for clip in clips}
    names = [name.strip() for name in wanted.split(",")]
    if unknown := [name for name in names if name not in known]:
        raise UsageError(
            "The suite has no clip '{unknown}'.", "It has: {known}.", unknown=unknown[0], known=list(known)
        )
    return [known[name] for name in names]
