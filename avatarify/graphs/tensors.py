"""The inputs and outputs of a graph as dataclasses: each field is a tensor with its specification. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, Self, TypeVar, get_type_hints

from avatarify.errors import EngineError

T = TypeVar("T")  # numpy arrays where a runtime is called, torch tensors inside a network
Dtype = Literal["uint8", "float32"]
FEATURES = "features"  # the field of those tensors whose names each model chooses itself
BUILD_AGAIN = "Build the engines again with 'avatarify build-engines --force'."


@dataclass(frozen=True)
class TensorSpec:
    """One input or output.

    Attributes:
        dtype: Of its numbers.
        shape: Numbers, and symbols for sizes that depend on the model.
        range: Of its values, in words.
        meaning: One sentence.
        optional: A model's graph may lack it. Callers pass every input; a runtime ignores those that its graph lacks.
    """

    dtype: Dtype
    shape: tuple[int | str, ...]
    range: str
    meaning: str
    optional: bool = False


def pixels(*shape: int | str, meaning: str, optional: bool = False) -> TensorSpec:
    """Return the spec of an image or mask in 8 bits."""
    return TensorSpec("uint8", shape, "0 to 255", meaning, optional)


def numbers(*shape: int | str, values: str, meaning: str, optional: bool = False) -> TensorSpec:
    """Return the spec of a float32 tensor."""
    return TensorSpec("float32", shape, values, meaning, optional)


class Tensors(Generic[T]):
    """The inputs or outputs of a graph; the subclasses are dataclasses.

    Attributes:
        specs: Of the fields by name, in order.
        has_features: There are also tensors whose names each model chooses.
    """

    specs: ClassVar[dict[str, TensorSpec]]
    has_features: ClassVar[bool]

    def __init_subclass__(cls) -> None:
        hints = get_type_hints(cls, include_extras=True)
        found = {name: getattr(hint, "__metadata__", ()) for name, hint in hints.items()}
        cls.specs = {name: metadata[0] for name, metadata in found.items() if metadata}
        cls.has_features = FEATURES in hints

    def arrays(self) -> dict[str, T]:
        """Return the tensors by name: features first, then the fields in order, without those that are None."""
        named = {name: getattr(self, name) for name in self.specs}
        return {**getattr(self, FEATURES, {}), **{name: value for name, value in named.items() if value is not None}}

    def tensors(self) -> tuple[T, ...]:
        """Return the tensors in the order of ``arrays``."""
        return tuple(self.arrays().values())

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, T]) -> Self:
        """Build the group from tensors by name.

        Raises:
            EngineError: One is missing that is not optional.
        """
        for name, spec in cls.specs.items():
            if name not in arrays and not spec.optional:
                raise EngineError("A graph of the model lacks the tensor '{name}'.", BUILD_AGAIN, name=name)
        fields: dict[str, Any] = {name: arrays.get(name) for name in cls.specs}
        if cls.has_features:
            fields[FEATURES] = {name: value for name, value in arrays.items() if name not in cls.specs}
        return cls(**fields)
