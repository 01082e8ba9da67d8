"""What ``dataset prepare`` is asked to do, and what is known about each video."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from avatarify.files import write_atomic


@dataclass(frozen=True, slots=True)
class PrepareJob:
    """What to prepare.

    Attributes:
        videos: Folder to search, with its subfolders.
        out: The data set's folder.
        size: Side of an image, pixels.
        min_frames: Shorter tracks are skipped.
        max_frames: Longer tracks are cut.
        min_side: Tracks whose crop is smaller than this, in pixels of the video, are skipped.
        crop: ``head`` tracks heads; ``whole`` takes the center of every frame (bodies, robots, animals).
        table: Clips and boxes as published with a data set (see ``stretches.Row``), instead of either.
    """

    videos: Path
    out: Path
    size: int = 256
    min_frames: int = 64
    max_frames: int = 1024
    min_side: int = 256
    crop: str = "head"
    table: Path | None = None

    @property
    def way(self) -> str:
        """How crops were chosen, for ``dataset.json``."""
        return self.crop if self.table is None else f"table {self.table.name}"


@dataclass(frozen=True, slots=True)
class VideoResult:
    """The result for one video.

    Attributes:
        video: Path relative to the folder of videos.
        clips: Number of clips written.
        frames: Number of frames in them.
        short: Tracks skipped because they are too short.
        small: Tracks skipped because the head is too small.
        problem: Why no clip could be made; empty if one was.
    """

    video: str
    clips: int = 0
    frames: int = 0
    short: int = 0
    small: int = 0
    problem: str = ""


def note_of(job: PrepareJob, video: Path) -> Path:
    """Return the file that marks this version of the video as done."""
    facts = video.stat()
    key = f"{video.relative_to(job.videos)} {facts.st_size} {facts.st_mtime_ns}"
    return job.out / "videos" / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"


def known_result(job: PrepareJob, video: Path) -> VideoResult | None:
    """Return the result of a video that was prepared earlier; None if it must be prepared again."""
    try:
        return VideoResult(**json.loads(note_of(job, video).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def remember(job: PrepareJob, video: Path, result: VideoResult) -> None:
    """Mark a video as done.

    Raises:
        OSError: the folder cannot be written.
    """
    write_atomic(note_of(job, video), json.dumps(asdict(result)).encode())
