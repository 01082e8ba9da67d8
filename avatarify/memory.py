"""Memory of this process."""

from __future__ import annotations

import contextlib
import ctypes
import os
from pathlib import Path

from avatarify.errors import InputError

_STATM = Path("/proc/self/statm")
_LEAST_MB = 2400  # of address space, with which the built-in model runs; below, libraries crash or fail silently
_M_ARENA_MAX = -8  # of glibc's malloc.h


def resident_mb() -> float | None:
    """Return the resident memory now, in MB (10**6 bytes); None if the system has no cheap way to ask."""
    if not _STATM.exists():
        return None
    pages = int(_STATM.read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def share_arenas() -> None:
    """Make future threads share two of glibc's arenas; does nothing on other systems.

    Pictures are allocated in one thread and freed in another. With one arena per thread, fragmentation adds up to some
    70 MB within minutes; with two arenas, memory stays constant after the first seconds, at the same speed.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def check_memory_limit() -> None:
    """Check that this process may allocate what a model needs: libraries end the process where they get too little.

    Raises:
        InputError: The limit of its address space (``ulimit -v``) is too low.
    """
    try:
        import resource  # not on Windows
    except ImportError:
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < _LEAST_MB * 1_000_000:
        raise InputError(
            "Programs may use only {allowed} MB of memory here, but a model needs {needed} MB.",
            "Raise the limit, for example with: ulimit -v unlimited",
            allowed=limit // 1_000_000,
            needed=_LEAST_MB,
        )
