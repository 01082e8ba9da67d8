"""One logger per subsystem; the command line sets the level."""

from __future__ import annotations

import logging
import sys

from avatarify.messages import printable


def logger(subsystem: str) -> logging.Logger:
    """Return the logger named ``avatarify.<subsystem>``."""
    return logging.getLogger(f"avatarify.{subsystem}")


class _Stderr(logging.Handler):
    """Writes to the current ``sys.stderr``, not to the one at set-up: tests and ``quiet`` replace it."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(printable(self.format(record)) + "\n")


def set_up(verbose: bool = False) -> None:
    """Log our warnings and other libraries' errors to stderr, or everything; called once by each entry point."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", handlers=[_Stderr()])
    logging.getLogger().setLevel(logging.DEBUG if verbose else logging.ERROR)
    logging.getLogger("avatarify").setLevel(logging.DEBUG if verbose else logging.WARNING)
