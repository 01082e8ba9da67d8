"""The store of engines: valid plans are used, all others are reported and never used."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from avatarify.engines import plans
from avatarify.engines.plans import PlanKey, PlanStore
from avatarify.errors import EngineError
from avatarify.files import write_atomic

KEY = PlanKey("built-in", "tensorrt-rtx", "generate", "fp16", "ab" * 32, "tensorrt-rtx 1.7", "8.9", "float32: Softmax")


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    made = PlanStore(tmp_path)
    made.file(KEY).parent.mkdir(parents=True)
    made.save(KEY, bytes(range(256)) * 64, {"seconds": 1.0})
    return made


def test_a_saved_plan_is_valid_and_read_back(store: PlanStore) -> None:
    assert store.problem(KEY) is None
    assert store.load(KEY) == bytes(range(256)) * 64
    assert json.loads(store.file(KEY).with_suffix(".json").read_text())["key"]["builder"] == "tensorrt-rtx 1.7"
    assert not list(store.folder.rglob("*.part"))


def test_one_changed_byte_is_detected(store: PlanStore) -> None:
    content = bytearray(store.file(KEY).read_bytes())
    content[5000] ^= 1
    store.file(KEY).write_bytes(content)
    assert "damaged" in str(store.problem(KEY))
    with pytest.raises(EngineError, match=r"generate of 'built-in' for tensorrt-rtx fp16: damaged.*build-engines"):
        store.load(KEY)


def test_a_truncated_plan_is_detected(store: PlanStore) -> None:
    store.file(KEY).write_bytes(store.file(KEY).read_bytes()[:-1])
    assert str(store.problem(KEY)) == "truncated"


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        (replace(KEY, builder="tensorrt-rtx 1.8"), "built by tensorrt-rtx 1.7, but this is tensorrt-rtx 1.8"),
        (replace(KEY, device="12.0"), "built for 8.9, but this is 12.0"),
        (replace(KEY, options="float32: Exp"), "built with other settings"),
        (replace(KEY, onnx_sha256="cd" * 32), "built from another graph"),
    ],
)
def test_a_plan_for_something_else_is_detected_and_described(store: PlanStore, key: PlanKey, problem: str) -> None:
    assert str(store.problem(key)) == problem


def test_a_plan_without_a_manifest_is_not_valid(store: PlanStore) -> None:
    assert str(store.problem(replace(KEY, graph="encode"))) == "not built yet"
    store.file(KEY).with_suffix(".json").write_text("{")
    assert str(store.problem(KEY)) == "its manifest cannot be read"
    store.file(KEY).with_suffix(".json").write_text('{"key": 3, "sha256": "", "size": 1}')
    assert str(store.problem(KEY)) == "its manifest cannot be read"


def test_a_process_killed_between_plan_and_manifest_leaves_no_valid_plan(
    store: PlanStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the process ended right after the plan was put in its place."""
    write = write_atomic

    def plan_only(file: Path, content: bytes) -> None:
        if file.suffix == ".json":
            raise KeyboardInterrupt
        write(file, content)

    monkeypatch.setattr(plans, "write_atomic", plan_only)
    with pytest.raises(KeyboardInterrupt):
        store.save(KEY, b"new", {})
    assert str(store.problem(KEY)) == "its manifest cannot be read"


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    with pytest.raises(EngineError, match="cannot be written"):
        PlanStore(blocker / "engines").save(KEY, b"", {})
