"""Built engines (plans) on disk, each with a manifest that says what it was built from and for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from avatarify import paths
from avatarify.engines.target import EngineMissing
from avatarify.files import write_atomic
from avatarify.locks import locked, writing_to
from avatarify.messages import Message
from avatarify.partial import remove_partial


@dataclass(frozen=True)
class PlanKey:
    """Everything that a plan depends on; a plan is valid for exactly one key.

    Attributes:
        model: Name of the model.
        target: ``tensorrt``, ``tensorrt-rtx`` or ``openvino``.
        graph: Name of the graph; OpenVINO may split one into parts, ``generate.0`` and ``generate.1``.
        precision: ``fp32`` or ``fp16``.
        onnx_sha256: Of the graph's ONNX file.
        builder: Library with its version.
        device: The processor, as far as the plan depends on it: name, compute capability, driver.
        options: What else changes the plan: operations kept in float32, number type of the decoder.
    """

    model: str
    target: str
    graph: str
    precision: str
    onnx_sha256: str
    builder: str
    device: str
    options: str

    @property
    def title(self) -> Message:
        """What the user reads: ``frame of 'built-in' for tensorrt-rtx fp16``."""
        return Message(
            "{graph} of '{model}' for {target} {precision}",
            graph=self.graph,
            model=self.model,
            target=self.target,
            precision=self.precision,
        )


@dataclass(frozen=True)
class PlanStore:
    """A folder of plans.

    Attributes:
        folder: Its root.
    """

    folder: Path

    def file(self, key: PlanKey) -> Path:
        """Return the file for the plan of a key; plans for other versions or devices use the same file."""
        return self.folder / key.model / f"{key.target}-{key.precision}" / f"{key.graph}.plan"

    def is_empty(self, model: str, target: str) -> bool:
        """Return whether no plan of a model was ever built for a target; reads no plan."""
        return not any((self.folder / model).glob(f"{target}-*/*.plan"))

    def lock(
        self, key: PlanKey, on_wait: Callable[[], None], cancelled: Callable[[], bool]
    ) -> AbstractContextManager[None]:
        """Keep other processes from building the same plan (see ``locks.locked``)."""
        return locked(self.file(key).with_suffix(".lock"), on_wait, cancelled)

    def problem(self, key: PlanKey) -> Message | None:
        """Return why there is no valid plan for a key, a few words; None if there is one."""
        file = self.file(key)
        if not file.is_file():
            return Message("not built yet")
        try:
            manifest = json.loads(_manifest(file).read_text(encoding="utf-8"))
            sha256, size, found = manifest["sha256"], int(manifest["size"]), manifest["key"]
            if found != asdict(key):
                return _mismatch(found, key)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
            return Message("its manifest cannot be read")
        if file.stat().st_size != size:
            return Message("truncated") if file.stat().st_size < size else Message("larger than its manifest says")
        if _sha256(file.read_bytes()) != sha256:
            return Message("damaged: its SHA-256 differs from the manifest's")
        return None

    def save(self, key: PlanKey, plan: bytes, facts: Mapping[str, object]) -> None:
        """Write a plan and its manifest; call it under the lock.

        Args:
            key: What it is valid for.
            plan: As the builder returned it.
            facts: Also written into the manifest.

        Raises:
            EngineError: The folder cannot be written.
        """
        file = self.file(key)
        manifest = {"key": asdict(key), "sha256": _sha256(plan), "size": len(plan), **facts}
        with writing_to(file.parent):
            remove_partial(file)
            remove_partial(_manifest(file))
            _manifest(file).unlink(missing_ok=True)  # until the new manifest is written there is no valid plan
            write_atomic(file, plan)
            write_atomic(_manifest(file), json.dumps(manifest, indent=2).encode() + b"\n")

    def load(self, key: PlanKey) -> bytes:
        """Read a plan.

        Raises:
            EngineMissing: There is no valid one for the key.
        """
        if problem := self.problem(key):
            raise EngineMissing(
                "No valid engine {engine}: {reason}.",
                "Run: avatarify build-engines --model {model} --target {target}",
                engine=key.title,
                reason=problem,
                model=key.model,
                target=key.target,
            )
        return self.file(key).read_bytes()

    def remove(self, key: PlanKey) -> None:
        """Delete a plan that turned out to be wrong."""
        _manifest(self.file(key)).unlink(missing_ok=True)
        self.file(key).unlink(missing_ok=True)


def default_store() -> PlanStore:
    """Return the store that the app itself uses, in the user's cache folder."""
    return PlanStore(paths.cache() / "engines")


def _manifest(file: Path) -> Path:
    return file.with_suffix(".json")


def _mismatch(found: Mapping[str, Any], key: PlanKey) -> Message:
    """Return what an existing plan was built for instead."""
    if found.get("builder") != key.builder:
        return Message("built by {found}, but this is {wanted}", found=found.get("builder"), wanted=key.builder)
    if found.get("device") != key.device:
        return Message("built for {found}, but this is {wanted}", found=found.get("device"), wanted=key.device)
    if found.get("options") != key.options or found.get("precision") != key.precision:
        return Message("built with other settings")
    return Message("built from another graph")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
