"""Who executes a network: torch, OpenVINO, ONNX Runtime, TensorRT. One protocol, chosen with a stated reason."""
