"""Runtimes execute graphs: torch, OpenVINO, ONNX Runtime, TensorRT, behind one protocol."""
