"""Weights of the First Order Motion Model: public checkpoints in, safetensors in and out, every tensor checked."""

from __future__ import annotations

import pickle
import re
import warnings
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from avatarify.errors import ModelError
from avatarify.networks.fomm.config import FommConfig, preset
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.registry import ABLATION, KINDS

PARTS = ("kp_detector", "generator")
_STARTS = (b"PK", b"\x80")  # a zip archive, or a pickle as torch wrote it before 1.6
_BROKEN = (OSError, RuntimeError, EOFError, ValueError, LookupError, TypeError, AttributeError, pickle.UnpicklingError)
_FIT = "Models for 10 key points at 256x256 with vox-cpk's layout can be used."
_AGAIN = "Get the file again."
_SHOWN = 3


def read_checkpoint(path: Path, config: FommConfig) -> dict[str, Tensor]:
    """Read a public ``.pth.tar``, a dict with the parts ``kp_detector`` and ``generator`` among others.

    Nothing in the file is executed: a pickle that holds more than tensors and plain values is refused.

    Args:
        path: The file.
        config: Sizes the tensors must have.

    Returns:
        Every tensor of both parts, on the CPU, by the name it has in ``Fomm``.

    Raises:
        ModelError: the file is missing, no checkpoint, damaged, unsafe, or of another model; the message names it.
    """
    content = _unpickle(path)
    if not isinstance(content, Mapping) or not all(isinstance(content.get(part), Mapping) for part in PARTS):
        raise ModelError(f"{path} holds no dict with the parts {' and '.join(PARTS)}.", _FIT)
    state = {f"{part}.{key}": value for part in PARTS for key, value in content[part].items()}
    return _fitted(state, config, path)


def read_weights(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Read a safetensors file that ``avatarify train`` wrote.

    Returns:
        Every tensor by the name it has in ``Fomm``, and what the file says about itself: ``preset`` (its sizes) and
        ``origin``.

    Raises:
        ModelError: the file is missing, damaged, or of another model; the message names it.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "pt") as content:
            about = dict(content.metadata() or {})
            state = {name: content.get_tensor(name) for name in content.keys()}  # noqa: SIM118  it is no dict
    except (OSError, SafetensorError) as error:
        raise ModelError(f"The weights {path} cannot be read: {error}.", _AGAIN) from error
    kind = about.get("kind")
    if kind in (*KINDS, ABLATION) and kind != Fomm.kind:
        what = f"{path} holds {kind}, which does not run live."
        raise ModelError(what, "Name it as --model of 'avatarify animate', 'evaluate --reconstruct' or 'figures'.")
    if kind != Fomm.kind:
        raise ModelError(f"{path} was not written by 'avatarify train'.", "Name its model.safetensors or a .pth.tar.")
    return _fitted(state, preset(about.get("preset")), path), about


def save_weights(state: Mapping[str, Tensor], path: Path) -> None:
    """Write tensors as safetensors.

    Raises:
        ModelError: the file cannot be written.
    """
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    try:
        save_file(dict(state), path)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} cannot be written: {error}.", "Free some space, or check the folder.") from error


def load_fomm(path: Path, config: FommConfig) -> Fomm:
    """Build the model with the weights of a safetensors file.

    Raises:
        ModelError: the file is missing, damaged, or of another model; the message names it.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        state = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"The weights {path} cannot be read: {error}.", _AGAIN) from error
    model = _empty(config)
    model.load_state_dict(_fitted(state, config, path), assign=True)
    return model.eval().requires_grad_(False)


def mismatch(state: Mapping[str, object], config: FommConfig) -> str:
    """Compare tensors with what the model needs.

    Returns:
        "2 tensors are missing (…), 1 is not known (…), 1 has another shape (…)" with the first few names; empty where
        all fit.
    """
    expected = _empty(config).state_dict()
    missing = [key for key in expected if key not in state]
    extra = [key for key in state if key not in expected]
    shapes = [
        f"{key}: {_shape(state[key])}, not {_shape(tensor)}"
        for key, tensor in expected.items()
        if key in state and _shape(state[key]) != _shape(tensor)
    ]
    told = (_told(missing, "missing"), _told(extra, "not known"), _told(shapes, "of another shape"))
    return "; ".join(part for part in told if part)


def _unpickle(path: Path) -> object:
    start = _start(path)
    try:
        with warnings.catch_warnings(action="ignore"):
            return torch.load(path, map_location="cpu", weights_only=True)
    except _BROKEN as error:
        raise _why(path, start, error) from error


def _start(path: Path) -> bytes:
    """Return a file's first bytes."""
    try:
        with path.open("rb") as stream:
            return stream.read(2)
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise ModelError(f"The checkpoint {path} cannot be read: {what}.", "Check the name.") from error


def _why(path: Path, start: bytes, error: Exception) -> ModelError:
    """Put into words why torch did not read a file."""
    if not start.startswith(_STARTS):
        return ModelError(f"{path} is not a checkpoint of torch.", "Name a .pth.tar file such as vox-cpk.pth.tar.")
    code = re.search(r"[Uu]nsupported (?:global: )?GLOBAL (\S+)", str(error))
    if code is not None:
        what = f"{path} holds more than weights ({code[1]}) and was not read."
        return ModelError(what, "Use a file from the model's own publisher.")
    return ModelError(f"{path} is damaged or cut short and cannot be read.", _AGAIN)


def _fitted(state: Mapping[str, object], config: FommConfig, path: Path) -> dict[str, Tensor]:
    """Return the tensors in the model's dtypes, each with memory of its own."""
    if problem := mismatch(state, config):
        raise ModelError(f"{path} does not fit the model: {problem}.", _FIT)
    expected = _empty(config).state_dict()
    tensors = {key: value for key, value in state.items() if isinstance(value, Tensor)}
    broken = [key for key, tensor in tensors.items() if not tensor.isfinite().all()]
    if broken:
        raise ModelError(f"{path} holds numbers that are not finite: {_told(broken, 'so')}.", _AGAIN)
    contiguous = torch.contiguous_format
    return {key: value.to(expected[key].dtype).clone(memory_format=contiguous) for key, value in tensors.items()}


def _empty(config: FommConfig) -> Fomm:
    """Build the model without memory for its weights."""
    with torch.device("meta"):
        return Fomm(config)


def _shape(value: object) -> str:
    return "x".join(map(str, value.shape)) or "a number" if isinstance(value, Tensor) else "no tensor"


def _told(names: list[str], what: str) -> str:
    if not names:
        return ""
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return f"{len(names)} {'tensor is' if len(names) == 1 else 'tensors are'} {what} ({shown})"
