"""Reads safetensors files with numpy."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.boundary import reason_of
from avatarify.errors import ModelError
from avatarify.messages import Message
from avatarify.networks.fomm.checkpoint_file import MOST_TENSORS, too_many
from avatarify.networks.stored_tensor import StoredTensor, dtype_of, numbers_of

_KINDS = {
    "F64": "float64",
    "F32": "float32",
    "F16": "float16",
    "BF16": "bfloat16",
    "I64": "int64",
    "I32": "int32",
    "I16": "int16",
    "I8": "int8",
    "U8": "uint8",
    "BOOL": "bool",
}


def read_safetensors(path: Path, remedy: Message) -> tuple[dict[str, StoredTensor], dict[str, str]]:
    """Return tensors and metadata of a safetensors file.

    Args:
        path: The file.
        remedy: What to do where it cannot be read.

    Raises:
        ModelError: The file is missing or damaged, or contains too many tensors.
    """
    from safetensors import deserialize, safe_open

    try:
        with safe_open(path, "numpy") as content:  # checks the header
            count, about = len(content.keys()), dict(content.metadata() or {})
        if count > MOST_TENSORS:
            raise too_many(path)
        pairs = deserialize(path.read_bytes())  # type: ignore[no-untyped-call]
        return {name: _stored(found) for name, found in pairs}, about
    except ModelError:
        raise
    except Exception as error:  # damaged headers make it raise whatever it happens to meet
        reason = reason_of(error)
        raise ModelError("The weights {path} cannot be read: {reason}.", remedy, path=path, reason=reason) from error


def _stored(found: dict[str, Any]) -> StoredTensor:
    kind, shape = _KINDS.get(found["dtype"], found["dtype"].lower()), tuple(found["shape"])

    def read() -> NDArray[Any]:
        raw = np.frombuffer(found["data"], dtype_of(kind), math.prod(shape))
        return numbers_of(raw, kind).reshape(shape)

    return StoredTensor(kind, shape, read)
