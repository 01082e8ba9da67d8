"""A session's sink under supervision: one that fails is opened again, one that hangs is reported."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from avatarify.errors import AvatarifyError, DeviceError, first_line
from avatarify.frames import U8
from avatarify.live.parts import Devices
from avatarify.log import logger
from avatarify.output.background import BackgroundRecording
from avatarify.output.sink import FrameSink
from avatarify.output.switchable_sink import SwitchableSink

STALL_S = 1.0
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 5.0


class ReconnectingSink:
    """Takes pictures whatever happens behind it.

    ``send`` is called on the output's thread, the rest on the session's.

    Args:
        sink: Where pictures go.
        devices: Opens sinks.
        reopen: The sink to open after a failure; None if a failure is to end the session.
        report: Called with each failure, and each time the sink hangs.
    """

    def __init__(
        self, sink: SwitchableSink, devices: Devices, reopen: str | None, report: Callable[[Exception], None]
    ) -> None:
        self._sink = sink
        self._devices = devices
        self._reopen = reopen
        self._report = report
        self._failed = threading.Event()
        self._sending_since: float | None = None  # start of a send that has not returned
        self._stall_reported = False
        self._wait_s, self._retry_at = FIRST_WAIT_S, 0.0

    @property
    def lost(self) -> bool:
        """Whether no pictures are sent: the sink failed, or has taken none for a while."""
        return self._failed.is_set() or self._stalled

    def send(self, image: U8) -> bool:
        """Send a picture, (H, W, 3) uint8 RGB; False if it was not sent.

        Raises:
            Exception: what the sink raised, if it is not to be opened again.
        """
        if self._failed.is_set():
            return False
        self._sending_since = time.perf_counter()
        try:
            self._sink.send(image)
        except Exception as error:
            if self._reopen is None:
                raise
            self._fail(error)
            return False
        finally:
            self._sending_since = None
        return True

    def check(self) -> None:
        """Open the sink again if it failed and the time has come; report once if it hangs."""
        if self._stalled:
            self._report_stall()
        else:
            self._stall_reported = False
        if self._failed.is_set() and time.perf_counter() >= self._retry_at:
            self._try_again()

    def change(self, name: str) -> None:
        """Send to another sink from now on, and open that one again if it fails.

        Args:
            name: What follows ``--sink`` on the command line.

        Raises:
            AvatarifyError: the new one cannot be opened, or the old one hangs; nothing changes.
        """
        if self._stalled:
            busy = "{name} is not responding and cannot be changed now."
            raise DeviceError(busy, "Try again in a moment.", name=self._sink.name)
        sink = self._devices.open_sink(name)
        self._reopen = name
        self._put(sink)

    def record(self, recording: BackgroundRecording | None) -> Path | None:
        """Begin a recording of what is sent; None ends it. Return the file that this finishes."""
        return self._sink.record(recording)

    @property
    def _stalled(self) -> bool:
        since = self._sending_since
        return since is not None and time.perf_counter() - since >= STALL_S

    def _fail(self, error: Exception) -> None:
        logger("live").debug("A sink failed", exc_info=error)
        self._wait_s = FIRST_WAIT_S
        self._retry_at = time.perf_counter() + self._wait_s
        self._failed.set()
        self._report(error if isinstance(error, AvatarifyError) else _failure(self._sink.name, error))

    def _try_again(self) -> None:
        try:
            sink = None if self._reopen is None else self._devices.open_sink(self._reopen)
        except Exception as error:  # noqa: BLE001 - the failure has been reported; this is the same fault
            logger("live").debug("A sink could not be opened again", exc_info=error)
            sink = None
        if sink is None:
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)
            self._retry_at = time.perf_counter() + self._wait_s
        else:
            self._put(sink)

    def _put(self, sink: FrameSink) -> None:
        try:
            self._sink.change(sink)
        except Exception as error:  # noqa: BLE001 - the old one fails in closing; the new one is in place
            logger("live").debug("A sink could not be closed", exc_info=error)
        self._failed.clear()

    def _report_stall(self) -> None:
        if not self._stall_reported:
            self._stall_reported = True
            stalled = "{name} has not taken a picture for {seconds:.0f} s."
            hint = "If it does not recover by itself, close the program that shows it."
            self._report(DeviceError(stalled, hint, name=self._sink.name, seconds=STALL_S))


def _failure(name: str, error: Exception) -> DeviceError:
    return DeviceError("{name} failed: {reason}.", "Reconnecting.", name=name, reason=first_line(error))
