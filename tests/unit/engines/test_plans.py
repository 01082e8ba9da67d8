"""The cache of engines: what is whole is used, what is not is named and never used."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from avatarify.engines import plans
from avatarify.engines.plans import PlanKey, PlanStore
from avatarify.errors import EngineError

KEY = PlanKey("built-in", "tensorrt-rtx", "generate", "fp16", "ab" * 32, "tensorrt-rtx 1.7", "8.9", "float32: Softmax")


@pytest.fixture
def store(tmp_path: Path) -> Any:
    made = PlanStore(tmp_path)
    made.file(KEY).parent.mkdir(parents=True)
    made.save(KEY, bytes(range(256)) * 64, {"seconds": 1.0})
    return made


def test_a_plan_that_was_saved_is_valid_and_read_back(store: Any) -> None:
    assert store.problem(KEY) == ""
    assert store.load(KEY) == bytes(range(256)) * 64
    assert json.loads(store.file(KEY).with_suffix(".json").read_text())["key"]["builder"] == "tensorrt-rtx 1.7"
    assert not list(store.folder.rglob("*.part"))


def test_one_changed_byte_is_seen(store: Any) -> None:
    content = bytearray(store.file(KEY).read_bytes())
    content[5000] ^= 1
    store.file(KEY).write_bytes(content)
    assert "damaged" in store.problem(KEY)
    with pytest.raises(EngineError, match=r"generate of 'built-in' for tensorrt-rtx fp16 is damaged.*build-engines"):
        store.load(KEY)


def test_a_plan_that_was_cut_short_is_seen(store: Any) -> None:
    store.file(KEY).write_bytes(store.file(KEY).read_bytes()[:-1])
    assert store.problem(KEY) == "is cut short"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"builder": "tensorrt-rtx 1.8"}, "was built by tensorrt-rtx 1.7, here is tensorrt-rtx 1.8"),
        ({"device": "12.0"}, "was built for 8.9, here is 12.0"),
        ({"options": "float32: Exp"}, "was built with other settings"),
        ({"onnx_sha256": "cd" * 32}, "was built from another graph"),
    ],
)
def test_a_plan_of_something_else_is_seen_and_said_what_of(store: Any, change: dict[str, str], told: str) -> None:
    assert store.problem(replace(KEY, **change)) == told


def test_without_a_plan_or_its_manifest_there_is_none(store: Any) -> None:
    assert store.problem(replace(KEY, graph="encode")) == "is not built yet"
    store.file(KEY).with_suffix(".json").write_text("{")
    assert store.problem(KEY) == "has no manifest that can be read"
    store.file(KEY).with_suffix(".json").write_text('{"key": 3, "sha256": "", "size": 1}')
    assert store.problem(KEY) == "has no manifest that can be read"


def test_a_death_between_plan_and_manifest_leaves_no_valid_plan(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the process ended right after the plan was put in its place."""

    write = plans.write_atomic

    def once(file: Any, content: Any) -> None:
        if file.suffix == ".json":
            raise KeyboardInterrupt
        write(file, content)

    monkeypatch.setattr(plans, "write_atomic", once)
    with pytest.raises(KeyboardInterrupt):
        store.save(KEY, b"new", {})
    assert store.problem(KEY) == "has no manifest that can be read"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    with pytest.raises(EngineError, match="cannot be written"):
        PlanStore(blocker / "engines").save(KEY, b"", {})
