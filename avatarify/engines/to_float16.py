"""Float32 graphs to float16 where it does no harm."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from avatarify.errors import EngineError


def to_float16(model: Any, keep: Collection[str], keep_modules: Collection[str] = ()) -> Any:
    """Convert an ONNX model; its inputs and outputs stay as they are.

    Tracing a half-precision module on a CPU takes minutes, so the finished graph is converted.

    Args:
        model: Float32, an ``onnx.ModelProto``; it is changed.
        keep: Operations that stay float32.
        keep_modules: Modules, by the first part of their nodes' names, all of whose operations do.

    Returns:
        The converted model, with the shapes of all its tensors.

    Raises:
        EngineError: the converter is not installed.
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
        warnings.simplefilter("ignore")  # weights too small for float16: they become its smallest number
        blocked = sorted({*DEFAULT_OP_BLOCK_LIST, *keep})
        nodes = [node.name for node in model.graph.node if node.name.partition(".")[0] in keep_modules]
        return onnx.shape_inference.infer_shapes(
            convert_float_to_float16(model, keep_io_types=True, op_block_list=blocked, node_block_list=nodes)
        )
