"""Driving videos from a pipe: they are read twice, so they are copied to a temporary file first."""

from __future__ import annotations

import contextlib
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from avatarify.errors import InputError

STANDARD_INPUT = "-"


@contextlib.contextmanager
def readable_twice(text: str) -> Iterator[str]:
    """Give the name of a driver that can be opened again; what comes from a pipe is in a temporary file meanwhile.

    Args:
        text: The name of a driver; ``-`` for standard input.

    Raises:
        InputError: The pipe cannot be read to its end, or nothing comes.
    """
    if text != STANDARD_INPUT and not _is_pipe(Path(text)):
        yield text
        return
    with tempfile.TemporaryDirectory(prefix="avatarify-") as folder:
        file = Path(folder) / ("standard-input" if text == STANDARD_INPUT else "pipe")
        try:
            with _opened(text) as pipe, file.open("wb") as copy:
                shutil.copyfileobj(pipe, copy)
        except OSError as error:
            reason = error.strerror or error
            raise InputError(
                "{name} cannot be read: {reason}.", "Save it to a file.", name=text, reason=reason
            ) from error
        yield str(file)


def _opened(text: str) -> contextlib.AbstractContextManager[BinaryIO]:
    if text == STANDARD_INPUT:
        return contextlib.nullcontext(cast(BinaryIO, sys.stdin.buffer))
    return Path(text).open("rb")


def _is_pipe(path: Path) -> bool:
    try:
        return stat.S_ISFIFO(path.stat().st_mode)
    except (OSError, ValueError):
        return False
