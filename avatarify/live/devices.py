"""Opens the devices of a real session: camera, sinks, recordings."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from avatarify.capture.source import FrameSource
from avatarify.frames import U8
from avatarify.live.feedback_guard import open_elsewhere, refuse_own_camera
from avatarify.live.options import LiveOptions
from avatarify.output.sink import FrameSink

if TYPE_CHECKING:
    from avatarify.output.background import BackgroundRecording
    from avatarify.output.recorder import Recorder


def open_camera(options: LiveOptions) -> FrameSource:
    """Open the camera for the first time.

    Raises:
        AvatarifyError: it cannot be opened, or its output would be sent back to it.
    """
    from avatarify.capture.registry import open_source

    source = open_source(options.camera, pace=True, size=options.size, fps=options.fps)
    try:
        refuse_own_camera(source, options.sink)
    except BaseException:
        source.close()
        raise
    return source


class LiveDevices:
    """The devices of this machine.

    Args:
        options: Of the session.
        source: The camera as it was opened first.
    """

    def __init__(self, options: LiveOptions, source: FrameSource) -> None:
        self._options = options
        self._source = source

    @property
    def camera(self) -> str:
        """What follows ``--camera`` on the command line, of the camera in use."""
        return self._options.camera

    def open_camera(self, name: str) -> FrameSource:
        """Open another camera, which is opened again from now on if it is lost."""
        options = replace(self._options, camera=name)
        self._source = open_camera(options)
        self._options = options
        return self._source

    def reopen_camera(self) -> FrameSource:
        """Open the same camera again."""
        from avatarify.capture.registry import open_again

        options = self._options
        return open_again(self._source, options.camera, size=options.size, fps=options.fps)

    def open_sink(self, name: str) -> FrameSink:
        """Open a sink that does not lead back to the camera."""
        sink = open_elsewhere(self._open_sink, self._source, name)
        self._options = replace(self._options, sink=name)
        return sink

    def open_sinks(self, on_problem: Callable[[Exception], None]) -> FrameSink:
        """Open the sinks that the session starts with, as one.

        Args:
            on_problem: Called when one of several sinks fails while others continue.

        Raises:
            AvatarifyError: one of them cannot be opened.
        """
        from avatarify.output.registry import open_sinks as open_together

        options = self._options
        if not options.more_sinks:
            return self.open_sink(options.sink)
        names = (options.sink, *options.more_sinks)
        for name in names:
            refuse_own_camera(self._source, name)
        return open_together(names, options.size, options.fps, on_problem)

    def open_recording(self, path: Path, on_problem: Callable[[Exception], None]) -> BackgroundRecording:
        """Begin a recording on a thread of its own."""
        from avatarify.output.background import BackgroundRecording

        return BackgroundRecording(path, self._options.size, self._options.fps, on_problem)

    def _open_sink(self, name: str) -> FrameSink:
        from avatarify.output.recorder import Recorder
        from avatarify.output.registry import open_sink

        sink = open_sink(name, self._options.size, self._options.fps)
        return _RealTimeRecorder(sink) if isinstance(sink, Recorder) else sink


class _RealTimeRecorder:
    """A recorder that stamps pictures with their arrival time: on a slow machine, motion keeps its real speed."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.name = recorder.name

    def send(self, image: U8) -> None:
        self._recorder.send(image, time.perf_counter())

    def close(self) -> None:
        self._recorder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
