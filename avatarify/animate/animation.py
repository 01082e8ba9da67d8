"""The part that live and offline share: a portrait, a model on a runtime, and the step that animates with them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from avatarify.animate import portrait_cache
from avatarify.animate.insight import SIDE, Insight
from avatarify.animate.options import Controls
from avatarify.animate.step import AnimationStep
from avatarify.errors import InputError
from avatarify.frames import U8, Frame, Generated, Size

if TYPE_CHECKING:
    from avatarify.animate.animator import Animator
    from avatarify.animate.portrait import Portrait
    from avatarify.compose.compositor import Compositor


@dataclass(frozen=True)
class AnimationOptions:
    """What is animated, by what, and how it looks.

    Attributes:
        portrait: The name of a carried portrait or a picture file; empty takes the first carried one.
        model: A name that ``avatarify models list`` prints.
        runtime: ``auto`` or the name of a runtime.
        size: Size of the output pictures; None for the portrait's own.
        controls: How it moves and how it is shown.
        neutral: ``first``, ``best`` or the number of the frame in which the user's face is at rest.
        keypoints: ``learned`` (the network's own) or ``mixed`` (the face mesh's where it has them).
    """

    portrait: str
    model: str
    runtime: str
    size: Size | None
    controls: Controls
    neutral: str
    keypoints: str = "learned"


@dataclass
class Animation:
    """A step ready to run, and what the report says about it."""

    step: AnimationStep
    animator: Animator
    portrait: Portrait
    size: Size
    facts: dict[str, object]
    options: AnimationOptions
    warnings: list[str] = field(default_factory=list)

    def load_portrait(self, text: str) -> Callable[[], None]:
        """Load another portrait; the returned function, called on the thread of the step, puts it in place."""
        portrait = portrait_cache.load(text)
        compositor = _compositor(portrait, self.size, self.options.controls)
        self.portrait = portrait

        def put() -> None:
            self.animator.set_portrait(portrait)
            self.step.change_portrait(compositor, portrait.face)
            self.facts["portrait"] = portrait.name

        return put

    def adjust(self, controls: Controls) -> Callable[[], None]:
        """Make everything for other controls; the returned function puts it in place, as for ``load_portrait``."""
        before, self.options = self.options.controls, replace(self.options, controls=controls)
        motion = controls.motion_options(self.options.keypoints)
        same = controls.same_picture(before)
        compositor = None if same else _compositor(self.portrait, self.size, controls)

        def put() -> None:
            self.animator.options = motion
            self.facts["motion"] = controls.motion
            if compositor is not None:
                self.step.change_portrait(compositor)
            if self.step.passthrough is not None:
                self.show_camera(True)

        return put

    def show_camera(self, on: bool) -> None:
        """Show the user's own picture, marked, in place of the portrait; on the thread of the step."""
        from avatarify.compose.passthrough import Passthrough

        shown = Passthrough(self.size, self.options.controls.mirror).render
        self.step.passthrough = shown if on else None

    def explain(self, hear: Callable[[Insight], None] | None) -> None:
        """Tell somebody how each frame came about, or nobody; on the thread of the step."""
        if hear is None:
            self.step.explain = None
            return
        squares: dict[str, U8] = {}

        def tell(frame: Frame, generated: Generated) -> None:
            portrait, seen = self.portrait, self.animator.frame_keypoints
            if portrait.name not in squares:
                squares.clear()
                squares[portrait.name] = portrait.box.cut(portrait.image, SIDE)
            if seen is not None:
                hear(Insight(frame, seen, generated, squares[portrait.name]))

        self.step.explain = tell


def open_animation(
    options: AnimationOptions,
    opened: contextlib.ExitStack,
    *,
    clock: Callable[[Frame], float] = lambda frame: frame.captured_at,
    neutral: str = "first",
) -> Animation:
    """Load the portrait and the model.

    Args:
        options: What to open.
        opened: Closes the runtime in the end.
        clock: Time of a frame in seconds (see ``AnimationStep``).
        neutral: Which of the frames to come is neutral (see ``NeutralChooser``).

    Raises:
        AvatarifyError: the portrait, model or runtime cannot be used.
    """
    from avatarify.animate.animator import Animator
    from avatarify.animate.model import AnimationModel
    from avatarify.engines.choose import choose_runtime
    from avatarify.zoo.registry import find_model

    entry = find_model(options.model)
    portrait = portrait_cache.load(options.portrait or _first_portrait())
    chosen = choose_runtime(entry, options.runtime)
    opened.callback(chosen.runtime.close)
    model = AnimationModel(chosen.runtime, tight_keypoints=entry.manifest.kind == "mobile")
    animator = Animator(model, portrait, options.controls.motion_options(options.keypoints))
    compositor = _compositor(portrait, options.size, options.controls)
    facts: dict[str, object] = {
        "runtime": chosen.runtime.name,
        "runtime_reason": chosen.reason,
        "device": chosen.runtime.device,
        "model": options.model,
        "portrait": portrait.name,
        "size": str(compositor.size),
        "motion": options.controls.motion,
        "neutral": options.neutral,
    }
    step = AnimationStep(animator, compositor, clock=clock, neutral=neutral, portrait=portrait.face)
    return Animation(step, animator, portrait, compositor.size, facts, options, [*chosen.refused, *portrait.warnings])


def _first_portrait() -> str:
    from avatarify.animate.portrait import list_portraits

    found = list_portraits()
    if not found:
        raise InputError("No portraits are carried here.", "Name a picture file, or install avatarify again.")
    return found[0].name


def _compositor(portrait: Portrait, size: Size | None, controls: Controls) -> Compositor:
    from avatarify.compose.compositor import Compositor
    from avatarify.compose.framing import frame_portrait

    pan = controls.pan_x, controls.pan_y
    framed = frame_portrait(portrait.image, portrait.matte, portrait.box, size, controls.zoom, pan)
    return Compositor(
        framed.image,
        framed.box,
        size,
        mirror=controls.mirror,
        badge=controls.badge,
        corner=controls.corner,
        matte=framed.matte,
        background=controls.behind,
    )
