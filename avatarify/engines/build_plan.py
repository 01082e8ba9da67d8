"""Builds one plan, or keeps the one that is valid."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from avatarify.engines.plans import PlanKey, PlanStore
from avatarify.engines.target import BuildOptions, Target, Watch
from avatarify.locks import Cancelled
from avatarify.messages import Message

KEPT, BUILT = "kept", "built"
VALID = Message("valid")


@dataclass(frozen=True)
class PlanBuilder:
    """Builds the plans of one model for one target.

    Attributes:
        target: The builder.
        options: How to build.
        store: Where plans are kept.
        force: Build valid plans again.
        watch: Progress and cancellation.
    """

    target: Target
    options: BuildOptions
    store: PlanStore
    force: bool
    watch: Watch

    def build(self, key: PlanKey, onnx: Path) -> dict[str, Any]:
        """Build a plan if there is no valid one.

        Args:
            key: Of the plan.
            onnx: File of the graph.

        Returns:
            A row of the report: the key's main fields, ``state`` (built or kept), ``why``, ``seconds``, and ``mb``.

        Raises:
            EngineError: It cannot be built or written.
            Cancelled: The user stopped it.
        """
        started, problem = time.perf_counter(), self.store.problem(key)
        if problem is None and not self.force:
            return self._row(key, KEPT, VALID, started)
        with self.store.lock(key, lambda: self._report_waiting(key), self.watch.cancelled):
            now = self.store.problem(key)
            if problem is not None and now is None:
                return self._row(key, KEPT, Message("another process has built it"), started)
            why = now or Message("requested with --force")
            self._build(key, onnx, why, started)
        return self._row(key, BUILT, why, started)

    def _build(self, key: PlanKey, onnx: Path, why: Message, started: float) -> None:
        if self.watch.cancelled():
            raise Cancelled

        def progress(step: Message, fraction: float) -> None:
            message = Message("{engine} ({reason}): {step}", engine=key.title, reason=why, step=step)
            self.watch.progress(message, fraction)

        plan = self.target.build(key.graph, onnx, self.options, Watch(progress, self.watch.cancelled))
        self.store.save(key, plan, {"seconds": _seconds_since(started), "why": str(why)})

    def _report_waiting(self, key: PlanKey) -> None:
        self.watch.progress(Message("{engine}: waiting for another process that builds it", engine=key.title), 0.0)

    def _row(self, key: PlanKey, state: str, why: Message, started: float) -> dict[str, Any]:
        return {
            "target": key.target,
            "graph": key.graph,
            "precision": key.precision,
            "state": state,
            "why": why,
            "seconds": _seconds_since(started),
            "mb": round(self.store.file(key).stat().st_size / 1e6, 1),
            "builder": key.builder,
            "device": key.device,
        }


def _seconds_since(started: float) -> float:
    return round(time.perf_counter() - started, 2)
