"""A session's sink, watched over: one that fails is opened again, one that hangs is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from avatarify.errors import AvatarifyError, DeviceError, first_line
from avatarify.frames import U8
from avatarify.log import logger
from avatarify.output.sink import FrameSink
from avatarify.output.switchable_sink import SwitchableSink

STALL_S = 1.0
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 5.0


class ReconnectingSink:
    """Takes pictures whatever happens behind it.

    ``send`` is called on the output's thread, ``check`` and ``change`` on the session's.

    Args:
        sink: Where pictures go.
        reopen: Opens a new sink after a failure; None if a failure is to end the session.
        on_problem: Told each failure and each time it hangs.
    """

    def __init__(
        self, sink: SwitchableSink, reopen: Callable[[], FrameSink] | None, on_problem: Callable[[Exception], None]
    ) -> None:
        self._sink = sink
        self._reopen = reopen
        self._on_problem = on_problem
        self._failed = threading.Event()
        self._since: float | None = None  # when the send began that has not returned
        self._told_stall = False
        self._wait_s, self._try_at = FIRST_WAIT_S, 0.0

    @property
    def lost(self) -> bool:
        """Whether pictures do not go out: the sink failed, or has taken none for a while."""
        return self._failed.is_set() or self._stalled

    def send(self, image: U8) -> bool:
        """Hand on a picture, (H, W, 3) uint8 RGB; False if it did not go out.

        Raises:
            Exception: what the sink raised, where it is not to be opened again.
        """
        if self._failed.is_set():
            return False
        self._since = time.perf_counter()
        try:
            self._sink.send(image)
        except Exception as error:
            if self._reopen is None:
                raise
            self._fail(error)
            return False
        finally:
            self._since = None
        return True

    def check(self) -> None:
        """Open it again if it failed and the time has come; tell once if it hangs."""
        if self._stalled:
            self._tell_stall()
        else:
            self._told_stall = False
        if self._failed.is_set() and time.perf_counter() >= self._try_at:
            self._try_again()

    def change(self, open_sink: Callable[[], FrameSink]) -> None:
        """Send to another sink from now on, and open that one again should it fail.

        Raises:
            AvatarifyError: the other one cannot be opened, or this one hangs; nothing is changed.
        """
        if self._stalled:
            raise DeviceError(f"{self._sink.name} hangs and cannot be changed now.", "Try again in a moment.")
        sink = open_sink()
        self._reopen = open_sink
        self._put(sink)

    @property
    def _stalled(self) -> bool:
        since = self._since
        return since is not None and time.perf_counter() - since >= STALL_S

    def _fail(self, error: Exception) -> None:
        logger("live").debug("A sink failed", exc_info=error)
        self._wait_s = FIRST_WAIT_S
        self._try_at = time.perf_counter() + self._wait_s
        self._failed.set()
        told = error if isinstance(error, AvatarifyError) else _told(self._sink.name, error)
        self._on_problem(told)

    def _try_again(self) -> None:
        try:
            sink = self._reopen() if self._reopen is not None else None
        except Exception as error:  # noqa: BLE001 - it was told when it failed; this is the same fault
            logger("live").debug("A sink could not be opened again", exc_info=error)
            sink = None
        if sink is None:
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)
            self._try_at = time.perf_counter() + self._wait_s
        else:
            self._put(sink)

    def _put(self, sink: FrameSink) -> None:
        try:
            self._sink.change(sink)
        except Exception as error:  # noqa: BLE001 - the old one fails in closing; the new one is in place
            logger("live").debug("A sink could not be closed", exc_info=error)
        self._failed.clear()

    def _tell_stall(self) -> None:
        if not self._told_stall:
            self._told_stall = True
            what = f"{self._sink.name} has taken no picture for {STALL_S:.0f} s."
            self._on_problem(DeviceError(what, "If it does not go on by itself, close the program that shows it."))


def _told(name: str, error: Exception) -> DeviceError:
    return DeviceError("{name} failed: {reason}.", "Reconnecting.", name=name, reason=first_line(error))
