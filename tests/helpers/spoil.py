"""Damages files in ways that storage, networks, and attackers do; the same seed damages alike."""

import random

_NUMBERS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\1")
_DEEP = (b"[" * 3000, b"{" * 3000, b"9" * 5000)
_WORDS = (*_DEEP, b'"', b"\xff\xfe", b"NaN", b"-1", b"null", b"1e999", b"\0", b"]", b"true")


def spoiled(data: bytes, seed: int) -> bytes:
    """Return a damaged copy."""
    rng = random.Random(seed)
    content = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not content:
            return bytes(content)
        rng.choice((_flip, _cut, _insert, _overwrite, _double, _remove))(content, rng)
    return bytes(content)


def _at(content: bytearray, rng: random.Random) -> int:
    """Choose a place, in half of all cases near the beginning, where the headers are."""
    return rng.randrange(min(len(content), rng.choice((64, 1024, len(content)))))


def _flip(content: bytearray, rng: random.Random) -> None:
    content[_at(content, rng)] ^= 1 << rng.randrange(8)


def _cut(content: bytearray, rng: random.Random) -> None:
    del content[_at(content, rng) :]


def _insert(content: bytearray, rng: random.Random) -> None:
    place = _at(content, rng)
    content[place:place] = rng.choice((*_WORDS, rng.randbytes(rng.randrange(1, 64))))


def _overwrite(content: bytearray, rng: random.Random) -> None:
    place, number = _at(content, rng), rng.choice(_NUMBERS)
    content[place : place + len(number)] = number


def _double(content: bytearray, rng: random.Random) -> None:
    start = _at(content, rng)
    content[start:start] = content[start : start + rng.randrange(1, 512)]


def _remove(content: bytearray, rng: random.Random) -> None:
    start = _at(content, rng)
    del content[start : start + rng.randrange(1, 64)]
