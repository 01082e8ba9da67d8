"""Builds missing engines beside a session, which uses another runtime meanwhile."""

from __future__ import annotations

from avatarify.children import start_avatarify
from avatarify.log import logger

_started: set[tuple[str, str]] = set()


def build_in_background(model: str, target: str) -> bool:
    """Start ``avatarify build-engines`` in another process, once for each model and target.

    It may outlive this process: plans are written atomically, and a lock separates concurrent builds.

    Args:
        model: Name of the model.
        target: What ``--target`` accepts.

    Returns:
        Whether it was started.
    """
    if (model, target) in _started:
        return True
    try:
        start_avatarify("build-engines", "--model", model, "--target", target)
    except OSError as error:
        logger("engines").warning("The build in the background could not be started: %s", error)
        return False
    _started.add((model, target))
    return True
