"""H.264 for a live picture: one frame in gives one packet out at once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from avatarify.frames import U8
from avatarify.remote.protocol import ProtocolError

_RATE = 25  # nominal; each picture is sent as soon as it is coded
_KEY_FRAMES = 250  # pictures between two that need no earlier one; nothing is lost on the way
_OPTIONS = {"preset": "ultrafast", "tune": "zerolatency", "crf": "23", "threads": "1"}


class VideoEncoder:
    """Encodes pictures of one size.

    Args:
        width: Even.
        height: Even.
    """

    def __init__(self, width: int, height: int) -> None:
        import av

        context: Any = av.CodecContext.create("libx264", "w")
        context.width, context.height, context.pix_fmt = width, height, "yuv420p"
        context.time_base, context.framerate = Fraction(1, _RATE), Fraction(_RATE, 1)
        context.thread_count, context.gop_size, context.options = 1, _KEY_FRAMES, _OPTIONS
        self._context, self._count = context, 0

    def encode(self, planes: U8) -> bytes:
        """Return the packet of (1.5 H, W) uint8 planes, I420."""
        import av

        frame = av.VideoFrame.from_ndarray(planes, "yuv420p")
        frame.pts = self._count
        self._count += 1
        return b"".join(bytes(packet) for packet in self._context.encode(frame))


class VideoDecoder:
    """Decodes what a ``VideoEncoder`` made."""

    def __init__(self) -> None:
        import av

        context: Any = av.CodecContext.create("h264", "r")
        context.thread_count, context.options = 1, {"flags": "low_delay"}
        self._context = context

    def decode(self, data: bytes, width: int, height: int) -> tuple[U8, U8, U8]:
        """Return the planes Y (H, W), U and V (H/2, W/2), uint8.

        Raises:
            ProtocolError: The data are damaged, or the picture has another size.
        """
        import av

        try:
            frames = self._context.decode(av.Packet(data))
        except av.FFmpegError as error:
            raise ProtocolError("a damaged video") from error
        if len(frames) != 1 or (frames[0].width, frames[0].height) != (width, height):
            raise ProtocolError("a video of another size")
        planes = np.asarray(frames[0].to_ndarray(format="yuv420p"), np.uint8)
        chroma = planes[height:].reshape(2, height // 2, width // 2)
        return planes[:height], chroma[0], chroma[1]
