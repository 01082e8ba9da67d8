"""Passes TensorRT's progress on to a ``Watch``, and its cancellation back."""

from __future__ import annotations

import threading
from typing import Any

from avatarify.engines.target import Watch
from avatarify.messages import Message


def make_monitor(trt: Any, watch: Watch) -> Any:
    """Create a progress monitor, which TensorRT calls from its own threads; ``trt`` is the imported package."""

    class Monitor(trt.IProgressMonitor):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self._phases: dict[str, tuple[str | None, int]] = {}  # by name, the parent phase and the number of steps
            self._done: dict[str, int] = {}
            self._lock = threading.Lock()

        def phase_start(self, phase: str, parent: str | None, steps: int) -> None:
            with self._lock:
                self._phases[phase], self._done[phase] = (parent, max(1, steps)), 0

        def phase_finish(self, phase: str) -> None:
            with self._lock:
                self._phases.pop(phase, None)

        def step_complete(self, phase: str, step: int) -> bool:
            with self._lock:
                self._done[phase] = step + 1
                # Only phases without a parent count: they contain the others.
                fractions = [self._done[name] / steps for name, (parent, steps) in self._phases.items() if not parent]
            watch.progress(Message("{phase}", phase=phase), min(1.0, max(fractions, default=0.0)))
            return not watch.cancelled()

    return Monitor()
