"""Converts ONNX graphs to float16, except where that would cost accuracy."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from avatarify.errors import EngineError


def to_float16(model: Any, keep: Collection[str], keep_modules: Collection[str] = ()) -> Any:
    """Convert an ONNX model to float16; its inputs and outputs keep their types.

    Tracing a half-precision module on a CPU takes minutes, so the exported graph is converted.

    Args:
        model: Float32, an ``onnx.ModelProto``; changed in place.
        keep: Types of operations that stay float32.
        keep_modules: Modules whose operations all stay float32, by the first parts of the nodes' names.

    Returns:
        The converted model, with the shapes of all its tensors.

    Raises:
        EngineError: The converter is not installed.
    """
    try:
        from onnxruntime.transformers.float16 import DEFAULT_OP_BLOCK_LIST, convert_float_to_float16
    except ImportError as error:
        raise EngineError(
            "Float16 engines need ONNX Runtime's converter.", "Run: pip install onnxruntime, or use --precision fp32."
        ) from error
    import warnings

    import onnx

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # weights too small for float16 become its smallest number
        blocked = sorted({*DEFAULT_OP_BLOCK_LIST, *keep})
        starts = tuple(f"{module}." for module in keep_modules)
        nodes = [node.name for node in model.graph.node if node.name.startswith(starts)]
        return onnx.shape_inference.infer_shapes(
            convert_float_to_float16(model, keep_io_types=True, op_block_list=blocked, node_block_list=nodes)
        )
