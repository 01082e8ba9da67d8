"""Builds a model's engines: valid ones are kept, the others are built and compared with the reference."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.engines.build_plan import BUILT, PlanBuilder
from avatarify.engines.cache import frame_file, intact_reference, onnx_files
from avatarify.engines.compare import Difference, check
from avatarify.engines.load import drawing_graph, find_target, options_for, plan_keys
from avatarify.engines.plans import PlanKey, PlanStore, default_store
from avatarify.engines.recipes import read_recipe
from avatarify.engines.target import TARGETS, BuildOptions, Target, Watch
from avatarify.errors import EngineError
from avatarify.graphs.spec import FRAME
from avatarify.messages import Message
from avatarify.runtimes.probe import gpus

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime
    from avatarify.zoo.manifest import ModelEntry


@dataclass(frozen=True)
class Request:
    """Which engines to build, and how.

    Attributes:
        targets: Names; empty for all that can be built on this machine.
        precision: ``fp32``, ``fp16``, or None for the recipe's.
        compute_capabilities: For TensorRT-RTX; empty for the recipe's.
        force: Build valid engines again.
        store: Where plans are kept; None for the app's own store.
    """

    targets: tuple[str, ...] = ()
    precision: str | None = None
    compute_capabilities: tuple[str, ...] = ()
    force: bool = False
    store: PlanStore | None = None


def build_engines(entry: ModelEntry, request: Request, watch: Watch | None = None) -> dict[str, Any]:
    """Build all engines of a model that are missing, damaged, or not valid for this machine.

    Args:
        entry: The model.
        request: Which engines.
        watch: Progress and cancellation.

    Returns:
        The report: ``model``, ``folder``, ``engines`` (each with ``state`` built or kept, and why), ``compared`` (by
        target, the differences or a ``Message`` saying why it was not compared), ``warnings`` (``Message``s).

    Raises:
        EngineError: A requested target cannot be built on this machine, a build failed, or its result was rejected.
        Cancelled: The user stopped it; finished plans are kept.
    """
    watch, store = watch or Watch(), request.store or default_store()
    targets, warnings = _usable_targets(request.targets)
    entry.verify()
    report: dict[str, Any] = {
        "model": entry.manifest.name,
        "folder": str(store.folder),
        "engines": [],
        "compared": {},
        "warnings": warnings,
    }
    for target in targets:
        options = options_for(entry, target, request.precision, request.compute_capabilities)
        rows = _build_plans(entry, target, options, store, request.force, watch)
        report["engines"] += rows
        if any(row["state"] == BUILT for row in rows):
            report["compared"][target.name] = _compare(entry, target, options, store, watch)
    return report


def build_and_open(
    entry: ModelEntry, target: Target, watch: Watch, force: bool = False, precision: str | None = None
) -> Runtime:
    """Build a model's engines for a target, compare them with the reference, and open a runtime with them.

    Args:
        entry: The model.
        target: What to build.
        watch: Progress and cancellation.
        force: Build valid engines again.
        precision: Of the engines; None for the recipe's.

    Raises:
        EngineError: A build failed, or its result was rejected.
        Cancelled: The user stopped it; finished plans are kept.
    """
    store, options = default_store(), options_for(entry, target, precision)
    _build_plans(entry, target, options, store, force, watch)
    return _open_compared(entry, target, options, store, watch)[0]


def _build_plans(
    entry: ModelEntry, target: Target, options: BuildOptions, store: PlanStore, force: bool, watch: Watch
) -> list[dict[str, Any]]:
    """Build the plans that are missing; those of OpenVINO at the same time, since each compiles on one core."""
    builder, files = PlanBuilder(target, options, store, force, watch), _onnx_files(entry, target, watch)
    keys = plan_keys(entry, target, options)

    def build(key: PlanKey) -> dict[str, Any]:
        return builder.build(key, files[key.graph.partition(".")[0]])

    with ThreadPoolExecutor(len(keys) if target.parallel else 1, thread_name_prefix="avatarify-build") as pool:
        return list(pool.map(build, keys))


def _usable_targets(names: Sequence[str]) -> tuple[list[Target], list[Message]]:
    """Return the targets that can be built, and a warning for each that cannot.

    Raises:
        EngineError: One of the names cannot be built.
    """
    targets = [find_target(name) for name in names or TARGETS]
    obstacles = {target.name: target.obstacle() for target in targets}
    warnings = [
        Message("Nothing is built for {target}: {reason}.", target=name, reason=obstacle)
        for name, obstacle in obstacles.items()
        if obstacle
    ]
    if names and warnings:
        raise EngineError(warnings[0], "Run 'avatarify doctor'.")
    return [target for target in targets if not obstacles[target.name]], warnings


def _onnx_files(entry: ModelEntry, target: Target, watch: Watch) -> dict[str, Path]:
    files = onnx_files(entry, watch)
    if FRAME.name in read_recipe(entry.manifest.kind).graphs[target.name]:
        files[FRAME.name] = frame_file(entry, watch)
    return files


def _compare(
    entry: ModelEntry, target: Target, options: BuildOptions, store: PlanStore, watch: Watch
) -> dict[str, float] | Message:
    """Compare new engines with the reference, and delete them if they differ too much."""
    if target.name != "openvino" and not gpus():
        return Message("not compared: no NVIDIA driver found; the first start on a GPU compares it")
    runtime, difference = _open_compared(entry, target, options, store, watch)
    runtime.close()
    return difference.as_dict()


def _open_compared(
    entry: ModelEntry, target: Target, options: BuildOptions, store: PlanStore, watch: Watch
) -> tuple[Runtime, Difference]:
    """Open a runtime and compare it with the reference; delete its engines if they differ too much."""
    watch.progress(Message("comparing {target} with torch", target=target.name), 0.0)
    keys = plan_keys(entry, target, options)
    runtime = target.open({key.graph: store.load(key) for key in keys}, options.precision)
    subject = Message(
        "The engine {target} {precision} of '{model}'",
        target=target.name,
        precision=options.precision,
        model=entry.manifest.name,
    )
    try:
        return runtime, check(runtime, intact_reference(entry, drawing_graph(runtime)), subject, options.precision)
    except EngineError:
        for key in keys:
            store.remove(key)
        runtime.close()
        raise
