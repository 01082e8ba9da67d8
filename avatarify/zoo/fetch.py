"""Gets a file over the network: resumed where it broke off, from the next mirror if one fails, checked by SHA-256."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from avatarify import __version__
from avatarify.errors import ModelError
from avatarify.files import sha256_of

_TIMEOUT_S = 30
_CHUNK = 1 << 18
_FAILURES = (OSError, http.client.HTTPException, ValueError)

# Called with bytes there and bytes in all (0 where the server does not say).
Bytes = Callable[[int, int], None]


def fetch(urls: Sequence[str], sha256: str, target: Path, progress: Bytes) -> None:
    """Download a file. What arrived before a failure is kept as ``<target>.<hash>.part`` for the next call.

    Args:
        urls: The file's addresses (http or https), tried in order.
        sha256: What the whole file must hash to, 64 lower-case hexadecimal digits.
        target: Where it goes; written only when the hash is right.
        progress: Told how much is there.

    Raises:
        ModelError: no address gave the file; the message says why the last one did not.
    """
    part = target.with_name(f"{target.name}.{sha256[:16]}.part")
    problem = "no address is known"
    for url in urls:
        try:
            if _size(part) == 0 or sha256_of(part) != sha256:
                _download(url, part, progress)
            found = sha256_of(part)
        except _FAILURES as error:
            problem = f"{url}: {_reason(error)}"
            continue
        if found == sha256:
            part.replace(target)
            return
        part.unlink()
        problem = f"{url} gives another file (SHA-256 {found[:12]}…, not {sha256[:12]}…)"
    raise ModelError(f"{target.name} could not be downloaded: {problem}.", "Check the connection and try again.")


def _download(url: str, part: Path, progress: Bytes) -> None:
    """Get the rest of a file; after a break go on at once for as long as something arrives."""
    while True:
        before = _size(part)
        try:
            return _get_rest(url, part, progress)
        except _FAILURES:
            if _size(part) <= before:
                raise


def _get_rest(url: str, part: Path, progress: Bytes) -> None:
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
        raise ConnectionError(f"the connection broke off after {done} of {total} bytes")


def _open(url: str, part: Path) -> http.client.HTTPResponse:
    """Ask for what is missing of a file."""
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
    part.unlink()  # it is as long as the file or longer, and yet not the file
    return _open(url, part)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answers {error.code} {error.reason}"
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    return str(getattr(reason, "strerror", None) or reason)
