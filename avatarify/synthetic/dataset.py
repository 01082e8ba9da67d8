"""Render a data set in several processes; existing clips are kept."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from time import monotonic, process_time
from typing import Any

from avatarify.children import begin_worker, end_workers, spawning, without_interrupts
from avatarify.errors import AvatarifyError, InputError
from avatarify.files import write_atomic
from avatarify.partial import sweep

_POLL_S = 0.5
_EVERY_S = {True: 0.5, False: 15.0}
_END_S = 3.0  # a clip may take longer
_LIVES = 5  # graphics drivers crash now and then, which should not fail a data set of thousands of people


class _DiedError(AvatarifyError):
    """A render process died without reporting an error."""


@dataclass(frozen=True)
class RenderJob:
    """What to render.

    Attributes:
        out: The data set's folder.
        identities: Number of people.
        frames: Frames per person, even.
        seed: Another seed gives other people.
        size: Side of an image, pixels.
        assets: Folder with textures and hair, or None.
    """

    out: Path
    identities: int
    frames: int
    seed: int
    size: int
    assets: Path | None


def render_dataset(job: RenderJob, workers: int) -> dict[str, object]:
    """Render what is missing in ``job.out``.

    Returns:
        The report: clips in total, newly rendered ones, seconds, CPU seconds, frames per second and per
        CPU second, and the deviations that the check of some frames measured.

    Raises:
        AvatarifyError: OpenGL, the mesh, or the assets cannot be used, or an image contradicts its ground truth.
        InputError: the folder contains another data set, or cannot be written.
    """
    missing = list(_missing(job))
    _describe(job)
    started = monotonic()
    seconds, checks = _render_all(job, missing, workers) if missing else (0.0, [])
    wall = monotonic() - started
    frames = len(missing) * job.frames
    return {
        "out": str(job.out),
        "clips": job.identities,
        "frames": job.identities * job.frames,
        "rendered": len(missing),
        "seconds": round(wall, 2),
        "cpu_seconds": round(seconds, 2),
        "frames_per_second": round(frames / wall, 2) if missing else 0.0,
        "frames_per_cpu_second": round(frames / seconds, 2) if seconds else 0.0,
        "check": {key: round(max(c[key] for c in checks), 5) for key in checks[0]} if checks else {},
    }


def _missing(job: RenderJob) -> Iterator[int]:
    from avatarify.synthetic.clip import clip_name

    for identity in range(job.identities):
        if not (job.out / "clips" / clip_name(job.seed, identity) / "clip.json").exists():
            yield identity


def _describe(job: RenderJob) -> None:
    """Write ``dataset.json``, or check that the existing one matches."""
    from avatarify.synthetic.mesh import load_face_units

    file = job.out / "dataset.json"
    wanted = {"format": 1, "kind": "rendered", "size": job.size}
    try:
        if file.exists():
            found = dict(json.loads(file.read_bytes()))
            if any(found.get(key) != value for key, value in wanted.items()):
                raise InputError(
                    "{out} contains a data set of another kind or size.", "Choose another folder.", out=job.out
                )
            return
        (job.out / "clips").mkdir(parents=True, exist_ok=True)
        content = json.dumps(wanted | {"expression": list(load_face_units())}, indent=1)
        write_atomic(file, f"{content}\n".encode())
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            "{file} cannot be used: {reason}.", "Choose another folder.", file=file, reason=error
        ) from error


def _render_all(job: RenderJob, missing: list[int], workers: int) -> tuple[float, list[dict[str, float]]]:
    """Render, and restart with what is missing if a process dies."""
    for life in range(1, _LIVES + 1):
        try:
            return _render(job, missing, min(workers, len(missing)))
        except _DiedError as error:
            missing = list(_missing(job))
            if not missing:
                return 0.0, []
            if life == _LIVES:
                raise
            sys.stderr.write(f"{error.message} Going on with the {len(missing)} people that are missing.\n")
    raise AssertionError  # not reached


def _render(job: RenderJob, missing: list[int], workers: int) -> tuple[float, list[dict[str, float]]]:
    """Render in processes; return their CPU seconds and their checks."""
    os.environ |= {"LP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    context = spawning()
    todo, news, stop = context.Queue(), context.Queue(), context.Event()
    for identity in [*missing, *[None] * workers]:
        todo.put(identity)
    crew = [context.Process(target=_work, args=(job, todo, news, stop), daemon=True) for _ in range(workers)]
    with without_interrupts():
        for process in crew:
            process.start()
    try:
        return _listen(crew, news, len(missing), job.frames)
    finally:
        stop.set()
        for queue in (todo, news):
            queue.cancel_join_thread()
        end_workers(crew, _END_S)
        sweep(job.out / "clips")


def _listen(crew: list[Any], news: Any, total: int, frames: int) -> tuple[float, list[dict[str, float]]]:
    progress, seconds, checks, ended = _Progress(total, frames), 0.0, [], 0
    while ended < len(crew):
        try:
            kind, value = news.get(timeout=_POLL_S)
        except Empty:
            if any(process.exitcode not in (None, 0) for process in crew):
                raise _DiedError("A render process died.", "Try again with fewer --workers.") from None
            continue
        if kind == "error":
            raise AvatarifyError(*value)
        if kind == "clip":
            progress.step()
            checks += [value] if value else []
        else:
            ended, seconds = ended + 1, seconds + value
    progress.finish()
    return seconds, checks


def _work(job: RenderJob, todo: Any, news: Any, stop: Any) -> None:
    """Body of a render process: render clip after clip until none are left or it is asked to stop."""
    begin_worker()
    try:
        from avatarify.synthetic.clip import clip_name, render_clip, write_clip
        from avatarify.synthetic.studio import Studio

        _be_modest()
        studio = Studio(job.size, job.assets)
        while not stop.is_set() and (identity := todo.get()) is not None:
            clip = render_clip(studio, job.seed, identity, job.frames)
            write_clip(clip, job.out / "clips" / clip_name(job.seed, identity))
            news.put(("clip", clip.check))
        news.put(("end", process_time()))
    except AvatarifyError as error:
        news.put(("error", (error.message, error.hint)))
    except Exception as error:  # noqa: BLE001  reported by the main process
        news.put(("error", (f"Rendering failed: {type(error).__name__}: {error}.", "")))


def _be_modest() -> None:
    import cv2

    cv2.setNumThreads(1)


class _Progress:
    """One line on stderr: people, frames per second, time left."""

    def __init__(self, total: int, frames: int) -> None:
        self._total, self._frames, self._done = total, frames, 0
        self._terminal = sys.stderr.isatty()
        self._started = self._shown = monotonic()

    def step(self) -> None:
        self._done += 1
        now = monotonic()
        if self._done == 1:
            self._started = now  # loading does not count as rendering
        if self._done < 2 or now - self._shown < _EVERY_S[self._terminal]:
            return
        self._shown = now
        rate = (self._done - 1) / (now - self._started)
        left = round((self._total - self._done) / rate)
        text = f"{self._done}/{self._total} people, {rate * self._frames:.1f} fps, {_time(left)} left"
        sys.stderr.write(f"\r{text:<60}" if self._terminal else f"{text}\n")
        sys.stderr.flush()

    def finish(self) -> None:
        if self._terminal:
            sys.stderr.write("\r" + " " * 60 + "\r")


def _time(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
