"""From a model to an opened, checked runtime: ONNX files, engines built from them, comparison with the reference."""
