"""Crop videos of talking heads into clips of the common format (see ``clips``), in several processes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from avatarify.children import WorkerProcess, spawning, without_interrupts
from avatarify.errors import AvatarifyError, InputError, UsageError
from avatarify.files import write_atomic
from avatarify.training.data.crop_video import prepare_video
from avatarify.training.data.open_clips import FORMAT
from avatarify.training.data.prepare_job import PrepareJob, VideoResult, known_result
from avatarify.training.data.stretches import read_table

SUFFIXES = (".mp4", ".mov", ".mkv", ".avi", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv", ".gif")
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
    videos = _listed(find_videos(job.videos), job)
    _begin(job)
    began = time.monotonic()
    before = {video: result for video in videos if (result := known_result(job, video)) is not None}
    todo = [video for video in videos if video not in before]
    made = list(_crew(job, todo, min(workers, max(1, len(todo))), show, len(before)))
    return _report(job, [*before.values(), *made], made, time.monotonic() - began)


def _listed(videos: list[Path], job: PrepareJob) -> list[Path]:
    """Return the videos that the job's table lists; all of them without a table."""
    if job.table is None:
        return videos
    known = read_table(job.table)
    listed = [video for video in videos if video.stem in known]
    if not listed:
        raise InputError(
            "None of the videos in {videos} is listed in {table}.",
            "Name the video files after their video_id.",
            videos=job.videos,
            table=job.table,
        )
    return listed


def _report(job: PrepareJob, results: list[VideoResult], made: list[VideoResult], seconds: float) -> dict[str, object]:
    """Return the report of ``prepare`` on all videos, ``made`` in this call; InputError if there are no clips."""
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
        "videos": len(results),
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


def _begin(job: PrepareJob) -> None:
    """Create the folder and ``dataset.json``, or check that the existing one matches."""
    wanted = {"format": FORMAT, "kind": "prepared", "size": job.size}
    wanted |= {"min_frames": job.min_frames, "max_frames": job.max_frames, "min_side": job.min_side, "crop": job.way}
    file = job.out / "dataset.json"
    try:
        (job.out / "clips").mkdir(parents=True, exist_ok=True)
        (job.out / "videos").mkdir(exist_ok=True)
        if not file.exists():
            write_atomic(file, json.dumps(wanted, indent=1).encode() + b"\n")
        found = {"crop": "head"} | dict(json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            "{file} cannot be used: {reason}.", "Choose another folder with --output.", file=file, reason=error
        ) from error
    other = [f"{key} {found.get(key)}, not {value}" for key, value in wanted.items() if found.get(key) != value]
    if other:
        raise UsageError(
            "{out} was started with {other}.",
            "Use the same options, or another --output.",
            out=job.out,
            other=list(other),
        )


def _crew(job: PrepareJob, videos: list[Path], workers: int, show: Show, done: int) -> Iterator[VideoResult]:
    """Prepare videos in worker processes; yield results as they finish."""
    if not videos:
        return
    context = spawning()
    stop = context.Event()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=WorkerProcess.begin, initargs=(stop,)) as pool:
        with without_interrupts():  # the first tasks start the processes
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
