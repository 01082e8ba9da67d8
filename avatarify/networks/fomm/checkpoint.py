"""Weights of the First Order Motion Model: public checkpoints and safetensors, with every tensor checked."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from avatarify.errors import ModelError
from avatarify.messages import Message
from avatarify.networks.fomm.checkpoint_file import check_file
from avatarify.networks.fomm.config import FommConfig, preset
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.registry import ABLATION, KINDS
from avatarify.networks.tensors_file import is_usable, kind_of, read_tensors

PARTS = ("kp_detector", "generator")
_FIT = "Models for 10 key points at 256x256 with vox-cpk's layout can be used."
_AGAIN = Message("Get the file again.")
_SHOWN = 3


def read_checkpoint(path: Path, config: FommConfig) -> dict[str, Tensor]:
    """Read a public ``.pth.tar``, a dict with the parts ``kp_detector`` and ``generator`` among others.

    Nothing in the file is executed: a pickle with more than tensors and plain values is refused.

    Args:
        path: The file.
        config: Sizes the tensors must have.

    Returns:
        Every tensor of both parts, on the CPU, by the name it has in ``Fomm``.

    Raises:
        ModelError: The file is missing, not a checkpoint, damaged, unsafe, or of another model; the message names it.
    """
    content = _unpickle(path)
    if not isinstance(content, Mapping) or not all(isinstance(content.get(part), Mapping) for part in PARTS):
        raise ModelError("{path} has no dict with the parts kp_detector and generator.", _FIT, path=path)
    state = {f"{part}.{key}": value for part in PARTS for key, value in content[part].items()}
    return _fitted(state, config, path)


def read_weights(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Read a safetensors file that ``avatarify train`` wrote.

    Returns:
        Every tensor by the name it has in ``Fomm``, and the file's metadata: ``preset`` (its sizes) and ``origin``.

    Raises:
        ModelError: The file is missing, damaged, or of another model; the message names it.
    """
    state, about = read_tensors(path, _AGAIN)
    kind = about.get("kind")
    if kind in (*KINDS, ABLATION) and kind != Fomm.kind:
        raise ModelError(
            "{path} is a model of the kind {kind}, which does not run live.",
            "Use it as --model of 'avatarify animate', 'evaluate --reconstruct', or 'figures'.",
            path=path,
            kind=kind,
        )
    if kind != Fomm.kind:
        hint = "Give the model.safetensors of a training run, or a .pth.tar."
        raise ModelError("{path} was not written by 'avatarify train'.", hint, path=path)
    return _fitted(state, preset(about.get("preset")), path), about


def save_weights(state: Mapping[str, Tensor], path: Path) -> None:
    """Write tensors as safetensors.

    Raises:
        ModelError: The file cannot be written.
    """
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    try:
        save_file(dict(state), path)
    except (OSError, SafetensorError) as error:
        hint = "Free some space, or check the folder."
        raise ModelError("{path} cannot be written: {reason}.", hint, path=path, reason=error) from error


def load_fomm(path: Path, config: FommConfig) -> Fomm:
    """Build the model with the weights of a safetensors file.

    Raises:
        ModelError: The file is missing, damaged, or of another model; the message names it.
    """
    state, _ = read_tensors(path, _AGAIN)
    model = _empty(config)
    model.load_state_dict(_fitted(state, config, path), assign=True)
    return model.eval().requires_grad_(False)


def mismatches(state: Mapping[str, object], config: FommConfig) -> list[Message]:
    """Compare tensors with those of the model.

    Args:
        state: Tensors by name, and perhaps other values.
        config: Sizes of the model.

    Returns:
        One message, with the first few names, for missing tensors, for unknown ones, and for those of another shape;
        empty if all fit.
    """
    expected = _empty(config).state_dict()
    missing = [key for key in expected if key not in state]
    unknown = [key for key in state if key not in expected]
    shapes = [
        f"{key}: {_shape(state[key])}, not {_shape(tensor)}"
        for key, tensor in expected.items()
        if key in state and _shape(state[key]) != _shape(tensor)
    ]
    found = (
        (missing, Message("missing tensors: {count} ({names})", count=len(missing), names=_first_names(missing))),
        (unknown, Message("unknown tensors: {count} ({names})", count=len(unknown), names=_first_names(unknown))),
        (shapes, Message("tensors of another shape: {count} ({names})", count=len(shapes), names=_first_names(shapes))),
    )
    return [message for names, message in found if names]


def _unpickle(path: Path) -> object:
    check_file(path)
    try:
        with warnings.catch_warnings(action="ignore"):
            return torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # damaged pickles make torch raise whatever its parts happen to meet
        raise _why(path, error) from error


def _why(path: Path, error: Exception) -> ModelError:
    """Return the error that says why torch did not read a file."""
    code = re.search(r"[Uu]nsupported (?:global: )?GLOBAL (\S+)", str(error))
    if code is not None:
        text = "{path} contains more than weights ({name}) and was not read."
        return ModelError(text, "Use a file from the model's own publisher.", path=path, name=code[1])
    return ModelError("{path} is damaged or truncated and cannot be read.", _AGAIN, path=path)


def _fitted(state: Mapping[str, object], config: FommConfig, path: Path) -> dict[str, Tensor]:
    """Return the tensors in the model's dtypes, each with memory of its own.

    Raises:
        ModelError: A tensor is missing, unknown, of another shape or an unusual kind, or not finite.
    """
    if problems := mismatches(state, config):
        raise ModelError("{path} does not fit the model: {problems}.", _FIT, path=path, problems=problems)
    expected = _empty(config).state_dict()
    tensors = {key: value for key, value in state.items() if isinstance(value, Tensor)}
    if strange := [f"{key}: {kind_of(value)}" for key, value in tensors.items() if not is_usable(value, expected[key])]:
        text = "{path} has tensors of a kind that cannot be used: {names}."
        raise ModelError(text, _FIT, path=path, names=_first_names(strange))
    contiguous = torch.contiguous_format
    cast = {key: value.to(expected[key].dtype).clone(memory_format=contiguous) for key, value in tensors.items()}
    if broken := [key for key, tensor in cast.items() if not tensor.isfinite().all()]:  # 1e300 is not, as float32
        text = "{path} has numbers that are not finite: {names}."
        raise ModelError(text, _AGAIN, path=path, names=_first_names(broken))
    return cast


def _empty(config: FommConfig) -> Fomm:
    """Build the model without memory for its weights."""
    with torch.device("meta"):
        return Fomm(config)


def _shape(value: object) -> str:
    return "x".join(map(str, value.shape)) or "scalar" if isinstance(value, Tensor) else "no tensor"


def _first_names(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
