"""What runtimes execute: the named graphs of a model, and their export to ONNX."""
