"""Errors a person can act on: what happened, and what to do."""

from __future__ import annotations

from avatarify.messages import Message, join


class AvatarifyError(Exception):
    """An expected failure.

    Args:
        message: What happened, one sentence, naming the file, device or value at fault.
        hint: What to do about it, one sentence; may be empty.
        values: What stands in for the named fields of both templates (see ``Message``).
    """

    def __init__(self, message: str | Message, hint: str | Message = "", /, **values: object) -> None:
        self.message = message if isinstance(message, Message) else Message(message, **values)
        self.hint = hint if isinstance(hint, Message) else Message(hint, **values)
        super().__init__(self.message, self.hint)

    @property
    def whole(self) -> Message:
        """Message and hint as one."""
        return join([self.message, self.hint])

    def __str__(self) -> str:
        return str(self.whole)


class InputError(AvatarifyError):
    """A file, picture or video given by the user cannot be used."""


class DeviceError(AvatarifyError):
    """A camera, virtual camera or GPU cannot be opened or was lost."""


class CameraError(DeviceError):
    """The chosen camera, stream or screen cannot be opened, was lost, or shows nothing of use."""


class CameraBusyError(CameraError):
    """Another program holds the camera."""


class VirtualCameraError(DeviceError):
    """There is no virtual camera, or it cannot be opened or was lost."""


class ModelError(AvatarifyError):
    """Weights are missing, damaged, of another shape, or unknown."""


class EngineError(AvatarifyError):
    """A graph cannot be built, loaded or trusted."""


class MotionError(AvatarifyError):
    """Key points from which no motion can be computed (degenerate Jacobian, hull without area, NaN)."""


class UsageError(AvatarifyError):
    """The command line is wrong (exit code 2)."""


def first_line(error: BaseException) -> str:
    """Return the first line of a library's error without its final period; the class's name if it has no text."""
    return _lines(error)[0]


def last_line(error: BaseException) -> str:
    """Return the last line of a library's error, where C++ libraries say what happened; the rest says in which file."""
    return _lines(error)[-1]


def one_line(error: BaseException) -> str:
    """Return all lines of a library's error, separated by semicolons."""
    return "; ".join(_lines(error))


def _lines(error: BaseException) -> list[str]:
    lines = (line.strip().rstrip(".") for line in str(error).splitlines())
    return [line for line in lines if line] or [type(error).__name__]
