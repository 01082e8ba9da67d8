"""Traces a torch module into a flat list of operations that a CUDA graph can record.

The module is traced once on the CPU: no Python is left, lists used as indices and tables made in ``forward`` become
tensors that can be moved to the GPU beforehand, and what depends on no input is already computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.func import functionalize
from torch.fx import GraphModule, Node
from torch.fx.experimental.proxy_tensor import make_fx
from torch.fx.passes.dialect.common.cse_pass import CSEPass

if TYPE_CHECKING:
    from avatarify.graphs.graph import Graph

_aten = torch.ops.aten
# Superfluous where nothing is changed in place. A clone is not: it changes the memory layout.
_COPIES = (_aten.lift_fresh_copy.default, _aten.detach.default, _aten.alias.default)


def flatten(graph: Graph) -> GraphModule:
    """Trace a graph with its example inputs.

    Args:
        graph: In evaluation mode, on the CPU.

    Returns:
        A module that takes the inputs in their order and returns a tuple, without operations that change a tensor in
        place. Its tensors are buffers: ``.cuda()`` moves all of it.
    """
    inputs = [value.clone() for value in graph.inputs.values()]  # one tensor given twice would be traced as one input
    with torch.no_grad():
        flat = make_fx(functionalize(graph.module, remove="mutations"))(*inputs)
    _drop_copies(flat)
    _fold_constants(flat)
    _follow_inputs(flat)
    flat.graph.eliminate_dead_code()
    result = CSEPass()(flat)
    assert result is not None
    return tidy(result.graph_module)


def hold(flat: GraphModule, value: torch.Tensor) -> Node:
    """Store a tensor in the module and return a node, at the graph's insertion point, that reads it."""
    number = len(list(flat.buffers()))
    while hasattr(flat, name := f"held_{number}"):
        number += 1
    flat.register_buffer(name, value.detach(), persistent=False)
    node: Node = flat.graph.get_attr(name)
    return node


def value_of(flat: GraphModule, node: object) -> torch.Tensor | None:
    """Return the tensor that a node reads from the module; None for all other nodes."""
    if not isinstance(node, Node) or node.op != "get_attr":
        return None
    found: Any = flat
    for part in str(node.target).split("."):
        found = getattr(found, part)
    assert isinstance(found, torch.Tensor)
    return found.detach()


def tidy(flat: GraphModule) -> GraphModule:
    """Remove unused operations and tensors from a module in place, and return it."""
    flat.graph.eliminate_dead_code()
    flat.delete_all_unused_submodules()
    used = {str(node.target) for node in flat.graph.nodes if node.op == "get_attr"}
    for name in set(vars(flat)) | set(dict(flat.named_buffers())) | set(dict(flat.named_parameters())):
        if name not in used and isinstance(getattr(flat, name, None), torch.Tensor):
            delattr(flat, name)
    flat.graph.lint()
    flat.recompile()
    return flat


def _drop_copies(flat: GraphModule) -> None:
    for node in flat.graph.nodes:
        if node.target in _COPIES:
            node.replace_all_uses_with(node.args[0])


def _fold_constants(flat: GraphModule) -> None:
    """Compute what depends only on tensors of the module."""
    known: dict[Node, Any] = {}
    for node in list(flat.graph.nodes):
        if node.op == "get_attr":
            known[node] = value_of(flat, node)
        elif node.op == "call_function" and all(value in known for value in node.all_input_nodes):
            args, kwargs = torch.fx.map_arg((node.args, node.kwargs), known.__getitem__)
            known[node] = node.target(*args, **kwargs)
    for node, value in known.items():
        outside = [user for user in node.users if user not in known]
        if isinstance(value, torch.Tensor) and outside:
            with flat.graph.inserting_before(node):
                node.replace_all_uses_with(hold(flat, value.contiguous()), outside.__contains__)


def _follow_inputs(flat: GraphModule) -> None:
    """Let new tensors (``zeros_like`` and the like) be made on the device of their input, not on the CPU."""
    for node in flat.graph.nodes:
        if node.op == "call_function" and node.all_input_nodes:
            node.kwargs = {key: value for key, value in node.kwargs.items() if key not in ("device", "pin_memory")}
