"""What happens to errors in a session: some are reported and survived, the first other one ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from avatarify.errors import AvatarifyError
from avatarify.log import logger
from avatarify.metrics import Metrics


class Problems:
    """Collects the errors of all threads.

    Args:
        metrics: Keeps survived errors as warnings.
        on_error: Called with each error that is reported, on the thread it happened on; None for nobody.
        end: Ends the session.
    """

    def __init__(self, metrics: Metrics, on_error: Callable[[Exception], None] | None, end: Callable[[], None]) -> None:
        self._metrics = metrics
        self._on_error = on_error
        self._end = end
        self._lock = threading.Lock()
        self._failure: Exception | None = None

    @property
    def failure(self) -> Exception | None:
        """Why the session failed; None while it has not."""
        return self._failure

    def report(self, error: Exception) -> None:
        """Report a problem that the session survives."""
        self._metrics.warn(error.whole if isinstance(error, AvatarifyError) else str(error))
        self._notify(error)

    def fail(self, error: Exception) -> None:
        """End the session. The first error is its reason; later ones are consequences and are only logged."""
        logger("live").debug("A session's thread failed", exc_info=error)
        with self._lock:
            first = self._failure is None
            if first:
                self._failure = error
        self._end()
        if first:
            self._notify(error)

    def _notify(self, error: Exception) -> None:
        if self._on_error is not None:
            self._on_error(error)
