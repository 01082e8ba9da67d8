"""Messages come back as they were sent, and what no honest app or host sends is refused before it costs anything."""

import json
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest

from avatarify.frames import Keypoints
from avatarify.remote.portrait import SentPortrait, portrait_id
from avatarify.remote.protocol import (
    MOST_PORTRAIT,
    Hello,
    ProtocolError,
    pack_pose,
    portrait_of,
    unpack_pose,
    unpack_text,
)

POINTS, SIDE = 5, 64
DIGEST = "0123456789abcdef" * 4


def keypoints(seed: int = 0) -> Keypoints:
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, (POINTS, 2)).astype(np.float32)
    return Keypoints(points, np.eye(2, dtype=np.float32) + rng.normal(0, 0.1, (POINTS, 2, 2)).astype(np.float32))


def portrait() -> SentPortrait:
    rng = np.random.default_rng(1)
    crop = np.cumsum(rng.integers(0, 3, (SIDE, SIDE, 3)), 1).astype(np.uint8)
    return SentPortrait(crop, rng.integers(0, 256, (SIDE, SIDE)).astype(np.uint8), keypoints())


def test_a_pose_comes_back_exactly_and_is_small() -> None:
    data = pack_pose(7, keypoints(3))
    assert len(data) == 8 + 24 * POINTS
    number, found = unpack_pose(data, POINTS)
    assert number == 7
    assert np.array_equal(found.points, keypoints(3).points)
    assert np.array_equal(found.jacobians, keypoints(3).jacobians)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30, -9.0])
@pytest.mark.parametrize("place", [0, 3])
def test_a_pose_with_an_impossible_number_is_refused(value: float, place: int) -> None:
    data = bytearray(pack_pose(0, keypoints()))
    struct.pack_into("<f", data, 8 + 4 * place, value if place < 2 else value * 1e3)
    with pytest.raises(ProtocolError):
        unpack_pose(bytes(data), POINTS)


def test_a_pose_without_an_inverse_or_of_another_length_is_refused() -> None:
    flat = Keypoints(keypoints().points, np.zeros((POINTS, 2, 2), np.float32))
    with pytest.raises(ProtocolError, match="animated"):
        unpack_pose(pack_pose(0, flat), POINTS)
    for data in (b"", pack_pose(0, keypoints())[:-1], pack_pose(0, keypoints()) + b"x"):
        with pytest.raises(ProtocolError, match="length"):
            unpack_pose(data, POINTS)


def test_a_hello_comes_back() -> None:
    assert Hello.unpack(Hello(DIGEST, 81).pack()) == Hello(DIGEST, 81)


@pytest.mark.parametrize(
    "text",
    [
        b"{}",
        "{",
        "[]",
        "{}",
        "[" * 1999,
        " " * 2001,
        json.dumps({"v": 2, "weights": DIGEST, "points": 81}),
        json.dumps({"v": 1, "weights": "ABC", "points": 81}),
        json.dumps({"v": 1, "weights": DIGEST, "points": True}),
        json.dumps({"v": 1, "weights": DIGEST, "points": 10**9}),
    ],
)
def test_other_hellos_are_refused(text: object) -> None:
    with pytest.raises(ProtocolError):
        Hello.unpack(text)


def test_the_id_of_a_portrait_must_be_a_digest() -> None:
    assert portrait_of(unpack_text(json.dumps({"portrait": DIGEST}))) == DIGEST
    for value in (None, 5, DIGEST[:-1], "../" + DIGEST[3:]):
        with pytest.raises(ProtocolError):
            portrait_of({"portrait": value})


def test_a_portrait_comes_back_exactly() -> None:
    data = portrait().pack()
    found = SentPortrait.unpack(data, SIDE, POINTS)
    assert np.array_equal(found.crop, portrait().crop)
    assert np.array_equal(found.matte, portrait().matte)
    assert np.array_equal(found.keypoints.points, portrait().keypoints.points)
    assert len(portrait_id(data)) == 64


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *, kind: bytes = b"\x08\x06\x00\x00\x00", extra: bytes = b"") -> bytes:
    rows = zlib.compress(b"\0" * (SIDE * (4 * SIDE + 1)))
    head = chunk(b"IHDR", struct.pack(">II", width, height) + kind)
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_the_picture_of_these_tests_would_be_accepted() -> None:
    head = portrait().pack()[: 24 * POINTS]
    assert SentPortrait.unpack(head + png(SIDE, SIDE), SIDE, POINTS).crop.shape == (SIDE, SIDE, 3)


@pytest.mark.parametrize(
    "make",
    [
        lambda: png(30_000, 30_000),
        lambda: png(SIDE, SIDE + 1),
        lambda: png(SIDE, SIDE, kind=b"\x10\x06\x00\x00\x00"),
        lambda: png(SIDE, SIDE, kind=b"\x08\x06\x00\x00\x01"),
        lambda: png(SIDE, SIDE, extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000)))),
        lambda: png(SIDE, SIDE, extra=chunk(b"IHDR", b"")[:-7]),
        lambda: png(SIDE, SIDE)[:-50],
        lambda: b"\xff\xd8\xff" + bytes(100),
        lambda: b"",
        lambda: bytes(MOST_PORTRAIT),
    ],
)
def test_other_portraits_are_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(ProtocolError):
        SentPortrait.unpack(portrait().pack()[: 24 * POINTS] + make(), SIDE, POINTS)
