"""These tests run only on machines with an NVIDIA driver.

AVATARIFY_GPU_CACHE names a cache folder to use, so that ONNX files and engines are kept for the next run.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from avatarify.runtimes.probe import gpus


def pytest_collection_modifyitems(items: Any) -> None:
    reason = pytest.mark.skip(reason="no NVIDIA driver found")
    for item in items:
        if "tests/gpu/" in item.path.as_posix():
            item.add_marker(pytest.mark.gpu)
            if not gpus():
                item.add_marker(reason)


@pytest.fixture(autouse=True)
def use_shared_cache(own_folders: Path, shared_gpu_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(shared_gpu_cache))


@pytest.fixture(scope="session")
def shared_gpu_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    brought = os.environ.get("AVATARIFY_GPU_CACHE")
    return Path(brought) if brought else tmp_path_factory.mktemp("gpu-cache")
