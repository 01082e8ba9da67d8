"""Tests that need more than the base install; CI runs the engine tests with it alone, too."""

from importlib.util import find_spec

import pytest

HAVE_ONNXRUNTIME = find_spec("onnxruntime") is not None
needs_onnxruntime = pytest.mark.skipif(not HAVE_ONNXRUNTIME, reason="ONNX Runtime is not in the base install")
