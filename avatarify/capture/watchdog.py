"""Tells a camera that works from one that stands still, sees nothing, or gives nothing."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from enum import Enum
from typing import Self

import numpy as np

from avatarify.errors import CameraBusyError, DeviceError
from avatarify.frames import U8, Frame

_DARK = 32  # of 255: sensors behind a closed shutter give noise below this
_BRIGHT_SHARE = 0.01  # of all values that must be above it
_STRIDE = 8  # every eighth pixel both ways is enough to tell two pictures of a sensor apart


class CameraFault(Enum):
    """What is wrong with a camera."""

    LOST = "lost"
    BUSY = "busy"
    SILENT = "silent"
    FROZEN = "frozen"
    DARK = "dark"

    @classmethod
    def of(cls, error: Exception) -> CameraFault:
        """What an error of opening or reading means."""
        return cls.BUSY if isinstance(error, CameraBusyError) else cls.LOST


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a source may look dead before it counts as dead, in seconds; infinite where that means nothing.

    Attributes:
        silent_s: Without any picture.
        frozen_s: With the same pixels in every picture: a sensor has noise, a recording may stand still.
        dark_s: With pictures in which nothing is bright.
    """

    silent_s: float = math.inf
    frozen_s: float = math.inf
    dark_s: float = math.inf

    @classmethod
    def camera(cls) -> Self:
        """For a device with a sensor."""
        return cls(silent_s=3.0, frozen_s=5.0, dark_s=2.0)

    @classmethod
    def stream(cls) -> Self:
        """For pictures that come through a network or another program, which may rest."""
        return cls(silent_s=5.0, frozen_s=15.0, dark_s=2.0)


class Watchdog:
    """Looks at every frame of one source after the other; for one thread, but ``silent`` for any.

    Args:
        timeouts: What the source may do.
    """

    def __init__(self, timeouts: Timeouts) -> None:
        self.timeouts = timeouts
        self._print: int | None = None
        self._moved_at = self._bright_at = self._seen_at = math.inf  # nothing is overdue before the opening
        self._frozen = False

    def opened(self, timeouts: Timeouts, now: float) -> None:
        """Begin to wait for the first frame of a source; one that was frozen still is until its picture changes."""
        self.timeouts = timeouts
        self._seen_at = self._moved_at = self._bright_at = now

    def see(self, frame: Frame, now: float) -> CameraFault | None:
        """Judge a frame that came at ``now``, in seconds; None if all is well."""
        self._seen_at = now
        sample = frame.image[::_STRIDE, ::_STRIDE]
        if self._has_moved(sample):
            self._moved_at, self._frozen = now, False
        if not is_dark(sample):
            self._bright_at = now
        if now - self._bright_at >= self.timeouts.dark_s:
            return CameraFault.DARK
        self._frozen = self._frozen or now - self._moved_at >= self.timeouts.frozen_s
        return CameraFault.FROZEN if self._frozen else None

    def stands_still(self, now: float) -> bool:
        """Say whether the picture has been the same for longer than the timeout, since it came or since the opening."""
        return self._frozen and now - self._moved_at >= self.timeouts.frozen_s

    def silent(self, now: float) -> bool:
        """Say whether the next frame is overdue."""
        return now - self._seen_at >= self.timeouts.silent_s

    def _has_moved(self, sample: U8) -> bool:
        known, self._print = self._print, zlib.crc32(sample.tobytes())
        return known != self._print


def is_dark(sample: U8) -> bool:
    """Say whether nothing in a picture, (H, W, 3) uint8 RGB, is bright: a closed lens, or night."""
    return bool(np.count_nonzero(sample >= _DARK) < _BRIGHT_SHARE * sample.size)


def describe_fault(fault: CameraFault, name: str, timeouts: Timeouts) -> DeviceError:
    """Put a fault into words for which there is no error yet."""
    if fault is CameraFault.DARK:
        return DeviceError(f"The camera {name} sees nothing but black.", "Open its privacy shutter, or give it light.")
    if fault is CameraFault.FROZEN:
        what = f"The camera {name} shows the same picture for {timeouts.frozen_s:.0f} s."
        return DeviceError(what, "It is opened again; if that does not help, check its privacy switch or its cable.")
    what = f"The camera {name} has given no picture for {timeouts.silent_s:.0f} s."
    return DeviceError(what, "If it does not go on by itself, unplug it and plug it in again.")
