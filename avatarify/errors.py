"""Errors a person can act on: what happened, and what to do."""

from __future__ import annotations


class AvatarifyError(Exception):
    """An expected failure.

    Args:
        message: What happened, one sentence, naming the file, device or value at fault.
        hint: What to do about it, one sentence; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(AvatarifyError):
    """A file, picture or video given by the user cannot be used."""


class DeviceError(AvatarifyError):
    """A camera, virtual camera or GPU cannot be opened or was lost."""


class CameraBusyError(DeviceError):
    """Another program holds the camera."""


class ModelError(AvatarifyError):
    """Weights are missing, damaged, of another shape, or unknown."""


class EngineError(AvatarifyError):
    """A graph cannot be built, loaded or trusted."""


class MotionError(AvatarifyError):
    """Key points from which no motion can be computed (degenerate Jacobian, hull without area, NaN)."""


class UsageError(AvatarifyError):
    """The command line is wrong (exit code 2)."""
