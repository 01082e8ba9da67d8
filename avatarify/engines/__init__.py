"""Builds what the runtimes execute: torch to ONNX, kept in a cache keyed by the weights."""
