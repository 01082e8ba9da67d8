"""Preparing a model for this computer: announced before it begins, and done although the cache cannot be written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from avatarify import paths
from avatarify.engines.cache import has_onnx
from avatarify.engines.target import Watch
from avatarify.locks import FolderNotWritable
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime
    from avatarify.zoo.manifest import ModelEntry

    Opener = Callable[[ModelEntry, Watch], Runtime]

_COMPILE_S, _EXPORT_S = 10, 60  # on two cores
_EXPORT_S_PER_MB = 0.5  # of weights


def announce_preparation(entry: ModelEntry, watch: Watch) -> None:
    """Say that the model is being prepared, and about how long that takes."""
    seconds: float = _COMPILE_S
    if not has_onnx(entry):
        seconds += _EXPORT_S + round(_EXPORT_S_PER_MB * entry.weights.stat().st_size / 1e6, -1)
    watch.announce(
        Message(
            "Preparing the model '{model}' for this computer. This is done once and takes about {seconds:.0f} seconds.",
            model=entry.manifest.name,
            seconds=seconds,
        )
    )


def in_writable_cache(opener: Opener) -> Opener:
    """Let an opener that cannot write to the cache folder try again with a temporary one."""

    @functools.wraps(opener)
    def opened(entry: ModelEntry, watch: Watch) -> Runtime:
        try:
            return opener(entry, watch)
        except FolderNotWritable as error:
            text = "{problem} Until then the model is prepared again at each start."
            watch.warn(Message(text, problem=error.whole))
            paths.use_temporary_cache()
            return opener(entry, watch)

    return opened
