"""Where OpenVINO spends the time of a graph: milliseconds for each type of operation, on one thread or more.

``python tools/graph_profile.py generate keypoints`` compiles graphs of the built-in model as the app does, runs each on
the frames of its reference, and prints OpenVINO's own counters. ``--against DIR`` (a folder of ONNX files with a
reference) also times that folder's graphs, compiled as they are in float32, in turns with these, and says how far their
results are apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.cache import onnx_files
from avatarify.engines.openvino_int8 import calibration_cases, quantize_convolutions
from avatarify.engines.openvino_model import halve_convolutions, resize_by_products
from avatarify.engines.reference.file import Reference, read_reference
from avatarify.graphs.spec import ENCODE, GENERATE, KEYPOINTS
from avatarify.runtimes.openvino_runtime import half_type, load_openvino
from avatarify.zoo.random_model import open_model

Arrays = dict[str, NDArray[Any]]
REFERENCE = "reference.npz"
PLAIN = "plain"
ROUNDS, COUNT = 5, 20


def main() -> None:
    """Print one JSON object for each graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="*", default=[KEYPOINTS.name, GENERATE.name])
    parser.add_argument("--model", default="built-in")
    parser.add_argument("--folder", type=Path, help="of the ONNX files; the model's own if not given")
    parser.add_argument("--against", type=Path, help="another folder, timed in turns with the first")
    parser.add_argument("--threads", type=int, nargs="+", default=[1])
    parser.add_argument("--precision", choices=("fp32", "fp16", "int8"), default="fp16" if half_type() else "fp32")
    parser.add_argument("--plain", action="store_true", help="compile the ONNX file as it is, in float32")
    parser.add_argument("--nodes", type=int, default=0, help="also list this many of the slowest operations")
    args = parser.parse_args()
    folder = args.folder or onnx_files(open_model(args.model))[GENERATE.name].parent
    how = PLAIN if args.plain else args.precision
    for name in args.graphs:
        for threads in args.threads:
            report = {"graph": name, "threads": threads, **counters(folder, name, threads, how, args.nodes)}
            if args.against:
                report |= in_turns(folder, args.against, name, threads, how)
            sys.stdout.write(json.dumps(report, indent=1) + "\n")


class Compiled:
    """A graph with the inputs of its reference.

    Args:
        folder: Of the ONNX files and the reference.
        name: Of the graph.
        threads: That OpenVINO may use.
        how: ``fp32``, ``fp16``, or ``int8`` as the app compiles it, or ``plain``.
        counting: Keep counters, which costs time.
    """

    def __init__(self, folder: Path, name: str, threads: int, how: str, counting: bool = False) -> None:
        self._settings = {
            "INFERENCE_NUM_THREADS": threads,
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32",
            "PERF_COUNT": counting,
        }
        self.folder, self._how = folder, how
        self.request = self._open(name)
        self.inputs = self._inputs(name, read_reference(folder / REFERENCE))

    def _open(self, name: str) -> Any:
        core = load_openvino().Core()
        model = core.read_model(str(self.folder / f"{name}.onnx"))
        if self._how != PLAIN:
            resize_by_products(model)
        if self._how == "fp16":
            halve_convolutions(model, half_type())
        if self._how == "int8" and name != ENCODE.name:
            quantize_convolutions(model, calibration_cases(name, self.folder))
        return core.compile_model(model, "CPU", self._settings).create_infer_request()

    def _inputs(self, name: str, reference: Reference) -> list[Arrays]:
        """Return the inputs of each frame."""
        if name == KEYPOINTS.name:
            cases = [case.keypoints for case in reference.cases]
        elif name == ENCODE.name:
            cases = [reference.encode]
        else:
            features = self._run(self._open(ENCODE.name), reference.encode)
            cases = [features | reference.source | case.generate for case in reference.cases]
        known = {port.any_name for port in self.request.model_inputs}
        return [{key: value for key, value in case.items() if key in known} for case in cases]

    @staticmethod
    def _run(request: Any, given: Arrays) -> Arrays:
        known = {port.any_name for port in request.model_inputs}
        request.infer({key: np.ascontiguousarray(value) for key, value in given.items() if key in known})
        return {port.any_name: request.get_tensor(port).data.copy() for port in request.model_outputs}

    def run(self, number: int) -> Arrays:
        """Execute one frame of the reference."""
        return self._run(self.request, self.inputs[number % len(self.inputs)])

    def milliseconds(self, number: int) -> tuple[float, float]:
        """Time one frame of the reference, without copying its results: by the clock, and of all cores."""
        given = self.inputs[number % len(self.inputs)]
        begun, used = time.perf_counter(), time.process_time()
        self.request.infer(given, share_inputs=True)
        return (time.perf_counter() - begun) * 1e3, (time.process_time() - used) * 1e3


def counters(folder: Path, name: str, threads: int, how: str, slowest: int = 0) -> dict[str, Any]:
    """Return milliseconds and number of operations by type, averaged over the frames after some to warm up."""
    graph = Compiled(folder, name, threads, how, counting=True)
    times: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    types: dict[str, str] = {}
    for number in range(2 * COUNT):
        graph.run(number)
        for row in graph.request.profiling_info if number >= COUNT else ():
            times[row.node_name]["ms"] += row.real_time.total_seconds() * 1e3 / COUNT
            types[row.node_name] = f"{row.node_type} {row.exec_type}"
    by_type: dict[str, list[float]] = defaultdict(lambda: [0, 0])
    for node, spent in times.items():
        if spent["ms"] > 0:
            by_type[types[node]][0] += 1
            by_type[types[node]][1] += spent["ms"]
    ordered = sorted(by_type.items(), key=lambda item: -item[1][1])
    longest = sorted(times, key=lambda node: -times[node]["ms"])[:slowest]
    return {
        "executed operations": int(sum(count for _, (count, _) in ordered)),
        "ms": round(sum(spent for _, (_, spent) in ordered), 2),
        "by type (count, ms)": {kind: [int(count), round(spent, 3)] for kind, (count, spent) in ordered},
        **(
            {"slowest": {f"{node} ({types[node]})": round(times[node]["ms"], 3) for node in longest}} if slowest else {}
        ),
    }


def in_turns(folder: Path, other: Path, name: str, threads: int, how: str) -> dict[str, Any]:
    """Return p50 milliseconds of both folders' graphs, A B A B, and the largest and mean difference of each result."""
    graphs = {"this": Compiled(folder, name, threads, how), "other": Compiled(other, name, threads, PLAIN)}
    times: dict[str, list[tuple[float, float]]] = {which: [] for which in graphs}
    for _ in range(ROUNDS):
        for which, graph in graphs.items():
            times[which] += [graph.milliseconds(number) for number in range(COUNT)][2:]
    middle = {which: np.median(all_of, axis=0) for which, all_of in times.items()}
    apart: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for number in range(len(graphs["this"].inputs)):
        expected = graphs["other"].run(number)
        for key, value in graphs["this"].run(number).items():
            off = np.abs(value.astype(np.float64) - expected[key])
            apart[key] = [max(apart[key][0], float(off.max())), max(apart[key][1], float(off.mean()))]
    return {
        "p50 ms, by the clock and of all cores": {
            which: [round(float(ms), 2) for ms in both] for which, both in middle.items()
        },
        "ratio": [round(float(ms), 3) for ms in middle["this"] / middle["other"]],
        "largest and mean difference": dict(apart),
    }


if __name__ == "__main__":
    main()
