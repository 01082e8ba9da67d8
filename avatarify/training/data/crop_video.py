"""Crop one video of a talking head into clips.

Like VoxCeleb in the paper: the head is tracked until it is too far from where it was first seen; the track is cropped
to the smallest square that contains all boxes of the head, and resized; tracks that are too short or too small are
skipped.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from avatarify.children import WorkerProcess
from avatarify.errors import AvatarifyError, InputError
from avatarify.face.face import Face
from avatarify.files import atomic_folder
from avatarify.frames import U8, Frame, Size
from avatarify.partial import remove_partial
from avatarify.training.data.prepare_job import PrepareJob, VideoResult, remember
from avatarify.training.data.stretches import Stretch, read_table, shortened, whole
from avatarify.training.data.tracks import Box, Sight, fixed_crop, split

_HEAD_SHARE = 0.5  # brow to chin, of the head box: with motion and margin this is as wide as portraits at run time
_CUT = 30.0  # mean difference of gray thumbnails, of 255, that counts as a scene change
_QUALITY = 95


def identity_of(video: Path, root: Path) -> str:
    """Return the person shown: the first folder below the root, else the file name up to a ``#``."""
    parts = video.relative_to(root).parts
    return parts[0] if len(parts) > 1 else video.stem.split("#")[0]


def prepare_video(job: PrepareJob, video: Path) -> VideoResult:
    """Write the clips of one video, and mark it as done.

    Raises:
        AvatarifyError: the data set's folder cannot be written.
    """
    try:
        result = _cropped(job, video)
        remember(job, video, result)
    except OSError as error:
        raise AvatarifyError(
            "{out} cannot be written: {reason}.", "Free some space.", out=job.out, reason=error
        ) from error
    return result


def _cropped(job: PrepareJob, video: Path) -> VideoResult:
    name = str(video.relative_to(job.videos))
    try:
        found = list(_stretches(job, video))
    except InputError as error:
        return VideoResult(name, problem=str(error.message))
    if not found:
        problem = "No face was found." if job.table is None else "The table lists no clip of it."
        return VideoResult(name, problem=problem)
    long = [stretch for stretch in found if stretch.frames >= job.min_frames]
    fine = [stretch for stretch in long if stretch.crop.size >= job.min_side]
    written = _write(job, video, fine)
    return VideoResult(name, len(fine), written, len(found) - len(long), len(long) - len(fine))


def _stretches(job: PrepareJob, video: Path) -> Iterator[Stretch]:
    """Yield the clips to write."""
    fps, picture = _facts_of(video)
    if job.table is not None:
        rows = read_table(job.table).get(video.stem, [])
        yield from shortened((row.stretch(fps, picture) for row in rows), job.max_frames)
    elif job.crop == "whole":
        yield from whole(_cuts(video), job.max_frames, picture)
    else:
        for track in split(_sights(video), job.max_frames):
            yield Stretch(track.first, len(track.boxes), fixed_crop(track, picture))


def _cuts(video: Path) -> Iterator[bool]:
    """Yield for each frame whether a new scene starts there."""
    last: U8 | None = None
    for frame in _frames(video):
        small = _thumbnail(frame.image)
        yield last is not None and float(np.abs(small.astype(np.float32) - last).mean()) > _CUT
        last = small


def _sights(video: Path) -> Iterator[Sight]:
    from avatarify.face.landmarker import FaceLandmarker

    last: U8 | None = None
    with FaceLandmarker("video", expression=False) as finder:
        for frame in _frames(video):
            small = _thumbnail(frame.image)
            cut = last is not None and float(np.abs(small.astype(np.float32) - last).mean()) > _CUT
            face, last = finder.find(frame), small
            yield Sight(None if face is None else _head(face), cut)


def _head(face: Face) -> Box:
    x, y = face.center
    half, middle = face.height / _HEAD_SHARE / 2, float(y) - 0.05 * face.height
    return Box(float(x) - half, middle - half, float(x) + half, middle + half)


def _write(job: PrepareJob, video: Path, stretches: list[Stretch]) -> int:
    """Read the video again and write its clips one by one; return the number of frames written."""
    frames, reached, written = _frames(video), 0, 0
    for stretch in stretches:
        if stretch.first < reached:  # tables may list overlapping clips
            frames = _frames(video)
        reached = stretch.first + stretch.frames
        written += _write_clip(job, video, stretch, _clip_frames(frames, stretch))
    return written


def _clip_frames(frames: Iterator[Frame], stretch: Stretch) -> Iterator[Frame]:
    """Yield the frames of a clip; fewer if the user's copy of a video is shorter than the table says."""
    last = stretch.first + stretch.frames - 1
    for frame in frames:
        if frame.index >= stretch.first:
            yield frame
        if frame.index == last:
            return


def _write_clip(job: PrepareJob, video: Path, stretch: Stretch, frames: Iterator[Frame]) -> int:
    """Write a clip, which appears complete or not at all; return its number of frames."""
    first, folder = next(frames, None), job.out / "clips" / clip_name(video, job.videos, stretch.first)
    if first is None:
        return 0
    remove_partial(folder)
    with atomic_folder(folder) as part:
        count = 0
        for frame in itertools.chain([first], frames):
            count += 1
            _save(part / f"{frame.index - stretch.first:04d}.jpg", stretch.crop.cut(frame.image, job.size))
        (part / "clip.json").write_text(json.dumps(_about_clip(job, video, stretch, count)), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
    return count


def _about_clip(job: PrepareJob, video: Path, stretch: Stretch, count: int) -> dict[str, object]:
    crop = stretch.crop
    return {
        "frames": count,
        "identity": stretch.identity or identity_of(video, job.videos),
        "video": str(video.relative_to(job.videos)),
        "first_frame": stretch.first,
        "crop": [round(crop.x, 2), round(crop.y, 2), round(crop.size, 2)],
    }


def clip_name(video: Path, root: Path, first: int) -> str:
    """Return the name of a clip: the video's name, made safe and unique, and the first frame."""
    inside = str(video.relative_to(root))
    safe = re.sub(r"[^A-Za-z0-9-]+", "_", video.stem)[:40]
    return f"{safe}-{hashlib.sha256(inside.encode()).hexdigest()[:8]}-{first:06d}"


def _frames(video: Path) -> Iterator[Frame]:
    from avatarify.capture.media import VideoFile

    with VideoFile(video) as source:
        while (frame := source.read()) is not None and not WorkerProcess.stop.is_set():
            yield frame
    if WorkerProcess.stop.is_set():
        raise AvatarifyError("Preparation was stopped.")


def _facts_of(video: Path) -> tuple[float, Size]:
    """Return the frame rate and frame size of a video."""
    from avatarify.capture.media import VideoFile

    with VideoFile(video) as source:
        return source.fps, source.size


def _thumbnail(image: U8) -> U8:
    import cv2

    small = cv2.resize(image, (32, 18), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))


def _save(file: Path, image: U8) -> None:
    import cv2

    if not cv2.imwrite(str(file), image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]):
        raise OSError(f"{file} was not written")
