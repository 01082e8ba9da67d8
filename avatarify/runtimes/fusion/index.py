"""Arithmetic on indices that are written as C expressions, with constants folded."""

from __future__ import annotations

from collections.abc import Sequence

Index = tuple[str, ...]
Shape = tuple[int, ...]


def number(text: str) -> int | None:
    """Return the value of a constant expression, or None."""
    try:
        return int(text)
    except ValueError:
        return None


def plus(a: str, b: str | int) -> str:
    """A + b."""
    x, y = number(a), number(str(b))
    if x is not None and y is not None:
        return str(x + y)
    if y == 0:
        return a
    return str(b) if x == 0 else f"({a}+{b})"


def times(a: str, b: int) -> str:
    """A b."""
    x = number(a)
    if x is not None:
        return str(x * b)
    return "0" if b == 0 else a if b == 1 else f"{a}*{b}"


def over(a: str, b: int) -> str:
    """A non-negative a, divided and rounded down."""
    x = number(a)
    return str(x // b) if x is not None else a if b == 1 else f"({a})/{b}"


def rest(a: str, b: int) -> str:
    """What remains of a non-negative a."""
    x = number(a)
    return str(x % b) if x is not None else "0" if b == 1 else f"({a})%{b}"


def strides_of(shape: Sequence[int]) -> Shape:
    """Strides of a contiguous tensor."""
    found, step = [], 1
    for size in reversed(shape):
        found.append(step)
        step *= size
    return tuple(reversed(found))


def offset(index: Index, strides: Sequence[int]) -> str:
    """Where an element is, counted in elements."""
    total = "0"
    for place, stride in zip(index, strides, strict=True):
        total = plus(total, times(place, stride))
    return total


def reshaped(index: Index, given: Shape, wanted: Shape) -> Index:
    """Index into a tensor of shape ``wanted`` of the element that has ``index`` in its view of shape ``given``."""
    head = 0
    while head < min(len(given), len(wanted)) and given[head] == wanted[head]:
        head += 1
    if head == len(given) == len(wanted):
        return index
    linear = offset(index[head:], strides_of(given[head:]))
    tail, sizes = wanted[head:], strides_of(wanted[head:])
    found = tuple(
        "0" if size == 1 else rest(over(linear, step), size) if place else over(linear, step)
        for place, (size, step) in enumerate(zip(tail, sizes, strict=True))
    )
    return (*index[:head], *found)


def broadcast(index: Index, shape: Shape) -> Index:
    """Index into a tensor that is broadcast to more or longer axes."""
    own = index[len(index) - len(shape) :]
    return tuple("0" if size == 1 else place for place, size in zip(own, shape, strict=True))


def in_order(linear: str, shape: Shape, strides: Shape) -> Index:
    """Index of the element at a place in memory, for a dense tensor."""
    return tuple(
        "0" if size == 1 else rest(over(linear, step), size) for size, step in zip(shape, strides, strict=True)
    )
