"""Imported models get right ONNX files and engines where ONNX Runtime is not installed."""

from __future__ import annotations

import subprocess
import sys

from field.kit import Failed, Kit, expect

_CODE = """
import sys
sys.modules["onnxruntime"] = None  # it cannot be imported, as in a plain "pip install ."
from avatarify.engines.build import Request, build_engines
from avatarify.zoo.random_model import RANDOM, open_model
report = build_engines(open_model(RANDOM, "tiny"), Request(("openvino",)))
print(report["compared"]["openvino"]["image"], report["compared"]["openvino"]["motion"])
"""


def check(kit: Kit) -> str:
    """Build the engines of a small full model, whose layers all matter, and read how they compare with torch."""
    command = [sys.executable, "-P", "-c", _CODE]
    done = subprocess.run(command, cwd=kit.folder, env=kit.environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(done.stderr.strip().splitlines()[-1])
    image, motion = map(float, done.stdout.split())
    expect(image < 2 and motion < 0.001, f"image {image}/255, motion {motion}")
    return f"image {image:.4f}/255, motion {motion:.6f}"
