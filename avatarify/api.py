"""The Python API: ``import avatarify`` offers these names, and loads what they need when they are first used.

Everything raises ``AvatarifyError``s, whose text says what happened and what to do. Images are (H, W, 3) uint8 RGB.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from avatarify.animate.options import AnimationOptions, Controls
from avatarify.animate.portrait import PortraitInfo, list_portraits
from avatarify.choices import Corner, Gaze, KeypointSource, Motion, Quality
from avatarify.engines.choose import list_runtimes
from avatarify.errors import AvatarifyError, InputError
from avatarify.frames import U8, Frame, Size
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.registry import list_models

if TYPE_CHECKING:
    from avatarify.engines.target import Watch
    from avatarify.face.face import Face
    from avatarify.live.session import Session
    from avatarify.live.state import SessionState

__all__ = [
    "AvatarifyError",
    "ModelEntry",
    "PortraitInfo",
    "animate_frames",
    "animate_video",
    "animation_options",
    "list_models",
    "list_portraits",
    "list_runtimes",
    "live_session",
    "open_session",
]

Report = dict[str, object]


def animation_options(
    portrait: str | Path = "",
    *,
    model: str = "built-in",
    runtime: str = "auto",
    size: tuple[int, int] | None = None,
    motion: Motion = "relative",
    keypoints: KeypointSource = "auto",
    neutral: str = "first",
    face: str = "",
    follow: str = "largest",
    mirror: bool = False,
    badge: bool = True,
    corner: Corner = "bottom-right",
    background: str = "own",
    zoom: float = 1.0,
    strength: float = 1.0,
    strength_head: float = 1.0,
    strength_eyes: float = 1.0,
    strength_mouth: float = 1.0,
    gaze: Gaze = "follow",
    smoothing: bool = True,
    adapt_scale: bool = True,
    remote: str = "",
    remote_token_file: str | Path = "",
) -> AnimationOptions:
    """Say how a portrait is animated; all functions here take these options.

    Args:
        portrait: A name that ``list_portraits`` gives, or an image file; empty takes the first bundled portrait.
        model: A name that ``list_models`` gives.
        runtime: A name that ``list_runtimes`` gives; ``auto`` takes the fastest.
        size: Width and height of the result in pixels, even numbers; None takes the portrait's own, at most 1080.
        motion: ``relative``: by the motion since the neutral frame; ``absolute``: to the driver's pose.
        keypoints: ``learned``: by the model; ``mixed``: by the face tracker where it has them; ``auto``: by the model,
            in a video eyes and lips by the face tracker.
        neutral: The frame in which the driver's face is at rest: ``first``, ``best``, or a number from 0.
        face: Where the portrait's face is, ``X,Y,HEIGHT`` in pixels of the image: its middle, and the distance from
            brows to chin; empty to find it. For animals and drawings.
        follow: Which face drives if several are in view: ``largest``, ``left``, ``right``, or ``X,Y`` in pixels of the
            driving frames.
        mirror: Flip the result horizontally.
        badge: Show the "AI avatar" badge.
        corner: Where the badge is.
        background: ``own``, ``blurred``, or a color, ``#rrggbb``.
        zoom: 1 shows head and shoulders in a wide output, else the whole portrait; 4 a quarter of its sides.
        strength: Factor of the motion, 0 to 1.5.
        strength_head: The same of the head alone; like the next two only with models whose key points have names.
        strength_eyes: Of eyes and brows.
        strength_mouth: Of mouth, jaw, and cheeks.
        gaze: ``follow``: the portrait looks where the user looks; ``camera``: at the viewer, as in the picture.
        smoothing: Filter the key points of a resting face.
        adapt_scale: Scale movements by the ratio of the two faces' sizes.
        remote: Hosts for the runtime ``remote``: ``wss://NAME:PORT``, separated by commas; empty for this computer.
        remote_token_file: File with the token for them; empty for the one of ``avatarify serve --demo-token``.

    Raises:
        UsageError: The size cannot be used, or the motion not with this runtime.
    """
    given = None if size is None else Size.parse(f"{size[0]}x{size[1]}")
    shown = {"badge": badge, "corner": corner, "background": background, "zoom": zoom, "mirror": mirror}
    strengths = {"strength": strength, "strength_head": strength_head, "strength_eyes": strength_eyes}
    controls = Controls(motion=motion, keypoints=keypoints, gaze=gaze)
    controls = controls.changed(
        **strengths, strength_mouth=strength_mouth, smoothing=smoothing, adapt_scale=adapt_scale, **shown
    )
    hosts = {"remote": remote, "remote_token_file": str(remote_token_file)}
    return AnimationOptions(str(portrait), model, runtime, given, controls, neutral, face, follow, **hosts)


def animate_video(
    portrait: str | Path,
    driving: str | Path,
    output: str | Path,
    *,
    side_by_side: bool = False,
    sound: bool = True,
    on_progress: Callable[[int, int | None], None] | None = None,
    watch: Watch | None = None,
    **look: Any,
) -> Report:
    """Animate a portrait with every frame of a video, into a video; nothing is left of it if anything fails.

    Args:
        portrait: A name or an image file.
        driving: A video file, a folder of images, ``demo``, or ``-`` for standard input.
        output: The video to write: .mp4, .mov, .m4v, .mkv, .webm, or .gif.
        side_by_side: Show the driving video to the left of the result.
        sound: Keep the sound of the driving video.
        on_progress: Called after each frame with the frames done and the total, None if that is unknown.
        watch: Follows the preparation of the model, which takes a minute when it is first used.
        look: The options of ``animation_options``; ``neutral`` is ``best`` by default, as the whole video is known.

    Returns:
        What ``avatarify animate --json`` prints: frames, fps, runtime, warnings, and so on.

    Raises:
        AvatarifyError: An option cannot be used, or no frame of the driving video shows a face.
    """
    from avatarify.animate.offline import OfflineOptions, animate_file

    animation = animation_options(portrait, **{"neutral": "best", **look})
    options = OfflineOptions(animation, str(driving), Path(output), side_by_side, sound)
    return animate_file(options, on_progress, watch)


def animate_frames(portrait: str | Path, frames: Iterable[U8], *, fps: float = 25.0, **look: Any) -> Iterator[U8]:
    """Animate a portrait with frames, one result for each; the model is opened at the first and closed at the end.

    Args:
        portrait: A name or an image file.
        frames: (H, W, 3) uint8 RGB each; a face in the first is the neutral one unless ``neutral`` says otherwise.
        fps: Their rate, frames per second.
        look: The options of ``animation_options``; ``neutral`` is ``first`` or a number from 0.

    Yields:
        (H, W, 3) uint8 RGB; while no face is in view, the last result.

    Raises:
        AvatarifyError: An option cannot be used, or a frame is no such array.
    """
    from avatarify.animate.opening import face_finder_beside, open_animation

    options = animation_options(portrait, **look)
    with contextlib.ExitStack() as opened:
        clock: Callable[[Frame], float] = lambda frame: frame.media_time  # noqa: E731  a name for its type
        animation = open_animation(options, opened, clock=clock, neutral=options.neutral)
        finder = opened.enter_context(face_finder_beside(options.driver)).result()
        for number, image in enumerate(frames):
            frame = Frame(_checked(image, number), number, time.perf_counter(), number / fps)
            yield animation.step.run(frame, finder.find(frame)).image


def open_session(
    camera: str | Path = "0",
    portrait: str | Path = "",
    sinks: Sequence[str | Path] = ("virtual",),
    *,
    size: tuple[int, int] = (1280, 720),
    fps: float = 30.0,
    frames: int | None = None,
    quality: Quality = "auto",
    voice: str = "",
    on_state: Callable[[SessionState], None] | None = None,
    on_picture: Callable[[U8], None] | None = None,
    on_face: Callable[[Frame, Face | None], None] | None = None,
    on_error: Callable[[Exception], None] | None = None,
    watch: Watch | None = None,
    **look: Any,
) -> Session:
    """Make a live session; nothing is opened before its ``start``, and ``stop`` must be called at the end.

    ``live_session`` does both. The callbacks run on threads of the session and must return quickly.

    Args:
        camera: A camera's number, name, or ID, an address (``rtsp://…``), ``screen``, a video file, ``demo``,
            ``none``, or ``vmc:PORT`` for another tracker.
        portrait: A name or an image file; empty takes the first bundled portrait.
        sinks: ``virtual``, ``virtual:NAME``, an MP4 file, ``mjpeg``, or ``null``.
        size: Width and height of the pictures, even numbers.
        fps: Pictures per second.
        frames: Stop after this many camera frames were sent; None runs until stopped.
        quality: ``auto`` reduces detail while the computer cannot keep up, ``best`` never, ``fast`` always.
        voice: ``default``, a microphone, or a sound file whose voice moves the mouth while nobody is in view.
        on_state: Called with each state.
        on_picture: Called with each picture, (H, W, 3) uint8 RGB; it must not be written to.
        on_face: Called with each camera frame and the newest known face in it.
        on_error: Called with each problem; the session goes on unless ``Session.error`` is set.
        watch: Follows the preparation of the model.
        look: The other options of ``animation_options``.

    Raises:
        UsageError: The size or a sink cannot be used.
        InputError: A file cannot be written there.
    """
    from avatarify.live.build import open_session as build
    from avatarify.live.options import LiveOptions
    from avatarify.output.registry import check_sinks

    check_sinks([str(sink) for sink in sinks])  # before anything is loaded
    first, *more = [str(sink) for sink in sinks] or ["null"]
    animation = animation_options(portrait, size=size, **look)
    options = LiveOptions(animation, str(camera), first, tuple(more), fps, frames, quality, voice)
    return build(options, on_state=on_state, on_picture=on_picture, on_face=on_face, on_error=on_error, watch=watch)


@contextlib.contextmanager
def live_session(*args: Any, **options: Any) -> Iterator[Session]:
    """Run a live session while the block lasts (the arguments are those of ``open_session``).

    Raises:
        AvatarifyError: The session failed.
    """
    session = open_session(*args, **options)
    session.start()
    try:
        yield session
    finally:
        session.stop()
    if session.error is not None:
        raise session.error


def _checked(image: U8, number: int) -> U8:
    given = np.asarray(image)
    if given.dtype != np.uint8 or given.ndim != 3 or given.shape[2] != 3 or math.prod(given.shape) == 0:
        raise InputError(
            "Frame {number} is {dtype} {shape}.",
            "Give arrays of the shape (height, width, 3), uint8, RGB.",
            number=number,
            dtype=given.dtype,
            shape=str(given.shape),
        )
    return np.ascontiguousarray(given)
