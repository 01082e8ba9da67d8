"""Engines that are missing are built beside the session, which runs on something else meanwhile."""

from __future__ import annotations

import subprocess
import sys

from avatarify.log import logger

_started: set[tuple[str, str]] = set()


def build_in_background(model: str, target: str) -> bool:
    """Start ``avatarify build-engines`` in a process of its own, once for each model and target.

    It may outlive this process; plans are written whole or not at all, and a lock keeps two builds apart.

    Returns:
        Whether it runs.
    """
    if (model, target) in _started:
        return True
    words = [sys.executable, "-m", "avatarify", "build-engines", "--model", model, "--target", target]
    try:
        _spawn(words)
    except OSError as error:
        logger("engines").warning("no build in the background: %s", error)
        return False
    _started.add((model, target))
    return True


def _spawn(words: list[str]) -> None:
    quiet = subprocess.DEVNULL
    subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
