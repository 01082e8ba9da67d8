"""The portrait as a message: PNG with the matte in its alpha channel, and key points. It is sent once."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

import numpy as np

from avatarify.frames import U8, Keypoints
from avatarify.remote.protocol import (
    MOST_PORTRAIT,
    ProtocolError,
    pack_keypoints,
    pose_bytes,
    unpack_keypoints,
)

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNK = struct.Struct(">I4s")
_RGBA_8 = b"\x08\x06\x00\x00\x00"  # bits, color type, compression, filter, no interlacing


@dataclass(frozen=True)
class SentPortrait:
    """A portrait's crop.

    Attributes:
        crop: (S, S, 3) uint8 RGB.
        matte: (S, S) uint8, alpha of the person.
        keypoints: Of the portrait, in the crop's coordinates.
    """

    crop: U8
    matte: U8
    keypoints: Keypoints

    def pack(self) -> bytes:
        """Return the message, with the key points first."""
        import cv2

        _, png = cv2.imencode(".png", np.dstack([self.crop[..., ::-1], self.matte]))
        return pack_keypoints(self.keypoints) + _without_extras(png.tobytes())

    @classmethod
    def unpack(cls, data: bytes, side: int, points: int) -> SentPortrait:
        """Read a portrait; its header is checked before anything is unpacked.

        Args:
            data: The message.
            side: S, pixels.
            points: Number K of key points.

        Raises:
            ProtocolError: It is too long, no such picture, or cannot be animated.
        """
        import cv2

        if not pose_bytes(points) < len(data) <= MOST_PORTRAIT:
            raise ProtocolError("a portrait of another length")
        keypoints, png = unpack_keypoints(data[: pose_bytes(points)], points), data[pose_bytes(points) :]
        _check_header(png, side)
        picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
        if picture is None or picture.shape != (side, side, 4):
            raise ProtocolError("a damaged picture")
        crop = np.ascontiguousarray(picture[..., 2::-1])
        return cls(np.asarray(crop, np.uint8), np.ascontiguousarray(picture[..., 3]), keypoints)


def portrait_id(message: bytes) -> str:
    """Return the SHA-256 of a packed portrait, in hexadecimal."""
    return hashlib.sha256(message).hexdigest()


def _check_header(png: bytes, side: int) -> None:
    """Accept one form only: RGBA with 8 bits, of the crop's size, without chunks that unpack to anything else."""
    chunks = _chunks(png)
    if [kind for kind, _ in chunks[:1]] != [b"IHDR"] or {kind for kind, _ in chunks} - {b"IHDR", b"IDAT", b"IEND"}:
        raise ProtocolError("a picture of another form")
    if chunks[0][1] != struct.pack(">II", side, side) + _RGBA_8:
        raise ProtocolError("a picture of another size")


def _chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    if not png.startswith(_SIGNATURE):
        raise ProtocolError("no PNG")
    found, at = [], len(_SIGNATURE)
    while at < len(png):
        if at + 12 > len(png):
            raise ProtocolError("a truncated picture")
        length, kind = _CHUNK.unpack_from(png, at)
        found.append((kind, png[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def _without_extras(png: bytes) -> bytes:
    """Drop what an encoder adds beside the picture."""
    kept, at = [_SIGNATURE], len(_SIGNATURE)
    for kind, content in _chunks(png):
        if kind in (b"IHDR", b"IDAT", b"IEND"):
            kept.append(png[at : at + 12 + len(content)])
        at += 12 + len(content)
    return b"".join(kept)
