"""A portrait, a model on a runtime, and the step that animates with them: what live and offline runs share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from avatarify.animate.explainer import Explainer
from avatarify.animate.insight import Insight
from avatarify.animate.options import Controls
from avatarify.animate.portrait import Portrait
from avatarify.animate.protocols import FrameCompositor, PortraitAnimator
from avatarify.animate.step import AnimationStep
from avatarify.compose.canvas import own_size
from avatarify.frames import Frame, Size
from avatarify.messages import Message


@dataclass(frozen=True)
class Look:
    """A compositor and what it was made for; made ahead on any thread, as that takes tens of milliseconds."""

    portrait: Portrait
    controls: Controls
    compositor: FrameCompositor


class Animation:
    """Animates one portrait at a time.

    ``load_portrait`` and ``make_look`` may be called, and attributes and ``facts`` read, from any
    thread. Changes belong to the thread that runs the step, so that portrait, controls, and the report never disagree
    about a frame.

    Args:
        animator: Moves the portrait.
        portrait: The portrait that the animator has.
        controls: Motion and picture at the start.
        size: Size of the output pictures; None takes the portrait's own.
        compositor: Stage 4 for portrait and controls; None makes it here.
        facts: What the report says about model and runtime.
        runtime_reason: Why this runtime was chosen.
        warnings: What the user should know about runtime and portrait.
        clock: Time of a frame in seconds (see ``AnimationStep``).
        neutral: Which frame is neutral (see ``NeutralChooser``).

    Attributes:
        animator: As given.
        portrait: The portrait that is shown.
        controls: The controls in use.
        size: Size of the output pictures.
        step: Turns frames into output pictures.
        warnings: As given.
        runtime_reason: As given; empty if it is not known.
    """

    def __init__(
        self,
        animator: PortraitAnimator,
        portrait: Portrait,
        controls: Controls,
        *,
        size: Size | None = None,
        compositor: FrameCompositor | None = None,
        facts: Mapping[str, object] | None = None,
        runtime_reason: Message | None = None,
        warnings: Sequence[Message] = (),
        clock: Callable[[Frame], float] = lambda frame: frame.captured_at,
        neutral: str = "first",
    ) -> None:
        self.animator, self.portrait, self.controls = animator, portrait, controls
        self.size = size or own_size(portrait.image)
        self.warnings = list(warnings)
        compositor = compositor or self.make_compositor(portrait, controls, size)
        self.step = AnimationStep(animator, compositor, clock=clock, neutral=neutral, portrait=portrait.face)
        self.runtime_reason = runtime_reason or Message("")
        self._facts = dict(facts or {})

    @property
    def facts(self) -> dict[str, object]:
        """What the report says about the animation now: runtime, model, portrait, size, motion, and so on."""
        changing = {"portrait": self.portrait.name, "size": str(self.size), "motion": self.controls.motion}
        return {**self._facts, "runtime_reason": str(self.runtime_reason), **changing}

    def load_portrait(self, name: str) -> Portrait:
        """Load a portrait by name or file; takes about a second for one that is not cached. For any thread.

        Raises:
            InputError: no such image, it cannot be read, or it shows no face.
        """
        from avatarify.animate import portrait_cache

        return portrait_cache.load(name)

    def make_look(self, portrait: Portrait, controls: Controls) -> Look:
        """Make the compositor for a portrait and controls; for any thread."""
        return Look(portrait, controls, self.make_compositor(portrait, controls, self.size))

    def make_compositor(self, portrait: Portrait, controls: Controls, size: Size | None) -> FrameCompositor:
        """Make stage 4; see the function of this name."""
        return make_compositor(portrait, controls, size)

    def show_portrait(self, look: Look) -> None:
        """Change to another portrait.

        Args:
            look: Of the portrait, with the controls that were in use when it was made.

        Raises:
            MotionError: the portrait cannot be animated; the old one stays.
        """
        self.animator.set_portrait(look.portrait)
        self.portrait = look.portrait
        self.step.change_portrait(self._fitting(look).compositor, look.portrait.face)

    def set_controls(self, controls: Controls, look: Look | None = None) -> None:
        """Change motion and picture.

        Args:
            controls: The new ones.
            look: With these controls, of the portrait that was shown when it was made; None to make it here.
        """
        before, self.controls = self.controls, controls
        self.animator.options = controls
        if not controls.same_picture(before):
            self.step.change_portrait(self._fitting(look).compositor)
        if self.step.passthrough is not None:
            self.show_camera(True)

    def show_camera(self, on: bool) -> None:
        """Show the user's own picture, marked, in place of the portrait."""
        from avatarify.compose.passthrough import Passthrough

        self.step.passthrough = Passthrough(self.size, self.controls.mirror).render if on else None

    def explain(self, listener: Callable[[Insight], None] | None) -> None:
        """Report to a listener how each frame was made; None stops that."""
        self.step.explain = None if listener is None else Explainer(self, listener)

    def _fitting(self, look: Look | None) -> Look:
        # A look is made ahead on another thread; portrait or picture may have changed since.
        if look and look.portrait is self.portrait and look.controls.same_picture(self.controls):
            return look
        return self.make_look(self.portrait, self.controls)


def make_compositor(portrait: Portrait, controls: Controls, size: Size | None) -> FrameCompositor:
    """Make stage 4 for a portrait; for any thread.

    Args:
        portrait: The portrait.
        controls: Zoom, pan, background, mirror, and badge.
        size: Size of the output pictures; None takes the portrait's own.
    """
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
        background=controls.fill,
    )
