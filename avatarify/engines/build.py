"""torch to ONNX to plans: what is valid is kept, what is not is built, and what was built is compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.engines.cache import (
    frame_files,
    onnx_files,
    onnx_sums,
    reference_file,
)
from avatarify.engines.compare import hold
from avatarify.engines.plans import PlanKey, PlanStore, default_store
from avatarify.engines.recipes import read_recipe
from avatarify.engines.target import TARGETS, BuildOptions, Target, Watch
from avatarify.errors import EngineError
from avatarify.graphs.spec import FRAME, GENERATE
from avatarify.locks import Cancelled
from avatarify.runtimes.probe import gpus

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime
    from avatarify.zoo.manifest import ModelEntry


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
        targets: Names; empty for all that can be built here.
        precision: ``fp32``, ``fp16``, or None for the recipe's.
        compute_capabilities: For TensorRT-RTX; empty for the recipe's.
        force: Build also what is valid.
        store: Where plans are kept; None for the app's own place.
    """

    targets: tuple[str, ...] = ()
    precision: str | None = None
    compute_capabilities: tuple[str, ...] = ()
    force: bool = False
    store: PlanStore | None = None


def find_target(name: str) -> Target:
    """Return the builder with this name."""
    from avatarify.engines.openvino_target import OpenVinoTarget
    from avatarify.engines.tensorrt_target import TensorRtTarget

    return OpenVinoTarget() if name == "openvino" else TensorRtTarget(name)


def options_for(entry: ModelEntry, target: Target, request: Request) -> BuildOptions:
    """Fill in what was not asked for from the recipe."""
    recipe = read_recipe(entry.manifest.kind)
    return BuildOptions(
        recipe,
        request.precision or target.precision(recipe),
        request.compute_capabilities or recipe.compute_capabilities,
    )


def _files(entry: ModelEntry, target: Target, watch: Watch) -> dict[str, Path]:
    """ONNX files of all graphs that a target may build."""

    def told(text: str) -> None:
        watch.progress(text, 0.0)

    files = onnx_files(entry, told, watch.cancelled)
    if FRAME.name in graphs_for(entry, target.name):
        files[FRAME.name] = frame_files(entry, told, watch.cancelled)
    return files


def graphs_for(entry: ModelEntry, target: str) -> tuple[str, ...]:
    """Names of the graphs that a target builds for the app."""
    return read_recipe(entry.manifest.kind).graphs[target]


def keys_of(entry: ModelEntry, target: Target, options: BuildOptions) -> list[PlanKey]:
    """Name all plans that a target makes of a model; the ONNX files must have been made."""
    graphs = options.recipe.graphs[target.name]
    sums, facts = onnx_sums(entry, graphs), (target.builder(), target.device(options), target.settings(options))
    return [
        PlanKey(entry.manifest.name, target.name, part, options.precision, sums[graph], *facts)
        for graph in graphs
        for part in target.parts(graph, options)
    ]


def build_engines(entry: ModelEntry, request: Request, watch: Watch | None = None) -> dict[str, Any]:
    """Build all engines of a model that are missing, damaged, or made for something else.

    Args:
        entry: The model.
        request: What is wanted.
        watch: Is told the progress, and may stop it.

    Returns:
        The report: ``model``, ``folder``, ``engines`` (each with ``state`` built or kept, and why), ``compared``,
        ``warnings``.

    Raises:
        UsageError: there is no such target.
        EngineError: a target that was named cannot be built here, a build failed, or its result is refused.
        Cancelled: the watcher said so; finished plans are kept.
    """
    watch = watch or Watch()
    targets, warnings = _targets(request.targets)
    store = request.store or default_store()
    entry.verify()
    report: dict[str, Any] = {
        "model": entry.manifest.name,
        "folder": str(store.folder),
        "engines": [],
        "compared": {},
        "warnings": warnings,
    }
    for target in targets:
        options = options_for(entry, target, _possible(entry, target, request, warnings))
        own = _files(entry, target, watch)
        keys = keys_of(entry, target, options)
        made = [_build(target, key, own, options, store, request.force, watch) for key in keys]
        report["engines"] += made
        if any(one["state"] == "built" for one in made):
            report["compared"][target.name] = _compare(entry, target, options, store, watch)
    return report


