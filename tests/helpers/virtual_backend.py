"""A back-end for pyvirtualcam that needs no driver."""

opened = []  # the back-ends made since the list was last cleared


class ListBackend:
    """Keeps what it is sent."""

    def __init__(self, *, width, height, fps, fourcc, device, **kw):
        if device is not None and device != "/dev/list":
            raise RuntimeError(f"Device {device} does not exist.")
        self.wish, self.frames, self.closed, self.broken = (width, height, fps, fourcc), [], 0, ""
        opened.append(self)

    def send(self, frame):
        if self.broken:
            raise RuntimeError(self.broken)
        self.frames.append(frame.copy())

    def close(self):
        self.closed += 1

    def device(self):
        return "/dev/list"

    def native_fourcc(self):
        return None


class RefusingBackend:
    """Refuses as v4l2loopback does, in several lines."""

    reason = "No v4l2loopback device found at /dev/video[0-99].\nDid you run `modprobe v4l2loopback`?"

    def __init__(self, **wish):
        raise RuntimeError(self.reason)
