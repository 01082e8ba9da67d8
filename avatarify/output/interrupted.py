"""Recordings that a kill, crash, or power cut interrupted: each has a note in the data folder, by which it is found."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from avatarify import paths
from avatarify.errors import InputError
from avatarify.files import private_folder, write_atomic
from avatarify.output.recover_recording import cut_to_last_fragment
from avatarify.partial import is_abandoned, partial_files


@dataclass(frozen=True)
class Interrupted:
    """A recording that was not finished.

    Attributes:
        part: The temporary file with what was recorded.
        goal: The file that it was going to become.
        note: The file that says so.
    """

    part: Path
    goal: Path
    note: Path

    def keep(self) -> Path | None:
        """Make the recording playable and move it to its place, or beside it if that is taken.

        Returns:
            The file; None if nothing was recorded yet, or if it is gone.

        Raises:
            InputError: It cannot be moved.
        """
        found = None
        with self._errors():
            if self.part.exists() and cut_to_last_fragment(self.part):
                found = _free(self.goal)
                os.replace(self.part, found)
        self.delete()
        return found

    def delete(self) -> None:
        """Delete what was recorded.

        Raises:
            InputError: It cannot be deleted.
        """
        with self._errors():
            self.part.unlink(missing_ok=True)
            self.note.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise InputError(
                "The interrupted recording {file} cannot be moved or deleted: {reason}.",
                "Make its folder writable, or free some disk space.",
                file=self.part,
                reason=error.strerror,
            ) from error


def note(part: Path, goal: Path) -> Interrupted:
    """Note that a recording has begun; call ``delete`` or remove the note once it is finished.

    Args:
        part: The temporary file.
        goal: The file that it will become.
    """
    begun = Interrupted(part.absolute(), goal.absolute(), _folder() / f"{os.getpid()}-{os.urandom(4).hex()}.json")
    content = json.dumps({"part": str(begun.part), "goal": str(begun.goal)})
    with contextlib.suppress(OSError):  # a folder that cannot be written must not keep anybody from recording
        private_folder(begun.note.parent)
        write_atomic(begun.note, content.encode(), private=True)
    return begun


def interrupted() -> Iterator[Interrupted]:
    """Yield the recordings of processes that have ended; notes of recordings that are gone are removed."""
    for file in sorted(_folder().glob("*.json")):
        found = _read(file)
        if found is None or not found.part.exists():
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
        elif is_abandoned(found.part):
            yield found


def remove_abandoned(goal: Path) -> None:
    """Remove what killed processes left beside a file, except recordings that can be kept."""
    kept = {found.part for found in interrupted()}
    for left in partial_files(goal):
        if left not in kept and is_abandoned(left):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _folder() -> Path:
    return paths.data() / "recordings"


def _read(file: Path) -> Interrupted | None:
    try:
        values = json.loads(file.read_bytes())
        return Interrupted(Path(values["part"]), Path(values["goal"]), file)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _free(goal: Path) -> Path:
    numbered = (goal.with_name(f"{goal.stem} {number}{goal.suffix}") for number in itertools.count(2))
    return next(file for file in itertools.chain([goal], numbered) if not file.exists())
