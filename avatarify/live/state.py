"""The states of a live session, and which may follow which."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum


class SessionState(Enum):
    """What a live session is doing; the value is what the user reads."""

    IDLE = "idle"
    STARTING = "starting"
    RUNNING = "running"
    NO_FACE = "no face in view"
    CAMERA_LOST = "camera lost"
    CAMERA_BUSY = "camera in use by another program"
    CAMERA_FROZEN = "camera frozen"
    CAMERA_DARK = "camera covered"
    SINK_LOST = "output lost"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        """True for states that nothing follows."""
        return not _NEXT[self]

    @property
    def live(self) -> bool:
        """True while pictures are sent."""
        return self in _LIVE


_LIVE = {
    SessionState.RUNNING,
    SessionState.NO_FACE,
    SessionState.CAMERA_LOST,
    SessionState.CAMERA_BUSY,
    SessionState.CAMERA_FROZEN,
    SessionState.CAMERA_DARK,
    SessionState.SINK_LOST,
}
_ENDS = {SessionState.STOPPING, SessionState.FAILED}
_NEXT: dict[SessionState, set[SessionState]] = {
    SessionState.IDLE: {SessionState.STARTING, SessionState.STOPPED},
    SessionState.STARTING: _LIVE | _ENDS,
    **{state: (_LIVE | _ENDS) - {state} for state in _LIVE},
    SessionState.STOPPING: {SessionState.STOPPED, SessionState.FAILED},
    SessionState.STOPPED: set(),
    SessionState.FAILED: set(),
}


class StateHolder:
    """The current state, shared by threads; a transition that is not in the table does not happen.

    Args:
        on_change: Called after each transition with the new state, by the thread that made it, one at a time.
    """

    def __init__(self, on_change: Callable[[SessionState], None] | None = None) -> None:
        self._state = SessionState.IDLE
        self._on_change = on_change
        self._lock = threading.RLock()  # held during the callback, so that listeners get the states in order

    @property
    def state(self) -> SessionState:
        """The state now."""
        return self._state

    def move(self, target: SessionState) -> bool:
        """Go to a state if the table allows it from here; return whether it did."""
        with self._lock:
            if target not in _NEXT[self._state]:
                return False
            self._state = target
            if self._on_change is not None:
                self._on_change(target)
            return True
