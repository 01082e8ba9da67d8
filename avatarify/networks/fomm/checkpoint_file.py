"""Judges a checkpoint by its bytes, before torch is imported and before anything in it is read."""

from __future__ import annotations

import contextlib
import pickletools
import zipfile
from pathlib import Path

from avatarify.errors import ModelError

MOST_TENSORS = 10_000  # a checkpoint with its optimizers has about 1,000
_ZIP, _PICKLE = b"PK", b"\x80"  # a zip archive, or a pickle as torch wrote it before 1.6
_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<head")
_ENTRIES = 10, 12  # where the record at the end of a zip archive has the number of its files


def check_file(path: Path) -> None:
    """Refuse what cannot be a torch checkpoint, or would take minutes to read.

    Raises:
        ModelError: The file cannot be read, is a web page, an archive of other files, or no checkpoint, or contains too
            many tensors.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(512)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        text = "The checkpoint {path} cannot be read: {reason}."
        raise ModelError(text, "Check the name.", path=path, reason=reason) from error
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE):
        raise ModelError("{path} is a web page, not a checkpoint.", "Download the file itself.", path=path)
    if not start.startswith((_ZIP, _PICKLE)):
        raise ModelError(
            "{path} is not a torch checkpoint.", "Give a .pth.tar file such as vox-cpk.pth.tar.", path=path
        )
    if (_entries(path) if start.startswith(_ZIP) else _tensors(path)) > MOST_TENSORS:
        raise too_many(path)


def too_many(path: Path) -> ModelError:
    """Return the error for a file with more tensors than any model of this kind."""
    text = "{path} has more than {limit} tensors, which no model here has."
    return ModelError(text, "Use a file from the model's own publisher.", path=path, limit=MOST_TENSORS)


def _entries(path: Path) -> int:
    """Return the number of files in a zip archive; refuse one that torch has not written.

    The number is read first: listing a million files takes seconds.
    """
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - (1 << 16)))
        end = stream.read()
    record = end[end.rfind(b"PK\x05\x06") :]
    count = int.from_bytes(record[slice(*_ENTRIES)], "little")
    if count > MOST_TENSORS:
        return count
    with contextlib.suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError):  # torch will say so
        with zipfile.ZipFile(path) as archive:
            inside = archive.infolist()
        if any(one.compress_type for one in inside) or not any(one.filename.endswith("data.pkl") for one in inside):
            hint = "Unpack it, and give the checkpoint inside."
            raise ModelError("{path} is an archive of other files.", hint, path=path)
    return count


def _tensors(path: Path) -> int:
    """Count the tensors in a pickle of torch's old format, as far as it can be read; stops where they are too many."""
    count = 0
    with path.open("rb") as stream, contextlib.suppress(ValueError, IndexError, UnicodeError, OverflowError):
        for _ in range(4):  # a magic number, the version, facts about the machine, and the content
            for operation, _, _ in pickletools.genops(stream):
                count += operation.name == "BINPERSID"
                if count > MOST_TENSORS:
                    return count
    return count
