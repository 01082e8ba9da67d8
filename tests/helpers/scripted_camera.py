"""A camera that fails by a script: to test, and to show, what happens when real ones fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Self

import numpy as np

from avatarify.capture.watchdog import Timeouts
from avatarify.errors import CameraBusyError, CameraError
from avatarify.frames import U8, Frame, Size
from avatarify.messages import Message

SIZE = Size(320, 180)
MARKER = (255, 0, 255)  # stands for the user's own picture: no portrait and no slate has this color
_PASSING = 20
_TIMEOUTS = Timeouts(silent_s=0.6, frozen_s=0.3, dark_s=0.3)


class Fault(Enum):
    """What a camera can do wrong."""

    UNPLUGGED = "unplugged"
    BUSY = "busy"
    SILENT = "silent"
    FROZEN = "frozen"
    BLACK = "black"
    RESIZED = "resized"
    SLOW = "slow"
    JUMPING = "jumping"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Scene:
    """A fault, from one frame up to (not with) another.

    Attributes:
        fault: What goes wrong.
        first: Number of the first frame that is not as it should be.
        end: Number of the first frame that is again.
        value: Frames a second while ``SLOW``, seconds of each jump while ``JUMPING``, else unused.
        size: The size while ``RESIZED``.
    """

    fault: Fault
    first: int
    end: int
    value: float = 0.0
    size: Size = Size(240, 320)  # noqa: RUF009 - frozen


class ScriptedCamera:
    """A device with a script, which counts frames: one with each read, ``_PASSING`` with each try to open it again.

    Nothing depends on a clock, so a slow machine plays the same script. ``open`` gives sources, one after the other, as
    a real device does.

    Args:
        scenes: What goes wrong and when.
        size: Size of its pictures.
        fps: Its rate; 0 gives frames as fast as they are read.
        count: Frames until it ends as a file does; None for no end.
        draw: Paints frame ``number`` into an (H, W, 3) uint8 RGB picture of ``MARKER``, noise and all.
        timeouts: What the watchdog is to let pass.

    Attributes:
        number: Number of the next frame.
        opened: How many times it was opened.
        open_now: How many of its sources are open.
    """

    def __init__(
        self,
        scenes: Sequence[Scene] = (),
        *,
        size: Size = SIZE,
        fps: float = 100.0,
        count: int | None = None,
        draw: Callable[[U8, int], None] | None = None,
        timeouts: Timeouts = _TIMEOUTS,
    ) -> None:
        self.name, self.fps, self.size, self.count, self.timeouts = "scripted", fps, size, count, timeouts
        self.number, self.opened, self.open_now = 0, 0, 0
        self._scenes = tuple(scenes)
        self._draw = draw or _shimmer
        self._tried = False

    def scene(self, *faults: Fault) -> Scene | None:
        """Return what goes wrong now, if it is one of these faults."""
        for scene in self._scenes:
            if scene.fault in faults and scene.first <= self.number < scene.end:
                return scene
        return None

    def open(self) -> ScriptedSource:
        """Open it.

        Raises:
            CameraBusyError: the script says that another program has it.
            CameraError: the script says that it is not there.
        """
        if self._tried:
            self.number += _PASSING
        self._tried = True
        if self.scene(Fault.UNPLUGGED):
            raise CameraError("The camera scripted is not connected.", "Plug it in again.")
        if self.scene(Fault.BUSY):
            raise CameraBusyError("Camera scripted is in use by a test.", "Close it, or use another camera.")
        self.opened += 1
        self.open_now += 1
        return ScriptedSource(self)

    def recover(self) -> None:
        """Go on behind the scene that is played now; from any thread."""
        self.number = max((scene.end for scene in self._scenes if scene.first <= self.number), default=self.number)

    def closed(self) -> None:
        """Hear that a source was closed."""
        self.open_now -= 1

    def picture(self) -> U8:
        """Paint the frame that is next, (H, W, 3) uint8 RGB."""
        resized, still = self.scene(Fault.RESIZED), self.scene(Fault.FROZEN)
        size = resized.size if resized else self.size
        image = np.empty((size.height, size.width, 3), np.uint8)
        image[:] = 0 if self.scene(Fault.BLACK) else MARKER
        if not self.scene(Fault.BLACK):
            self._draw(image, still.first if still else self.number)
        return image


class ScriptedSource:
    """One opening of a ``ScriptedCamera``; see ``FrameSource``."""

    live = True

    def __init__(self, camera: ScriptedCamera) -> None:
        self.name, self.fps, self.timeouts = camera.name, camera.fps or 1000.0, camera.timeouts
        self.warnings: list[Message] = []
        self._camera = camera
        self._closing = threading.Event()
        self._index = 0
        self._due = time.perf_counter()

    def read(self) -> Frame | None:
        """Block for the next frame, or fail as the script says.

        Raises:
            CameraError: the script says that the camera was unplugged.
            RuntimeError: the script says that the driver has a bug.
        """
        camera = self._camera
        if camera.scene(Fault.UNPLUGGED, Fault.BUSY):
            raise CameraError("The camera scripted was unplugged.", "Plug it in again.")
        if camera.scene(Fault.BROKEN):
            camera.number += 1
            raise RuntimeError("a bug of the driver")
        while camera.scene(Fault.SILENT) and not self._closing.wait(1 / self.fps):
            pass
        self._pace()
        if self._closing.is_set() or camera.number == camera.count:
            return None
        jump = camera.scene(Fault.JUMPING)
        at = time.perf_counter() + (jump.value * (-1) ** camera.number if jump else 0.0)
        frame = Frame(camera.picture(), self._index, at)
        self._index += 1
        camera.number += 1
        return frame

    def close(self) -> None:
        """Let the camera go; may be called twice."""
        if not self._closing.is_set():
            self._closing.set()
            self._camera.closed()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _pace(self) -> None:
        slow = self._camera.scene(Fault.SLOW)
        fps = slow.value if slow else self._camera.fps
        if fps:
            self._due = max(self._due + 1 / fps, time.perf_counter())
            self._closing.wait(self._due - time.perf_counter())


def _shimmer(image: U8, number: int) -> None:
    """Make each picture another one, as a sensor's noise does."""
    image[:8, :8] = number % 256, number // 256 % 256, 255
