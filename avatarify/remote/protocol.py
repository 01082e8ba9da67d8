"""The messages between app and host: pure functions, with limits that hold before anything is allocated or unpacked.

A session is one WebSocket. Text messages are small JSON objects; binary ones are, from the app, a portrait where the
host has asked for one and poses otherwise, and from the host pictures.

====================================== ======================================================================
app                                    host
====================================== ======================================================================
``{"v": 1, "weights": …, "points": 81}`` closes the session with ``WRONG_MODEL`` if it has another model
``{"portrait": id}``                   ``{"need": id}`` if it does not know it, then ``{"ready": id}``
a portrait (see ``remote.portrait``)
a pose (``pack_pose``)                 a picture (``remote.picture``); of poses that wait, only the newest
                                       ``{"leave": true}``: the host ends soon
====================================== ======================================================================
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.errors import MotionError
from avatarify.frames import F32, Keypoints
from avatarify.motion.first_order import checked

VERSION = 1
MOST_TEXT, MOST_PORTRAIT, MOST_PICTURE, MOST_MESSAGE = 2_000, 400_000, 1_000_000, 500_000  # bytes
MOST_POINTS = 500
BAD_MESSAGE, WRONG_MODEL, TOO_FAST, BUSY = 4400, 4404, 4429, 4503  # closing codes
_NUMBER = struct.Struct("<Q")
_PER_POINT = 6  # x, y, and the Jacobian
_FARTHEST, _STEEPEST = 8.0, 1000.0  # of a point from the crop's center, half crops; of a Jacobian's number
_SHA256 = 64  # characters


class ProtocolError(ValueError):
    """The other side sent what no honest one sends."""


@dataclass(frozen=True)
class Hello:
    """What an app begins a session with.

    Attributes:
        weights: SHA-256 of the model's weights, in hexadecimal.
        points: Number K of key points.
    """

    weights: str
    points: int

    def pack(self) -> str:
        """Return the text message."""
        return json.dumps({"v": VERSION, "weights": self.weights, "points": self.points})

    @classmethod
    def unpack(cls, text: object) -> Hello:
        """Read the first message of a session.

        Raises:
            ProtocolError: It is none, or of another version.
        """
        given = unpack_text(text)
        points = given.get("points")
        if given.get("v") != VERSION or type(points) is not int or not 0 < points <= MOST_POINTS:
            raise ProtocolError("no hello of this version")
        return cls(_digest(given.get("weights")), points)


def unpack_text(text: object) -> dict[str, Any]:
    """Read a text message.

    Raises:
        ProtocolError: It is binary, too long, or no JSON object.
    """
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        raise ProtocolError("no short text")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("no JSON") from error
    if not isinstance(found, dict):
        raise ProtocolError("no JSON object")
    return found


def portrait_of(message: dict[str, Any]) -> str:
    """Return the id in a message ``{"portrait": id}``.

    Raises:
        ProtocolError: There is none.
    """
    return _digest(message.get("portrait"))


def pack_pose(number: int, moved: Keypoints) -> bytes:
    """Return the message that asks for a picture: 8 + 24 K bytes.

    Args:
        number: Of the pose; the picture gets the same.
        moved: The portrait's key points for this frame. Nothing else of the user leaves the computer.
    """
    return _NUMBER.pack(number) + pack_keypoints(moved)


def unpack_pose(data: bytes, points: int) -> tuple[int, Keypoints]:
    """Read a pose.

    Raises:
        ProtocolError: It is damaged, or cannot be animated with.
    """
    if len(data) != _NUMBER.size + pose_bytes(points):
        raise ProtocolError("a pose of another length")
    return _NUMBER.unpack_from(data)[0], unpack_keypoints(data[_NUMBER.size :], points)


def pose_bytes(points: int) -> int:
    """Return the length of packed key points."""
    return points * _PER_POINT * 4


def pack_keypoints(keypoints: Keypoints) -> bytes:
    """Return K times x, y, and the Jacobian's rows, as float32."""
    rows = np.concatenate([keypoints.points, keypoints.jacobians.reshape(-1, 4)], 1)
    return rows.astype("<f4").tobytes()


def unpack_keypoints(data: bytes, points: int) -> Keypoints:
    """Read key points.

    Raises:
        ProtocolError: They are not finite, far outside the crop, or a Jacobian has no inverse.
    """
    rows: F32 = np.frombuffer(data, "<f4").reshape(points, _PER_POINT).astype(np.float32)
    found = Keypoints(np.ascontiguousarray(rows[:, :2]), np.ascontiguousarray(rows[:, 2:]).reshape(points, 2, 2))
    try:
        checked(found)
    except MotionError as error:
        raise ProtocolError("key points that cannot be animated") from error
    if np.abs(found.points).max() > _FARTHEST or np.abs(found.jacobians).max() > _STEEPEST:
        raise ProtocolError("key points far outside the crop")
    return found


def _digest(value: object) -> str:
    if not isinstance(value, str) or len(value) != _SHA256 or not all(one in "0123456789abcdef" for one in value):
        raise ProtocolError("no SHA-256")
    return value
