"""The part that live and offline share: a portrait, a model on a runtime, and the step that animates with them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from avatarify.errors import InputError
from avatarify.frames import Frame, Size
from avatarify.live.step import Step

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
        motion: ``relative`` or ``absolute``.
        neutral: ``first``, ``best`` or the number of the frame in which the user's face is at rest.
        mirror: Flip the output left to right.
        badge: Mark the output as an AI avatar.
        keypoints: ``learned`` (the network's own) or ``mixed`` (the face mesh's where it has them).
    """

    portrait: str
    model: str
    runtime: str
    size: Size | None
    motion: str
    neutral: str
    mirror: bool
    badge: bool
    keypoints: str = "learned"


@dataclass
class Animation:
    """A step ready to run, and what the report says about it."""

    step: Step
    animator: Animator
    portrait: Portrait
    size: Size
    facts: dict[str, object]
    options: AnimationOptions
    warnings: list[str] = field(default_factory=list)

    def load_portrait(self, text: str) -> Callable[[], None]:
        """Load another portrait; the returned function, called on the thread of the step, puts it in place."""
        from avatarify.animate.portrait import load_portrait

        portrait = load_portrait(text)
        compositor = _compositor(portrait, self.size, self.options)

        def put() -> None:
            self.animator.set_portrait(portrait)
            self.step.change_portrait(compositor)
            self.portrait = portrait
            self.facts["portrait"] = portrait.name

        return put

    def change_look(self, mirror: bool, badge: bool) -> None:
        """Switch the mirror and the badge, on the thread of the step."""
        self.options = replace(self.options, mirror=mirror, badge=badge)
        self.step.change_portrait(_compositor(self.portrait, self.size, self.options))


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
        clock: Time of a frame in seconds (see ``Step``).
        neutral: Which of the frames to come is neutral (see ``LiveNeutral``).

    Raises:
        AvatarifyError: the portrait, model or runtime cannot be used.
    """
    from avatarify.animate.animator import Animator, MotionOptions
    from avatarify.animate.model import AnimationModel
    from avatarify.animate.portrait import load_portrait
    from avatarify.runtimes.choose import choose_runtime
    from avatarify.zoo.registry import find_model

    entry = find_model(options.model)
    portrait = load_portrait(options.portrait or _first_portrait())
    chosen = choose_runtime(entry, options.runtime)
    opened.callback(chosen.runtime.close)
    model = AnimationModel(chosen.runtime, tight_keypoints=entry.manifest.kind == "mobile")
    animator = Animator(model, portrait, MotionOptions(motion=options.motion, keypoints=options.keypoints))
    compositor = _compositor(portrait, options.size, options)
    facts: dict[str, object] = {
        "runtime": chosen.runtime.name,
        "runtime_reason": chosen.reason,
        "device": chosen.runtime.device,
        "model": options.model,
        "portrait": portrait.name,
        "size": str(compositor.size),
        "motion": options.motion,
        "neutral": options.neutral,
    }
    step = Step(animator, compositor, clock=clock, neutral=neutral)
    return Animation(step, animator, portrait, compositor.size, facts, options, [*chosen.refused, *portrait.warnings])


def _first_portrait() -> str:
    from avatarify.animate.portrait import list_portraits

    found = list_portraits()
    if not found:
        raise InputError("No portraits are carried here.", "Name a picture file, or install avatarify again.")
    return found[0].name


def _compositor(portrait: Portrait, size: Size | None, options: AnimationOptions) -> Compositor:
    from avatarify.compose.compositor import Compositor

    mirror, badge = options.mirror, options.badge
    return Compositor(portrait.image, portrait.box, size, mirror=mirror, badge=badge, matte=portrait.matte)
