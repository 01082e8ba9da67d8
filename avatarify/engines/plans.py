"""Built engines on disk: each plan with a manifest that tells for what it is good."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from avatarify import paths
from avatarify.engines.target import EngineMissing
from avatarify.files import remove_partial, write_atomic
from avatarify.locks import locked, writing_to


@dataclass(frozen=True)
class PlanKey:
    """Everything that a plan depends on; a plan serves exactly one key.

    Attributes:
        model: Name of the model.
        target: ``tensorrt``, ``tensorrt-rtx`` or ``openvino``.
        graph: Which of the model's graphs; OpenVINO may cut one into parts, ``generate.0`` and ``generate.1``.
        precision: ``fp32`` or ``fp16``.
        onnx_sha256: Of the graph it is built from.
        builder: Library with its version.
        device: The processor it is for, as far as the plan depends on it: name, compute capability, driver.
        options: What else changes the plan: operations kept float32, compute capabilities.
    """

    model: str
    target: str
    graph: str
    precision: str
    onnx_sha256: str
    builder: str
    device: str
    options: str


@dataclass(frozen=True)
class PlanStore:
    """A folder of plans.

    Attributes:
        folder: Its top.
    """

    folder: Path

    def file(self, key: PlanKey) -> Path:
        """Where the plan of a key stands; a plan of another version stands, and is replaced, in the same place."""
        return self.folder / key.model / f"{key.target}-{key.precision}" / f"{key.graph}.plan"

    def lock(
        self, key: PlanKey, on_wait: Callable[[], None], cancelled: Callable[[], bool]
    ) -> AbstractContextManager[None]:
        """Keep other processes from building the same plan (see ``files.locked``)."""
        return locked(self.file(key).with_suffix(".lock"), on_wait, cancelled)

    def problem(self, key: PlanKey) -> str:
        """Say why there is no valid plan, in a few words for the user; empty if there is one."""
        file = self.file(key)
        if not file.is_file():
            return "is not built yet"
        try:
            written = json.loads(_manifest(file).read_text(encoding="utf-8"))
            sha256, size, found = written["sha256"], written["size"], written["key"]
            if found != asdict(key):
                return _foreign(found, key)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return "has no manifest that can be read"
        if file.stat().st_size != size:
            return "is cut short" if file.stat().st_size < size else "has grown"
        return "" if _sum(file.read_bytes()) == sha256 else "is damaged: its SHA-256 is not its manifest's"

    def save(self, key: PlanKey, plan: bytes, facts: dict[str, object]) -> None:
        """Keep a plan and its manifest; call it under the lock.

        Raises:
            EngineError: the folder cannot be written.
        """
        file = self.file(key)
        manifest = {"key": asdict(key), "sha256": _sum(plan), "size": len(plan), **facts}
        with writing_to(file.parent):
            remove_partial(file)
            remove_partial(_manifest(file))
            _manifest(file).unlink(missing_ok=True)  # from here to the end there is no valid plan
            write_atomic(file, plan)
            write_atomic(_manifest(file), json.dumps(manifest, indent=2).encode() + b"\n")

    def load(self, key: PlanKey) -> bytes:
        """Read a plan.

        Raises:
            EngineMissing: there is none that is valid for the key.
        """
        if problem := self.problem(key):
            command = f"Run: avatarify build-engines --model {key.model} --target {key.target}"
            raise EngineMissing(f"The engine {self.name(key)} {problem}.", command)
        return self.file(key).read_bytes()

    def remove(self, key: PlanKey) -> None:
        """Take a plan away that was found to be wrong."""
        _manifest(self.file(key)).unlink(missing_ok=True)
        self.file(key).unlink(missing_ok=True)

    @staticmethod
    def name(key: PlanKey) -> str:
        """How a plan is called when the user is told about it."""
        return f"{key.graph} of '{key.model}' for {key.target} {key.precision}"


def default_store() -> PlanStore:
    """The plans that the app itself uses, in the user's cache folder."""
    return PlanStore(paths.cache() / "engines")


def _manifest(file: Path) -> Path:
    return file.with_suffix(".json")


def _foreign(found: dict[str, str], key: PlanKey) -> str:
    """Tell for what else a plan was built."""
    told = {
        "builder": "was built by {}, here is {}",
        "device": "was built for {}, here is {}",
        "options": "was built with other settings",
        "precision": "was built with other settings",
    }
    for name, text in told.items():
        if found.get(name) != getattr(key, name):
            return text.format(found.get(name), getattr(key, name))
    changed = [field.name for field in fields(key) if found.get(field.name) != getattr(key, field.name)]
    return "was built from another graph" if changed else "has a manifest of another form"


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
