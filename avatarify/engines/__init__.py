"""Builds what the runtimes execute: torch to ONNX to plans, kept under manifests, compared with the reference."""
