"""From options to an animation: loads the portrait, and the model on a runtime."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from avatarify.animate.animation import Animation, make_compositor
from avatarify.animate.animator import Animator
from avatarify.animate.options import REMOTE, AnimationOptions
from avatarify.engines.target import Watch
from avatarify.errors import InputError
from avatarify.frames import Frame
from avatarify.locks import Cancelled
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.animate.portrait import Portrait
    from avatarify.animate.protocols import FrameCompositor
    from avatarify.engines.choose import Chosen
    from avatarify.face.chosen import ChosenFace
    from avatarify.zoo.manifest import ModelEntry


def open_animation(
    options: AnimationOptions,
    opened: contextlib.ExitStack,
    *,
    clock: Callable[[Frame], float] = lambda frame: frame.captured_at,
    neutral: str = "first",
    exact_faces: bool = True,
    watch: Watch | None = None,
) -> Animation:
    """Load the model, which may have to be prepared for this computer, and the portrait.

    Args:
        options: What to open.
        opened: Closes the runtime at the end.
        clock: Time of a frame in seconds (see ``AnimationStep``).
        neutral: Which of the coming frames is neutral (see ``NeutralChooser``).
        exact_faces: As for ``Animator``.
        watch: Progress, announcements and cancellation (see ``choose_runtime``).

    Raises:
        AvatarifyError: the portrait, model, or runtime cannot be used.
    """
    from avatarify.animate.model import AnimationModel
    from avatarify.animate.portrait import find_portrait
    from avatarify.zoo.registry import find_model

    entry = find_model(options.model)
    name = options.portrait or _first_portrait()
    find_portrait(name)  # a wrong name must not wait for the model
    with ThreadPoolExecutor(1, thread_name_prefix="avatarify-portrait") as pool:
        loading = pool.submit(_load, name, options)
        try:
            chosen = _open_runtime(entry, options, _until_failure(watch or Watch(), loading))
            opened.callback(chosen.runtime.close)
        except Cancelled:
            loading.result()  # raises if this is why
            raise
    portrait, compositor = loading.result()
    use_one_opencv_thread()
    model = AnimationModel(chosen.runtime, tight_keypoints=entry.manifest.kind == "mobile")
    facts: dict[str, object] = {
        "runtime": chosen.runtime.name,
        "device": chosen.runtime.device,
        "model": options.model,
        "portrait": portrait.name,
        "size": "",
        "motion": options.controls.motion,
        "neutral": options.neutral,
    }
    if (drawn := getattr(chosen.runtime, "drawn", None)) is not None:
        facts["drawn"] = drawn  # counts on: how many frames the host drew, and how many this computer
    return Animation(
        Animator(model, portrait, options.controls, exact_faces=exact_faces),
        portrait,
        options.controls,
        size=options.size,
        compositor=compositor,
        facts=facts,
        runtime_reason=chosen.reason,
        warnings=[*map(Message.of, chosen.refused), *portrait.warnings],
        clock=clock,
        neutral=neutral,
    )


def _open_runtime(entry: ModelEntry, options: AnimationOptions, watch: Watch) -> Chosen:
    from avatarify.engines.choose import choose_runtime

    if options.runtime != REMOTE:
        return choose_runtime(entry, options.runtime, watch=watch)
    from avatarify.engines.open_remote import open_remote

    return open_remote(entry, options.remote, options.remote_token_file, watch)


def use_one_opencv_thread() -> None:
    """Keep OpenCV from using more threads: they wait by spinning, and the steps of a frame are too short for them."""
    import cv2

    cv2.setNumThreads(1)


@contextlib.contextmanager
def face_finder_beside(driver: str) -> Iterator[Future[ChosenFace]]:
    """Open a face finder for a video on a thread of its own; the end of the block closes it.

    Args:
        driver: Which of several faces it finds (see ``FaceChoice.parse``).

    Raises:
        UsageError: There is no such choice.
    """
    from avatarify.face.chosen import MOST_FACES, ChosenFace, FaceChoice

    choice = FaceChoice.parse(driver)

    def opened() -> ChosenFace:
        from avatarify.face.landmarker import FaceLandmarker

        return ChosenFace(FaceLandmarker(), partial(FaceLandmarker, max_faces=MOST_FACES), choice)

    pool = ThreadPoolExecutor(1, thread_name_prefix="avatarify-landmarker")
    landmarker = pool.submit(opened)
    pool.shutdown(wait=False)
    try:
        yield landmarker
    finally:
        if landmarker.exception() is None:
            landmarker.result().close()


def _load(name: str, options: AnimationOptions) -> tuple[Portrait, FrameCompositor]:
    """Load a portrait and make stage 4 for it."""
    from avatarify.animate import portrait_cache

    portrait = portrait_cache.load(name, options.face)
    return portrait, make_compositor(portrait, options.controls, options.size)


def _until_failure(watch: Watch, loading: Future[Any]) -> Watch:
    """Return a watch that also stops the preparation of the model once a portrait cannot be loaded."""

    def cancelled() -> bool:
        return watch.cancelled() or (loading.done() and loading.exception() is not None)

    return replace(watch, cancelled=cancelled)


def _first_portrait() -> str:
    from avatarify.animate.portrait import list_portraits

    found = list_portraits()
    if not found:
        raise InputError("No portraits are installed.", "Give an image file, or reinstall Avatarify.")
    return found[0].name
