"""Keeps TensorRT's log for error messages."""

from __future__ import annotations

from typing import Any

from avatarify.messages import Message


def make_log(trt: Any) -> Any:
    """Create a logger that keeps warnings and errors in its ``lines``; ``trt`` is the imported package."""

    class Log(trt.ILogger):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.lines: list[str] = []

        def log(self, severity: Any, message: str) -> None:
            if severity <= trt.ILogger.WARNING:
                self.lines.append(message.strip())

    return Log()


def last_words(log: Any, count: int = 3) -> str | Message:
    """Return the last lines of a log of ``make_log``, for the reason of an error."""
    return " ".join(log.lines[-count:]) or Message("no reason given")
