"""Write data sets of robot arms and moving bodies in the common format, in several processes; resumes."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol

import numpy as np

from avatarify.children import WorkerProcess, spawning, without_interrupts
from avatarify.errors import AvatarifyError, InputError
from avatarify.files import atomic_folder, write_atomic
from avatarify.frames import F32, U8
from avatarify.synthetic.arm import JOINTS as ARM_JOINTS
from avatarify.synthetic.arm import ArmFilm
from avatarify.synthetic.body import JOINTS as BODY_JOINTS
from avatarify.synthetic.body import BodyFilm
from avatarify.synthetic.rays import Camera, Scene, picture


class Film(Protocol):
    """A figure in its scene.

    Attributes:
        camera: The camera that films it.
    """

    camera: Camera

    def frames(self, count: int) -> Iterator[tuple[Scene, F32]]:
        """Yield scenes in order, and the joint positions (J, 3)."""


FIGURES: dict[str, tuple[Callable[[np.random.Generator], Film], tuple[str, ...]]] = {
    "arm": (ArmFilm, ARM_JOINTS),
    "body": (BodyFilm, BODY_JOINTS),
}
_QUALITY = 95


@dataclass(frozen=True, slots=True)
class FigureJob:
    """What to render.

    Attributes:
        out: The data set's folder.
        figure: A name in ``FIGURES``.
        identities: Number of films, each with its own figure, place, and colors.
        frames: Frames per film.
        seed: Another seed gives other films.
        size: Side of an image, pixels.
    """

    out: Path
    figure: str
    identities: int
    frames: int
    seed: int
    size: int

    def folder(self, identity: int) -> Path:
        """Return the folder of a film's clip."""
        return self.out / "clips" / f"s{self.seed}-{identity:06d}"


def draw_figures(job: FigureJob, workers: int) -> dict[str, object]:
    """Render what is missing in ``job.out``; films depend only on seed and index.

    Returns:
        The report: ``out``, ``kind``, ``clips``, ``frames``, ``rendered`` (clips of this call), ``seconds`` and
        ``frames_per_second``.

    Raises:
        AvatarifyError: a process died.
        InputError: the folder contains other data, or cannot be written.
    """
    _begin(job)
    missing = [number for number in range(job.identities) if not (job.folder(number) / "clip.json").exists()]
    began = monotonic()
    for done, _ in enumerate(_crew(job, missing, workers), 1):
        if done % 20 == 0 or done == len(missing):
            sys.stderr.write(f"{done}/{len(missing)} clips\n")
    seconds = monotonic() - began
    return {
        "out": str(job.out),
        "kind": job.figure,
        "clips": job.identities,
        "frames": job.identities * job.frames,
        "rendered": len(missing),
        "seconds": round(seconds, 2),
        "frames_per_second": round(len(missing) * job.frames / seconds, 2) if missing else 0.0,
    }


def write_film(job: FigureJob, identity: int) -> int:
    """Render and write one film as a clip, which appears complete or not at all; return its index."""
    import cv2

    cv2.setNumThreads(1)
    make, _ = FIGURES[job.figure]
    film = make(np.random.default_rng([job.seed, identity]))
    folder = job.folder(identity)
    with contextlib.suppress(FileExistsError), atomic_folder(folder) as part:
        joints = []
        for number, (scene, places) in enumerate(film.frames(job.frames)):
            if WorkerProcess.stop.is_set():
                raise InterruptedError  # nobody reads it: the main process is ending
            _save(part / f"{number:04d}.jpg", picture(scene, film.camera, job.size))
            joints.append(np.round(film.camera.project(places)[0], 4).tolist())
        about = {"frames": job.frames, "identity": folder.name, "seed": job.seed, "joints": joints}
        (part / "clip.json").write_text(json.dumps(about), encoding="utf-8")
    return identity


def _save(file: Path, image: U8) -> None:
    import cv2

    if not cv2.imwrite(str(file), image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]):
        raise OSError(f"{file} was not written")


def _begin(job: FigureJob) -> None:
    """Write ``dataset.json``, or check that the existing one matches."""
    file = job.out / "dataset.json"
    wanted = {"format": 1, "kind": job.figure, "size": job.size}
    try:
        (job.out / "clips").mkdir(parents=True, exist_ok=True)
        if not file.exists():
            joints = list(FIGURES[job.figure][1])
            write_atomic(file, json.dumps(wanted | {"joints": joints}, indent=1).encode() + b"\n")
        found = dict(json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            "{file} cannot be used: {reason}.", "Choose another folder with --output.", file=file, reason=error
        ) from error
    if any(found.get(key) != value for key, value in wanted.items()):
        raise InputError(
            "{out} contains a data set of another kind or size.", "Choose another folder with --output.", out=job.out
        )


def _crew(job: FigureJob, missing: list[int], workers: int) -> Iterator[int]:
    if workers == 1 or len(missing) < 2:
        yield from (write_film(job, number) for number in missing)
        return
    context = spawning()
    stop = context.Event()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=WorkerProcess.begin, initargs=(stop,)) as pool:
        with without_interrupts():  # the first tasks start the processes
            coming = [pool.submit(write_film, job, number) for number in missing]
        try:
            for ended in as_completed(coming):
                yield ended.result()
        except RuntimeError as error:  # a broken pool
            raise AvatarifyError("A drawing process died.", "Try again with fewer --workers.") from error
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
