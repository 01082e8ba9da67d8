"""The picture from the host: image, occlusion map, and matte as one H.264 picture, and the flow beside it."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from avatarify.frames import F32, U8, Generated
from avatarify.remote.flow import pack_flow, unpack_flow
from avatarify.remote.protocol import MOST_PICTURE, ProtocolError
from avatarify.remote.video import VideoDecoder, VideoEncoder

_HEADER = struct.Struct("<QHHHHIII")  # number, sides of image, flow, map, and matte (0: none), lengths of three parts
_SIDES = range(16, 1025)


@dataclass(frozen=True)
class Sides:
    """Sides of the squares in a picture, pixels, even.

    Attributes:
        image: S.
        flow: F.
        visible: v.
        matte: m; 0 without a matte.
    """

    image: int
    flow: int
    visible: int
    matte: int

    @property
    def width(self) -> int:
        """Width of the H.264 picture."""
        return max(self.image, self.visible, self.matte)

    @property
    def height(self) -> int:
        """Height of the H.264 picture: the squares are below each other."""
        return self.image + self.visible + self.matte

    @classmethod
    def of(cls, drawn: Generated) -> Sides:
        """Return the sides of what was drawn."""
        matte = 0 if drawn.matte is None else len(drawn.matte)
        return cls(len(drawn.image), len(drawn.deformation), len(drawn.visible), matte)


class PictureEncoder:
    """Codes the pictures of one session, in order; one thread at a time calls it."""

    def __init__(self) -> None:
        self._video: VideoEncoder | None = None

    def encode(self, number: int, drawn: Generated) -> bytes:
        """Return the message with a picture.

        Args:
            number: Of the pose.
            drawn: With ``image``, ``deformation``, ``visible``, and perhaps ``matte``.
        """
        sides = Sides.of(drawn)
        if self._video is None:
            self._video = VideoEncoder(sides.width, sides.height)
        video = self._video.encode(_sheet(drawn, sides))
        coarse, left = pack_flow(drawn.deformation)
        lengths = len(video), len(coarse), len(left)
        head = _HEADER.pack(number, sides.image, sides.flow, sides.visible, sides.matte, *lengths)
        return b"".join((head, video, coarse, left))


class PictureDecoder:
    """Decodes the pictures of one session; it must get each one, in order."""

    def __init__(self) -> None:
        self._video = VideoDecoder()

    def decode(self, data: bytes) -> tuple[int, Generated]:
        """Return the pose's number and what was drawn.

        Raises:
            ProtocolError: The message is damaged.
        """
        number, sides, parts = _split(data)
        y, u, v = self._video.decode(parts[0], sides.width, sides.height)
        visible = y[sides.image : sides.image + sides.visible, : sides.visible]
        matte = y[sides.image + sides.visible :, : sides.matte]
        drawn = Generated(
            _rgb(y, u, v, sides.image),
            unpack_flow(parts[1], parts[2], sides.flow),
            _fraction(visible),
            _fraction(matte) if sides.matte else None,
        )
        return number, drawn


def _split(data: bytes) -> tuple[int, Sides, tuple[bytes, bytes, bytes]]:
    if not _HEADER.size < len(data) <= MOST_PICTURE:
        raise ProtocolError("a picture of another length")
    number, image, flow, visible, matte, *lengths = _HEADER.unpack_from(data)
    if not all(side in _SIDES and side % 2 == 0 for side in (image, flow, visible, matte or image)):
        raise ProtocolError("a picture of another size")
    if _HEADER.size + sum(lengths) != len(data):
        raise ProtocolError("a truncated picture")
    first = _HEADER.size + lengths[0]
    parts = data[_HEADER.size : first], data[first : first + lengths[1]], data[first + lengths[1] :]
    return number, Sides(image, flow, visible, matte), parts


def _sheet(drawn: Generated, sides: Sides) -> U8:
    """Return the planes as (1.5 H, W) uint8, I420; maps use the brightness only."""
    import cv2

    image = cv2.cvtColor(drawn.image, cv2.COLOR_RGB2YUV_I420)
    half = sides.image // 2
    y = np.zeros((sides.height, sides.width), np.uint8)
    uv = np.full((2, sides.height // 2, sides.width // 2), 128, np.uint8)
    y[: sides.image, : sides.image] = image[: sides.image]
    uv[:, :half, :half] = image[sides.image :].reshape(2, half, half)
    y[sides.image : sides.image + sides.visible, : sides.visible] = _level(drawn.visible)
    if drawn.matte is not None:
        y[sides.image + sides.visible :, : sides.matte] = _level(drawn.matte)
    return np.concatenate([y, uv.reshape(-1, sides.width)])


def _level(values: F32) -> U8:
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)


def _fraction(levels: U8) -> F32:
    return np.asarray(levels / np.float32(255), np.float32)


def _rgb(y: U8, u: U8, v: U8, side: int) -> U8:
    import cv2

    half = side // 2
    planes = [y[:side, :side].reshape(-1), u[:half, :half].reshape(-1), v[:half, :half].reshape(-1)]
    return np.asarray(cv2.cvtColor(np.concatenate(planes).reshape(-1, side), cv2.COLOR_YUV2RGB_I420), np.uint8)
