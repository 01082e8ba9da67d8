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
from typing import Any
from urllib.parse import urlsplit

from avatarify import __version__
from avatarify.errors import ModelError
from avatarify.files import sha256_of
from avatarify.messages import Message

_TIMEOUT_S = 30
_CHUNK = 1 << 18
LARGEST = 4 << 30  # bytes of a file whose size is not known beforehand
_WORTHWHILE, _RETRIES = 1 << 20, 5  # a server that keeps sending less than this is given up
_FAILURES = (OSError, http.client.HTTPException, ValueError)

# Called with the number of bytes received and in all (0 where the server does not say).
Bytes = Callable[[int, int], None]


class _RefusedError(ValueError):
    """An address that may not be used."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class _TooLargeError(Exception):
    """The server sends more than the file can have."""


def fetch(urls: Sequence[str], sha256: str, target: Path, progress: Bytes, largest: int = LARGEST) -> None:
    """Download a file. What arrived before a failure is kept as ``<target>.<hash>.part`` for the next call.

    Args:
        urls: The file's addresses, tried in order: https, or http on this computer.
        sha256: Expected hash of the file, 64 lower-case hexadecimal digits.
        target: Where it goes; written only if the hash is right.
        progress: Called after each chunk.
        largest: Bytes of the file at most.

    Raises:
        ModelError: No address delivered the file; the message says why the last one did not.
    """
    part = target.with_name(f"{target.name}.{sha256[:16]}.part")
    problem = Message("no address is known")
    for url in urls:
        try:
            if _size(part) == 0 or sha256_of(part) != sha256:
                _download(url, part, progress, largest)
            found = sha256_of(part)
        except _TooLargeError:
            part.unlink(missing_ok=True)
            problem = Message("{url} delivers more than {limit:.0f} MB", url=url, limit=largest / 1e6)
            continue
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


def _download(url: str, part: Path, progress: Bytes, largest: int) -> None:
    """Download the rest of a file; after a failure retry at once, a few times or for as long as much arrives."""
    retries = 0
    while True:
        before = _size(part)
        try:
            return _download_rest(url, part, progress, largest)
        except _FAILURES:
            retries = 0 if _size(part) - before >= _WORTHWHILE else retries + 1
            if _size(part) <= before or retries > _RETRIES:
                raise


def _download_rest(url: str, part: Path, progress: Bytes, largest: int) -> None:
    with _open(url, part) as response:
        have = _size(part)
        resumed = response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        done = have if resumed else 0
        length = response.headers.get("Content-Length")
        total = done + int(length) if length else 0
        if total > largest:
            raise _TooLargeError
        with part.open("ab" if resumed else "wb") as out:
            while chunk := response.read(_CHUNK):
                out.write(chunk)
                done += len(chunk)
                if done > largest:
                    raise _TooLargeError
                progress(done, total)
    if done < total:
        raise ConnectionError(f"the connection was lost after {done} of {total} bytes")


def _open(url: str, part: Path) -> http.client.HTTPResponse:
    """Request what is missing of a file."""
    have = _size(part)
    headers = {"User-Agent": f"avatarify/{__version__}"} | ({"Range": f"bytes={have}-"} if have else {})
    try:
        opener = urllib.request.OpenerDirector()
        for handler in _HANDLERS:
            opener.add_handler(handler())
        answer: http.client.HTTPResponse = opener.open(_request(url, headers), timeout=_TIMEOUT_S)
        return answer
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE or not have:
            raise
    part.unlink()  # it is as long as the file or longer, but not the file
    return _open(url, part)


def _request(url: str, headers: dict[str, str]) -> urllib.request.Request:
    if not is_allowed(url):
        raise _RefusedError(Message("only https is allowed"))
    return urllib.request.Request(url, headers=headers)


def is_allowed(url: str) -> bool:
    """Return whether something may be downloaded from an address: https, or http on this computer."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1"))


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to allowed addresses only."""

    def redirect_request(
        self, request: urllib.request.Request, answer: Any, code: int, reason: str, headers: Any, to: str
    ) -> urllib.request.Request | None:
        """Return the request for the new address."""
        if not is_allowed(to):
            raise _RefusedError(Message("it redirects to an address that is not https"))
        return super().redirect_request(request, answer, code, reason, headers, to)


# No other protocols than these, such as ftp, file, and data.
_HANDLERS: tuple[Callable[[], urllib.request.BaseHandler], ...] = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
    _Redirects,
)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _reason(error: Exception) -> Message | str:
    if isinstance(error, urllib.error.HTTPError):
        return Message("the server responds with {code} {reason}", code=error.code, reason=error.reason)
    if isinstance(error, _RefusedError):
        return error.message
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    return str(getattr(reason, "strerror", None) or reason)
