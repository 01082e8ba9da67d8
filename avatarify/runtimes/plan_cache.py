"""Keeps what TensorRT-RTX compiles for the user's GPU at the first start, so that later starts are fast."""

from __future__ import annotations

import contextlib
from typing import Any

from avatarify import paths
from avatarify.files import private_folder, write_atomic


class RuntimeCache:
    """The runtime cache of one engine on one GPU.

    Args:
        key: Identifies plan, GPU, and version of TensorRT-RTX.
    """

    def __init__(self, key: str) -> None:
        self._file = paths.cache() / "engines" / "runtime-cache" / f"{key[:32]}.bin"
        self._cache: Any = None

    def context(self, trt: Any, engine: Any) -> Any:
        """Create an execution context that reads and fills the cache; ``trt`` is the imported package."""
        config = engine.create_runtime_config()
        self._cache = config.create_runtime_cache()
        with contextlib.suppress(OSError):  # the first start: there is no cache yet
            self._cache.deserialize(self._file.read_bytes())
        config.set_runtime_cache(self._cache)
        return engine.create_execution_context(config)

    def save(self) -> None:
        """Write the cache; if that fails, the next start compiles again."""
        if self._cache is None:
            return
        with contextlib.suppress(OSError):
            private_folder(self._file.parent)
            write_atomic(self._file, bytes(self._cache.serialize()))
