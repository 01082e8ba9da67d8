"""One logger a subsystem; the command line decides how loud."""

from __future__ import annotations

import logging
import sys


def logger(subsystem: str) -> logging.Logger:
    """Return the logger named ``avatarify.<subsystem>``."""
    return logging.getLogger(f"avatarify.{subsystem}")


class _Stderr(logging.Handler):
    """Writes to what ``sys.stderr`` is at that moment, not to what it was at set-up."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")


def set_up(verbose: bool = False) -> None:
    """Send our warnings and libraries' errors, or everything, to stderr; called once by each entry point."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", handlers=[_Stderr()])
    logging.getLogger().setLevel(logging.DEBUG if verbose else logging.ERROR)
    logging.getLogger("avatarify").setLevel(logging.DEBUG if verbose else logging.WARNING)
