"""A back-end for pyvirtualcam that needs no driver."""

from typing import Any

from avatarify.frames import U8

opened: list[Any] = []  # the back-ends made since the list was last cleared


class ListBackend:
    """Keeps what it is sent."""

    def __init__(self, *, width: int, height: int, fps: int, fourcc: int, device: str | None, **kw: Any) -> None:
        if device is not None and device != "/dev/list":
            raise RuntimeError(f"Device {device} does not exist.")
        self.arguments, self.closed, self.broken = (width, height, fps, fourcc), 0, ""
        self.frames: list[Any] = []
        opened.append(self)

    def send(self, frame: U8) -> None:
        if self.broken:
            raise RuntimeError(self.broken)
        self.frames.append(frame.copy())

    def close(self) -> None:
        self.closed += 1

    def device(self) -> str:
        return "/dev/list"

    def native_fourcc(self) -> None:
        return None


class RefusingBackend:
    """Refuses as v4l2loopback does, in several lines."""

    reason = "No v4l2loopback device found at /dev/video[0-99].\nDid you run `modprobe v4l2loopback`?"

    def __init__(self, **arguments: int | None) -> None:
        raise RuntimeError(self.reason)
