"""Downloads a file: resumed where it broke off, from the next mirror if one fails, checked by SHA-256.

The library pooch checks hashes but does not resume: it opens the target anew and sends no ``Range`` header. Checkpoints
have hundreds of megabytes, so an interrupted download is worth continuing.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from avatarify import __version__
from avatarify.errors import ModelError
from avatarify.files import sha256_of
from avatarify.messages import Message

_TIMEOUT_S = 30
_CHUNK = 1 << 18
_FAILURES = (OSError, http.client.HTTPException, ValueError)

# Called with the number of bytes received and in all (0 where the server does not say).
Bytes = Callable[[int, int], None]


def fetch(urls: Sequence[str], sha256: str, target: Path, progress: Bytes) -> None:
    """Download a file. What arrived before a failure is kept as ``<target>.<hash>.part`` for the next call.

    Args:
        urls: The file's addresses (http or https), tried in order.
        sha256: Expected hash of the file, 64 lower-case hexadecimal digits.
        target: Where it goes; written only if the hash is right.
        progress: Called after each chunk.

    Raises:
        ModelError: No address delivered the file; the message says why the last one did not.
    """
    part = target.with_name(f"{target.name}.{sha256[:16]}.part")
    problem = Message("no address is known")
    for url in urls:
        try:
            if _size(part) == 0 or sha256_of(part) != sha256:
                _download(url, part, progress)
            found = sha256_of(part)
        except _FAILURES as error:
            problem = Message("{url}: {reason}", url=url, reason=_reason(error))
            continue
        if found == sha256:
            part.replace(target)
            return
        part.unlink()
        problem = Message(
            "{url} delivers another file (SHA-256 {found}…, not {expected}…)",
            url=url,
            found=found[:12],
            expected=sha256[:12],
        )
    raise ModelError(
        "{file} could not be downloaded: {reason}.",
        "Check the connection and try again.",
        file=target.name,
        reason=problem,
    )


def _download(url: str, part: Path, progress: Bytes) -> None:
    """Download the rest of a file; after a failure retry at once for as long as something arrives."""
    while True:
        before = _size(part)
        try:
            return _download_rest(url, part, progress)
        except _FAILURES:
            if _size(part) <= before:
                raise


def _download_rest(url: str, part: Path, progress: Bytes) -> None:
    with _open(url, part) as response:
        have = _size(part)
        resumed = response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        done = have if resumed else 0
        length = response.headers.get("Content-Length")
        total = done + int(length) if length else 0
        with part.open("ab" if resumed else "wb") as out:
            while chunk := response.read(_CHUNK):
                out.write(chunk)
                done += len(chunk)
                progress(done, total)
    if done < total:
        raise ConnectionError(f"the connection was lost after {done} of {total} bytes")


def _open(url: str, part: Path) -> http.client.HTTPResponse:
    """Request what is missing of a file."""
    have = _size(part)
    headers = {"User-Agent": f"avatarify/{__version__}"} | ({"Range": f"bytes={have}-"} if have else {})
    try:
        answer: http.client.HTTPResponse = urllib.request.urlopen(
            urllib.request.Request(url, headers=headers), timeout=_TIMEOUT_S
        )
        return answer
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE or not have:
            raise
    part.unlink()  # it is as long as the file or longer, but not the file
    return _open(url, part)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _reason(error: Exception) -> Message | str:
    if isinstance(error, urllib.error.HTTPError):
        return Message("the server responds with {code} {reason}", code=error.code, reason=error.reason)
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    return str(getattr(reason, "strerror", None) or reason)
