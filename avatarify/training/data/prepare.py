"""Crop videos of talking heads into clips of the common format (see ``clips``), in several processes.

Like VoxCeleb in the paper: the head is tracked until it is too far from where it was first seen; the track is cropped
to the smallest square that contains all boxes of the head, and resized; tracks that are too short or too small are
skipped.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import multiprocessing
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from avatarify.errors import AvatarifyError, InputError, UsageError
from avatarify.face.face import Face
from avatarify.files import atomic_folder, remove_partial, write_atomic
from avatarify.frames import U8, Frame, Size
from avatarify.training.data.clips import FORMAT
from avatarify.training.data.stretches import Stretch, read_table, shortened, whole
from avatarify.training.data.tracks import Box, Sight, fixed_crop, split

SUFFIXES = (".mp4", ".mov", ".mkv", ".avi", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv", ".gif")
_HEAD_SHARE = 0.5  # brow to chin, of the head box: with motion and margin this is as wide as portraits at run time
_CUT = 30.0  # mean difference of gray thumbnails, of 255, that counts as a scene change
_QUALITY = 95


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


Show = Callable[[int, int, VideoResult], None]


def prepare(job: PrepareJob, workers: int, show: Show) -> dict[str, object]:
    """Prepare every video that is not prepared yet.

    Args:
        job: What to prepare.
        workers: Number of processes.
        show: Called after each video with (videos done, total, result).

    Returns:
        The report: ``out``, ``videos``, ``prepared`` (in this call), ``clips``, ``frames``, ``short``, ``small``,
        ``seconds``, ``frames_per_second`` and ``warnings``.

    Raises:
        InputError: there are no videos, none yields a clip, or the folder contains other data or cannot be written.
        UsageError: the folder was started with other settings.
    """
    videos = find_videos(job.videos)
    if job.table is not None:
        known = read_table(job.table)
        videos = [video for video in videos if video.stem in known]
        if not videos:
            raise InputError(
                "None of the videos in {videos} is listed in {table}.",
                "Name the video files after their video_id.",
                videos=job.videos,
                table=job.table,
            )
    _begin(job)
    began = time.monotonic()
    before = {video: result for video in videos if (result := _known(job, video)) is not None}
    todo = [video for video in videos if video not in before]
    made = list(_crew(job, todo, min(workers, max(1, len(todo))), show, len(before)))
    results, seconds = [*before.values(), *made], time.monotonic() - began
    problems = [f"{result.video}: {result.problem}" for result in results if result.problem]
    clips = sum(result.clips for result in results)
    if not clips:
        first = problems[0] if problems else "all stretches are too short or their squares too small."
        raise InputError(
            "No clip could be made from {videos}: {first}",
            "Try a lower --min-frames or --min-side.",
            videos=job.videos,
            first=first,
        )
    return {
        "out": str(job.out),
        "videos": len(videos),
        "prepared": len(made),
        "clips": clips,
        "frames": sum(result.frames for result in results),
        "short": sum(result.short for result in results),
        "small": sum(result.small for result in results),
        "seconds": round(seconds, 2),
        "frames_per_second": round(sum(result.frames for result in made) / seconds, 2),
        "warnings": problems,
    }


def find_videos(folder: Path) -> list[Path]:
    """Return all videos in a folder and its subfolders, sorted.

    Raises:
        InputError: the folder is missing or has none.
    """
    if not folder.is_dir():
        raise InputError("The folder {folder} does not exist.", "Give a folder of videos.", folder=folder)
    found = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    if not found:
        raise InputError(
            "There are no videos in {folder}.", "Put {suffixes} files in it.", folder=folder, suffixes=list(SUFFIXES)
        )
    return found


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
        _remember(job, video, result)
    except OSError as error:
        raise AvatarifyError(
            "{out} cannot be written: {reason}.", "Free some space.", out=job.out, reason=error
        ) from error
    return result


def _remember(job: PrepareJob, video: Path, result: VideoResult) -> None:
    write_atomic(_note(job, video), json.dumps(asdict(result)).encode())


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
        while (frame := source.read()) is not None and not _Worker.stop.is_set():
            yield frame
    if _Worker.stop.is_set():
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


def _begin(job: PrepareJob) -> None:
    """Create the folder and ``dataset.json``, or check that the existing one matches."""
    wanted = {"format": FORMAT, "kind": "prepared", "size": job.size}
    wanted |= {"min_frames": job.min_frames, "max_frames": job.max_frames, "min_side": job.min_side, "crop": job.way}
    file = job.out / "dataset.json"
    try:
        (job.out / "clips").mkdir(parents=True, exist_ok=True)
        (job.out / "videos").mkdir(exist_ok=True)
        if not file.exists():
            file.write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")
        found = {"crop": "head"} | json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "{file} cannot be used: {reason}.", "Choose another folder with --out.", file=file, reason=error
        ) from error
    other = [f"{key} {found.get(key)}, not {value}" for key, value in wanted.items() if found.get(key) != value]
    if other:
        raise UsageError(
            "{out} was started with {other}.", "Use the same options, or another --out.", out=job.out, other=list(other)
        )


def _note(job: PrepareJob, video: Path) -> Path:
    """Return the file that marks this version of the video as done."""
    facts = video.stat()
    key = f"{video.relative_to(job.videos)} {facts.st_size} {facts.st_mtime_ns}"
    return job.out / "videos" / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"


def _known(job: PrepareJob, video: Path) -> VideoResult | None:
    note = _note(job, video)
    return VideoResult(**json.loads(note.read_text(encoding="utf-8"))) if note.exists() else None


def _crew(job: PrepareJob, videos: list[Path], workers: int, show: Show, done: int) -> Iterator[VideoResult]:
    """Prepare videos in worker processes; yield results as they finish."""
    if not videos:
        return
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_Worker.begin, initargs=(stop,)) as pool:
        coming = [pool.submit(prepare_video, job, video) for video in videos]
        try:
            for number, ended in enumerate(as_completed(coming), 1):
                result = _result(ended)
                show(done + number, done + len(videos), result)
                yield result
        finally:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _result(ended: Future[Any]) -> VideoResult:
    try:
        found: VideoResult = ended.result()
    except BrokenProcessPool as error:
        raise AvatarifyError("A worker process died.", "Try again with fewer --workers.") from error
    return found


class _Worker:
    """State of a worker process.

    Attributes:
        stop: Set to make it stop early.
    """

    stop: Any = threading.Event()

    @classmethod
    def begin(cls, stop: Any) -> None:
        """Leave Ctrl-C to the main process, and exit when that process ends, however it ends."""
        cls.stop = stop
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
