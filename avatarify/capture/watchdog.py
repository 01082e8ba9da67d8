"""Detects a camera that is frozen, covered, or silent."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from enum import Enum
from typing import Self

import numpy as np

from avatarify.errors import CameraBusyError, CameraError
from avatarify.frames import U8, Frame

_DARK = 32  # of 255: the noise of a sensor behind a closed shutter stays below this
_BRIGHT_FRACTION = 0.01  # of all values: must be above ``_DARK``
_STRIDE = 8  # every eighth pixel in both directions is enough to tell two frames of a sensor apart


class CameraFault(Enum):
    """What is wrong with a camera."""

    LOST = "lost"
    BUSY = "busy"
    SILENT = "silent"
    FROZEN = "frozen"
    DARK = "dark"

    @classmethod
    def of(cls, error: Exception) -> CameraFault:
        """Return the fault that an error of opening or reading stands for."""
        return cls.BUSY if isinstance(error, CameraBusyError) else cls.LOST


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long each symptom may last before the source counts as faulty, in seconds; infinite for never.

    Attributes:
        silent_s: No frame arrives.
        frozen_s: Every frame has the same pixels. The noise of a sensor prevents that; a recording may be static.
        dark_s: Nothing in the frames is bright.
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
        """For frames from a network or another program, which may be static for a while."""
        return cls(silent_s=5.0, frozen_s=15.0, dark_s=2.0)


class Watchdog:
    """Checks each frame of a source.

    One thread calls it, except for ``silent``, which any thread may call.

    Args:
        timeouts: When the source counts as faulty.
    """

    def __init__(self, timeouts: Timeouts) -> None:
        self.timeouts = timeouts
        self._checksum: int | None = None
        self._moved_at = self._bright_at = self._seen_at = math.inf  # nothing is overdue before the source is open
        self._frozen = False

    def opened(self, timeouts: Timeouts, now: float) -> None:
        """Start to wait for the first frame of a source; a frozen source remains frozen until its picture changes."""
        self.timeouts = timeouts
        self._seen_at = self._moved_at = self._bright_at = now

    def see(self, frame: Frame, now: float) -> CameraFault | None:
        """Check a frame that arrived at ``now``, in seconds; return None if the source works."""
        self._seen_at = now
        sample = frame.image[::_STRIDE, ::_STRIDE]
        if self._has_changed(sample):
            self._moved_at, self._frozen = now, False
        if not is_dark(sample):
            self._bright_at = now
        if now - self._bright_at >= self.timeouts.dark_s:
            return CameraFault.DARK
        self._frozen = self._frozen or now - self._moved_at >= self.timeouts.frozen_s
        return CameraFault.FROZEN if self._frozen else None

    def stands_still(self, now: float) -> bool:
        """Return whether the picture has been the same for the whole timeout, since it came or since the opening."""
        return self._frozen and now - self._moved_at >= self.timeouts.frozen_s

    def silent(self, now: float) -> bool:
        """Return whether the next frame is overdue."""
        return now - self._seen_at >= self.timeouts.silent_s

    def _has_changed(self, sample: U8) -> bool:
        """Return whether the sampled pixels, (h, w, 3) uint8, differ from the last ones."""
        before, self._checksum = self._checksum, zlib.crc32(sample.tobytes())
        return before != self._checksum


def is_dark(sample: U8) -> bool:
    """Return whether nothing in a picture is bright: a closed lens, or night.

    Args:
        sample: (H, W, 3) uint8 RGB.
    """
    return bool(np.count_nonzero(sample >= _DARK) < _BRIGHT_FRACTION * sample.size)


def describe_fault(fault: CameraFault, name: str, timeouts: Timeouts) -> CameraError:
    """Return the error for a fault that the watchdog has detected: ``DARK``, ``FROZEN`` or ``SILENT``."""
    if fault is CameraFault.DARK:
        return CameraError("Camera {name} shows only black.", "Open its privacy shutter, or add light.", name=name)
    if fault is CameraFault.FROZEN:
        return CameraError(
            "Camera {name} has shown the same picture for {seconds:.0f} s.",
            "Reconnecting. If that fails, check its privacy switch and its cable.",
            name=name,
            seconds=timeouts.frozen_s,
        )
    return CameraError(
        "Camera {name} has delivered no frame for {seconds:.0f} s.",
        "If it does not recover, unplug it and plug it in again.",
        name=name,
        seconds=timeouts.silent_s,
    )
