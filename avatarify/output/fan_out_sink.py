"""Sends the same pictures to several receivers; one that fails does not affect the others."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Self

from avatarify.errors import AvatarifyError
from avatarify.frames import U8
from avatarify.output.sink import FrameSink


class FanOutSink:
    """Several sinks as one.

    Args:
        sinks: The receivers; they are closed with this one.
        on_problem: Called with the error of each receiver that fails, on the sending thread.

    Attributes:
        name: The names of all receivers.
    """

    def __init__(self, sinks: Sequence[FrameSink], on_problem: Callable[[Exception], None]) -> None:
        self._sinks = list(sinks)
        self._on_problem = on_problem
        self.name = " + ".join(sink.name for sink in self._sinks)

    def send(self, image: U8) -> None:
        """Send one picture to all remaining receivers.

        Args:
            image: (H, W, 3) uint8 RGB of the size of the sinks; must not be written to afterwards.

        Raises:
            DeviceError: the last one was lost.
        """
        for sink in tuple(self._sinks):
            try:
                sink.send(image)
            except AvatarifyError as error:
                self._drop(sink, error)

    def close(self) -> None:
        """Close all, even if one fails; the first error is raised afterwards. May be called twice."""
        with contextlib.ExitStack() as stack:
            for sink in reversed(self._sinks):
                stack.callback(sink.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _drop(self, sink: FrameSink, error: AvatarifyError) -> None:
        self._sinks.remove(sink)
        with contextlib.suppress(AvatarifyError):  # its first error is reported below
            sink.close()
        if not self._sinks:
            raise error
        self.name = " + ".join(remaining.name for remaining in self._sinks)
        self._on_problem(error)
