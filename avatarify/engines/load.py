"""Finds the engines that were built of a model, and opens a runtime with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from avatarify.engines.cache import onnx_sums
from avatarify.engines.plans import PlanKey, PlanStore, default_store
from avatarify.engines.recipes import read_recipe
from avatarify.engines.target import BuildOptions, Target
from avatarify.errors import EngineError
from avatarify.graphs.spec import FRAME, GENERATE

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime
    from avatarify.zoo.manifest import ModelEntry


def find_target(name: str) -> Target:
    """Return the builder with this name, one of ``target.TARGETS``."""
    from avatarify.engines.openvino_target import OpenVinoTarget
    from avatarify.engines.tensorrt_target import TensorRtTarget

    return OpenVinoTarget() if name == "openvino" else TensorRtTarget(name)


def options_for(
    entry: ModelEntry, target: Target, precision: str | None = None, compute_capabilities: tuple[str, ...] = ()
) -> BuildOptions:
    """Return the options for a model: the given ones, and the recipe's where there are none."""
    recipe = read_recipe(entry.manifest.kind)
    return BuildOptions(
        recipe, precision or target.precision(recipe), compute_capabilities or recipe.compute_capabilities
    )


def plan_keys(entry: ModelEntry, target: Target, options: BuildOptions) -> list[PlanKey]:
    """Return the keys of all plans that a target builds of a model.

    Raises:
        EngineMissing: The model's ONNX files have not been made.
    """
    graphs = options.recipe.graphs[target.name]
    sums = onnx_sums(entry, graphs)
    facts = target.builder(), target.device(options), target.settings(options)
    return [
        PlanKey(entry.manifest.name, target.name, part, options.precision, sums[graph], *facts)
        for graph in graphs
        for part in target.parts(graph, options)
    ]


def open_engines(
    entry: ModelEntry, target: Target, store: PlanStore | None = None, precision: str | None = None
) -> Runtime:
    """Open a runtime with engines that were built before; builds nothing.

    Args:
        entry: The model.
        target: Which engines.
        store: Where they are; None for the app's own.
        precision: Of the engines; None for the recipe's.

    Raises:
        EngineMissing: One is missing or not valid.
        EngineError: They cannot be executed on this machine.
    """
    store = store or default_store()
    if obstacle := target.obstacle():
        raise EngineError(
            "{target} cannot be used: {reason}.", "Run 'avatarify doctor'.", target=target.name, reason=obstacle
        )
    options = options_for(entry, target, precision)
    plans = {key.graph: store.load(key) for key in plan_keys(entry, target, options)}
    return target.open(plans, options.precision)


def drawing_graph(runtime: Runtime) -> str:
    """Return the name of the graph with which a runtime draws: ``frame`` if it has it, otherwise ``generate``."""
    return FRAME.name if FRAME.name in runtime.signatures else GENERATE.name
