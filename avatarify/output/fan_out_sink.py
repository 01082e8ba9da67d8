"""The same pictures to several receivers; one that fails does not take the others with it."""

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
        on_problem: Told the error of each that fails, by the thread that sends.

    Attributes:
        name: All names.
    """

    def __init__(self, sinks: Sequence[FrameSink], on_problem: Callable[[Exception], None]) -> None:
        self._sinks = list(sinks)
        self._on_problem = on_problem
        self.name = " + ".join(sink.name for sink in self._sinks)

    def send(self, image: U8) -> None:
        """Hand one picture, (H, W, 3) uint8 RGB, to all that are left.

        Raises:
            DeviceError: the last one was lost.
        """
        for sink in tuple(self._sinks):
            try:
                sink.send(image)
            except AvatarifyError as error:
                self._drop(sink, error)

    def close(self) -> None:
        """Close all, whatever the others do; the first error is raised afterwards. May be called twice."""
        with contextlib.ExitStack() as stack:
            for sink in reversed(self._sinks):
                stack.callback(sink.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _drop(self, sink: FrameSink, error: AvatarifyError) -> None:
        self._sinks.remove(sink)
        with contextlib.suppress(AvatarifyError):  # why it failed is told already
            sink.close()
        if not self._sinks:
            raise error
        self.name = " + ".join(left.name for left in self._sinks)
        self._on_problem(error)