def open_engines(entry: ModelEntry, target: Target, store: PlanStore | None = None) -> Runtime:
    """Make a runtime of plans that were built before; builds nothing.

    Raises:
        EngineError: one is missing or not valid, or they cannot be executed here.
    """
    store = store or default_store()
    if obstacle := target.obstacle():
        raise EngineError(f"{target.name} cannot be used: {obstacle}.", "See 'avatarify doctor'.")
    options = options_for(entry, target, Request())
    plans = {key.graph: store.load(key) for key in keys_of(entry, target, options)}
    return target.open(plans, options.precision)


def drawing(runtime: Runtime) -> str:
    """Name the graph with which a runtime draws: ``frame`` if it has it, else ``generate``."""
    return FRAME.name if FRAME.name in runtime.signatures else GENERATE.name


def _targets(names: Sequence[str]) -> tuple[list[Target], list[str]]:
    found = [find_target(name) for name in names or TARGETS]
    obstacles = {target.name: target.obstacle() for target in found}
    told = [f"Nothing is built for {name}: {why}." for name, why in obstacles.items() if why]
    if names and told:
        raise EngineError(told[0], "See 'avatarify doctor'.")
    return [target for target in found if not obstacles[target.name]], told


def _possible(entry: ModelEntry, target: Target, request: Request, warnings: list[str]) -> Request:
    """Leave OpenVINO at float32 where 16 bits bring nothing and it was not named alone."""
    recipe = read_recipe(entry.manifest.kind)
    if target.name != "openvino" or request.precision != "fp16" or target.name in request.targets:
        return request
    if recipe.halve_decoder:
        return request
    warnings.append(f"openvino is built with fp32: '{entry.manifest.name}' gains nothing from 16 bits on a CPU.")
    return replace(request, precision="fp32")


def _build(
    target: Target,
    key: PlanKey,
    files: dict[str, Path],
    options: BuildOptions,
    store: PlanStore,
    force: bool,
    watch: Watch,
) -> dict[str, Any]:
    """Build one plan if it has to be."""
    name = PlanStore.name(key)
    started, why = time.perf_counter(), store.problem(key)
    if not why and not force:
        return _told(key, store, "kept", "is valid", started)
    with store.lock(key, lambda: watch.progress(f"{name}: another process builds it, waiting", 0.0), watch.cancelled):
        now = store.problem(key)
        if why and not now:
            return _told(key, store, "kept", "another process built it meanwhile", started)
        why = now or "was asked for with --force"
        if watch.cancelled():
            raise Cancelled
        own = Watch(_prefixed(watch.progress, name, why), watch.cancelled)
        plan = target.build(key.graph, files[key.graph.partition(".")[0]], options, own)
        store.save(key, plan, {"seconds": round(time.perf_counter() - started, 2), "why": why})
    return _told(key, store, "built", why, started)


def _prefixed(progress: Callable[[str, float], None], name: str, why: str) -> Callable[[str, float], None]:
    return lambda text, share: progress(f"{name} {why}: {text}", share)


def _told(key: PlanKey, store: PlanStore, state: str, why: str, started: float) -> dict[str, Any]:
    return {
        "target": key.target,
        "graph": key.graph,
        "precision": key.precision,
        "state": state,
        "why": why,
        "seconds": round(time.perf_counter() - started, 2),
        "mb": round(store.file(key).stat().st_size / 1e6, 1),
        "builder": key.builder,
        "device": key.device,
    }


def _compare(
    entry: ModelEntry, target: Target, options: BuildOptions, store: PlanStore, watch: Watch
) -> dict[str, Any] | str:
    """Hold what was built to the reference; where nothing can execute it, say so."""
    if target.name != "openvino" and not gpus():
        return "not compared: no NVIDIA driver answers here; it is done at the first start on a GPU"
    watch.progress(f"comparing {target.name} with torch", 0.0)
    keys = keys_of(entry, target, options)
    runtime = target.open({key.graph: store.load(key) for key in keys}, options.precision)
    name = f"The engine {target.name} {options.precision} of '{entry.manifest.name}'"
    try:
        return hold(runtime, reference_file(entry, drawing(runtime)), name, options.precision).as_dict()
    except EngineError:
        for key in keys:
            store.remove(key)
        raise
    finally:
        runtime.close()
