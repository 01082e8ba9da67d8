"""Writes the page "Graphs" of the documentation site from ``avatarify/graphs/spec.py``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from avatarify.graphs.spec import GRAPHS, SYMBOLS, GraphSpec
from avatarify.graphs.tensors import Tensors, TensorSpec

INTRO = """# Graphs

This page is generated from [the code](reference/avatarify.graphs.md#avatarify.graphs.spec). A model is a set of named
graphs, and all runtimes execute the same ones: `keypoints`, `encode`, and either `generate` or, on a GPU, `frame`.
A model whose tensors differ from these tables is rejected when it is opened.

Coordinates are (x, y), x to the right, y down; -1 and 1 are the edges of the crop. Images are RGB, rows first.
A model may lack an optional tensor. A symbol in a shape has one value in all graphs of a model:

| symbol | meaning |
| --- | --- |
"""
HEAD = ("| tensor | dtype | shape | range | meaning |", "| --- | --- | --- | --- | --- |")
FEATURES_ROW = "| *features* | | | | The encoded portrait. Each model chooses number, names, and shapes. |"


def graphs() -> str:
    """Write the page: the symbols, then each graph."""
    symbols = [f"| {symbol} | {meaning} |" for symbol, meaning in SYMBOLS.items()]
    return INTRO + "\n".join([*symbols, *(line for graph in GRAPHS.values() for line in section(graph))]) + "\n"


def section(graph: GraphSpec[Any, Any]) -> Iterator[str]:
    """Write a graph with the tables of its inputs and outputs."""
    yield f"\n## `{graph.name}`\n\n{graph.meaning}"
    yield from table("Inputs", graph.inputs)
    yield from table("Outputs", graph.outputs)


def table(title: str, group: type[Tensors[Any]]) -> Iterator[str]:
    """Write a table of inputs or outputs, under the first line of their class's docstring."""
    yield f"\n**{title}.** {(inspect.getdoc(group) or '').partition(chr(10))[0]}\n"
    yield from HEAD
    if group.has_features:
        yield FEATURES_ROW
    yield from (row(name, spec) for name, spec in group.specs.items())


def row(name: str, spec: TensorSpec) -> str:
    """Write one tensor."""
    optional = ", optional" if spec.optional else ""
    shape = " × ".join(map(str, spec.shape))
    return f"| `{name}`{optional} | {spec.dtype} | {shape} | {spec.range} | {spec.meaning} |"
