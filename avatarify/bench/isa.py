"""Limits the instructions that the libraries use, to see what an older processor gets."""

from __future__ import annotations

import os
import platform

from avatarify import paths
from avatarify.errors import UsageError

# OpenVINO, OpenCV, torch and its MKL, numpy's OpenBLAS; MediaPipe and ONNX Runtime cannot be limited.
_WIDE = "AVX512-SKX,AVX512-CLX,AVX_VNNI"
LIMITS = {
    "avx2": {
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "OPENCV_CPU_DISABLE": _WIDE,
        "ATEN_CPU_CAPABILITY": "avx2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "OPENBLAS_CORETYPE": "Haswell",
    },
    "sse41": {
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "OPENCV_CPU_DISABLE": f"{_WIDE},AVX2,FP16,AVX,SSE4.2",
        "ATEN_CPU_CAPABILITY": "default",
        "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
        "OPENBLAS_CORETYPE": "Nehalem",
    },
}


def limit_instructions(isa: str) -> None:
    """Limit this process and those that it starts, and give them a cache folder of their own.

    To be called before the libraries are imported.

    Args:
        isa: A key of ``LIMITS``.

    Raises:
        UsageError: The processor has other instructions.
    """
    if platform.machine().lower() not in ("x86_64", "amd64"):
        raise UsageError(
            "The instructions of {machine} cannot be limited.", "Leave out --isa.", machine=platform.machine()
        )
    os.environ.update(LIMITS[isa], AVATARIFY_CACHE=str(paths.cache() / "bench" / isa))
