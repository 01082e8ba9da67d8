"""One logger a subsystem; the command line decides how loud."""

from __future__ import annotations

import logging


def logger(subsystem: str) -> logging.Logger:
    """Return the logger named ``avatarify.<subsystem>``."""
    return logging.getLogger(f"avatarify.{subsystem}")


def set_up(verbose: bool = False) -> None:
    """Send warnings (or everything, if verbose) to stderr; called once by each entry point."""
    level = logging.DEBUG if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
