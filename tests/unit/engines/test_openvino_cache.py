"""Engines that OpenVINO made for something else than this process are built again, never replaced by torch."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from avatarify.engines.choose import Chosen, choose_runtime
from avatarify.engines.load import find_target, options_for, plan_keys
from avatarify.engines.plans import default_store
from avatarify.engines.target import Watch
from avatarify.locks import FolderNotWritable, locked
from avatarify.messages import Message
from avatarify.runtimes.openvino_runtime import instruction_set
from avatarify.zoo.manifest import ModelEntry
from avatarify.zoo.random_model import RANDOM, open_model

IN_ANOTHER_PROCESS = """
import json
from avatarify.engines.choose import choose_runtime
from avatarify.engines.target import Watch
from avatarify.runtimes.openvino_runtime import instruction_set
from avatarify.zoo.random_model import RANDOM, open_model
said = []
watch = Watch(lambda step, fraction: said.append(str(step)), announce=lambda text: said.append(str(text)))
runtime = choose_runtime(open_model(RANDOM, "tiny"), watch=watch).runtime
print(json.dumps({"runtime": runtime.name, "said": said, "isa": instruction_set()}))
"""


class Said:
    """What an opening reported.

    Attributes:
        announced, steps, warned: In order.
    """

    def __init__(self) -> None:
        self.announced, self.steps, self.warned = list[str](), list[str](), list[str]()

    def open(self, entry: ModelEntry) -> Chosen:
        """Choose a runtime, close it, and keep what was said."""

        def progress(step: Message, fraction: float) -> None:
            self.steps.append(str(step))

        def announce(message: Message) -> None:
            self.announced.append(str(message))

        def warn(message: Message) -> None:
            self.warned.append(str(message))

        chosen = choose_runtime(entry, watch=Watch(progress, announce=announce, warn=warn))
        chosen.runtime.close()
        return chosen


@pytest.fixture
def entry(cache: Any) -> ModelEntry:
    entry = open_model(RANDOM, "tiny")
    choose_runtime(entry).runtime.close()
    return entry


def plans() -> list[Path]:
    return sorted(default_store().folder.glob(f"{RANDOM}/openvino-*/*.plan"))


def test_valid_engines_are_used_without_a_word(entry: ModelEntry) -> None:
    said = Said()
    assert said.open(entry).runtime.name == "openvino"
    assert (said.announced, said.steps, said.warned) == ([], [], [])


@pytest.mark.skipif(not instruction_set().startswith("Intel AVX"), reason="only x86-64 processors can be limited")
def test_another_instruction_set_builds_its_own_engines(entry: ModelEntry) -> None:
    narrower = "AVX" if instruction_set() == "Intel AVX2" else "AVX2"

    def opened(**environment: str) -> Any:
        words = [sys.executable, "-c", IN_ANOTHER_PROCESS]
        done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, **environment}, check=True)
        return json.loads(done.stdout)

    narrow = opened(ONEDNN_MAX_CPU_ISA=narrower)
    assert narrow["runtime"] == "openvino"
    assert narrow["isa"] != instruction_set()
    assert narrow["said"][0].startswith("Preparing the model 'fomm-random' for this computer.")
    assert any("compiling" in step for step in narrow["said"])
    assert opened(ONEDNN_MAX_CPU_ISA=narrower)["said"] == []
    wide = opened()
    assert (wide["runtime"], wide["isa"]) == ("openvino", instruction_set())
    assert all(text.startswith("Preparing the model") or instruction_set() in text for text in wide["said"])


def garbage(entry: ModelEntry) -> None:
    """Replace a plan by one whose manifest is right, but which OpenVINO cannot load."""
    target = find_target("openvino")
    key = plan_keys(entry, target, options_for(entry, target))[0]
    default_store().save(key, b"no compiled model", {})


def swapped(entry: ModelEntry) -> None:
    """Put the plan of another graph under a name: it loads, but has other inputs."""
    target, store = find_target("openvino"), default_store()
    keys = {key.graph: key for key in plan_keys(entry, target, options_for(entry, target))}
    store.save(keys["keypoints"], store.load(keys["encode"]), {})


def edited(name: str, value: str) -> Callable[[ModelEntry], None]:
    """Change what a manifest says its plan is for."""

    def edit(entry: ModelEntry) -> None:
        manifest = plans()[0].with_suffix(".json")
        content = json.loads(manifest.read_text())
        content["key"][name] = value
        manifest.write_text(json.dumps(content))

    return edit


@pytest.mark.parametrize(
    "harm",
    [
        garbage,
        swapped,
        lambda entry: plans()[0].write_bytes(b"damaged"),
        lambda entry: plans()[0].unlink(),
        edited("builder", "openvino 2025.0"),
        edited("device", "Another CPU (Intel AVX2)"),
    ],
)
def test_engines_of_no_use_are_built_again_once(entry: ModelEntry, harm: Callable[[ModelEntry], None]) -> None:
    harm(entry)
    said = Said()
    chosen = said.open(entry)
    assert (chosen.runtime.name, chosen.refused, said.warned) == ("openvino", [], [])
    assert [text.partition(" for ")[0] for text in said.announced] == ["Preparing the model 'fomm-random'"]
    assert any("compiling" in step for step in said.steps)
    again = Said()
    assert again.open(entry).runtime.name == "openvino"
    assert again.announced == []


def test_a_cache_that_cannot_be_written_is_replaced_for_this_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = open_model(RANDOM, "tiny")
    blocker = tmp_path / "file"
    blocker.touch()
    monkeypatch.setenv("AVATARIFY_CACHE", str(blocker / "cache"))
    with pytest.raises(FolderNotWritable), locked(blocker / "cache" / "x.lock"):
        pass
    said = Said()
    assert said.open(entry).runtime.name == "openvino"
    (warning,) = said.warned
    assert str(blocker) in warning
    assert "prepared again at each start" in warning
