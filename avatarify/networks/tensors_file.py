"""Reads tensors from safetensors files, and judges tensors of any origin."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from avatarify.boundary import reason_of
from avatarify.errors import ModelError
from avatarify.messages import Message
from avatarify.networks.fomm.checkpoint_file import MOST_TENSORS, too_many

_FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
_INTEGERS = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)


def read_tensors(path: Path, remedy: Message) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Return tensors and metadata of a safetensors file.

    Args:
        path: The file.
        remedy: What to do where it cannot be read.

    Raises:
        ModelError: The file is missing or damaged, or contains too many tensors.
    """
    from safetensors import safe_open

    try:
        with safe_open(path, "pt") as content:
            names = list(content.keys())
            if len(names) > MOST_TENSORS:
                raise too_many(path)
            return {name: content.get_tensor(name) for name in names}, dict(content.metadata() or {})
    except ModelError:
        raise
    except Exception as error:  # damaged headers make it raise whatever it happens to meet
        reason = reason_of(error)
        raise ModelError("The weights {path} cannot be read: {reason}.", remedy, path=path, reason=reason) from error


def is_usable(tensor: Tensor, expected: Tensor) -> bool:
    """Return whether a tensor is plain memory with numbers of the expected kind, floating-point or integer."""
    kinds = _FLOATS if expected.dtype.is_floating_point else _INTEGERS
    return tensor.dtype in kinds and tensor.layout == torch.strided and tensor.device.type == "cpu"


def kind_of(tensor: Tensor) -> str:
    """Describe a tensor: ``complex64``, ``float32 sparse_coo``, ``float32 meta``."""
    words = [str(tensor.dtype), str(tensor.layout), tensor.device.type]
    return " ".join(word.removeprefix("torch.") for word in words if word not in ("torch.strided", "cpu"))
