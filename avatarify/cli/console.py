"""Standard input, output, and error in every state in which a command can be started."""

from __future__ import annotations

import contextlib
import os
import sys

from avatarify.boundary import reason_of
from avatarify.errors import InputError

_REPLACING = "backslashreplace"


def open_streams() -> None:
    """Make the standard streams usable: closed ones lead nowhere, and no letter is one that they cannot write.

    A closed descriptor would be given to the next file that is opened, and libraries would write messages into it.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  as long as the program lives
        elif hasattr(stream, "reconfigure") and stream.errors != _REPLACING:
            stream.reconfigure(errors=_REPLACING)


def print_result(text: str) -> None:
    """Write the result of a command to standard output, all of it.

    Raises:
        InputError: It cannot be written.
        BrokenPipeError: Nobody reads it any more.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        raise InputError(
            "The result cannot be written: {reason}.", "Send it somewhere else.", reason=reason_of(error)
        ) from error


def drop_output() -> None:
    """Lead standard output nowhere, so that Python does not try again at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
