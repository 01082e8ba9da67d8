"""The one place that turns what Python raises at a boundary into a sentence: files, names, consoles, memory, disks."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator

from avatarify.errors import AvatarifyError, InputError, first_line
from avatarify.messages import Message

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
# What libraries write into a RuntimeError or ImportError where they got no memory, or no thread.
_NO_MEMORY = ("allocate memory", "bad alloc", "out of memory", "failed to map segment", "can't start new thread")
_NOTHING_LEFT = (errno.ENOMEM, errno.EAGAIN)  # memory, or threads
_EXTRAS = {"torch": "train", "scipy": "train", "onnxslim": "cuda"}  # the extra that brings a module
_SHOWN = 100  # letters of a name
_KINDS = (OSError, UnicodeError, ValueError, RecursionError, MemoryError)


def explained(error: BaseException) -> AvatarifyError | None:
    """Return an error that a person can act on, or None for one that only a programmer can.

    Args:
        error: Anything; an ``AvatarifyError`` is returned as it is.
    """
    if isinstance(error, AvatarifyError):
        return error
    no_memory = isinstance(error, OSError) and error.errno in _NOTHING_LEFT and not error.filename
    if no_memory or isinstance(error, MemoryError) or any(text in str(error).lower() for text in _NO_MEMORY):
        return InputError("There is not enough memory.", "Close other programs, or use smaller files.")
    if isinstance(error, ModuleNotFoundError) and (extra := _EXTRAS.get(str(error.name))):
        command = "Run: pip install 'avatarify[{extra}]'"
        return InputError("This needs {package}, which is not installed.", command, package=error.name, extra=extra)
    if not isinstance(error, _KINDS):
        return None
    if isinstance(error, OSError) and error.errno in _FULL:
        return InputError("The disk is full.", "Free some space.")
    file = _name(error.filename) if isinstance(error, OSError) else ""
    if file:
        hint = "Check the name, the folder, and its permissions."
        return InputError("{file} cannot be used: {reason}.", hint, file=file, reason=reason_of(error))
    return InputError(
        "The input cannot be used: {reason}.",
        "Check the options and the files. With --debug, the place of the error is shown.",
        reason=reason_of(error),
    )


def reason_of(error: BaseException) -> Message | str:
    """Return in a few words why something cannot be read or used."""
    if isinstance(error, UnicodeError):
        encoding = getattr(error, "encoding", "utf-8")
        return Message("it has characters that are not valid in {encoding}", encoding=encoding)
    if isinstance(error, RecursionError):
        return Message("it is nested too deeply")
    if isinstance(error, MemoryError):
        return Message("there is not enough memory")
    if isinstance(error, OSError) and error.strerror:
        return str(error.strerror)
    return first_line(error)[:_SHOWN]


@contextlib.contextmanager
def reading(name: object) -> Iterator[None]:
    """Turn what a parser raises inside the block into an InputError that names the file.

    Args:
        name: What is read.

    Raises:
        InputError: It cannot be read.
    """
    try:
        yield
    except AvatarifyError:
        raise
    except Exception as error:  # damaged files make parsers raise whatever their parts happen to meet
        text = "{name} cannot be read: {reason}."
        raise InputError(text, "Get the file again.", name=_name(name), reason=reason_of(error)) from error


def _name(file: object) -> str:
    text = os.fsdecode(file) if isinstance(file, bytes) else str(file or "")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
