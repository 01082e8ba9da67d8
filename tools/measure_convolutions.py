"""Times every convolution of both models on a GPU: cuDNN against our kernel with each tile.

``python tools/measure_convolutions.py --out FILE`` writes a list: sizes, microseconds by tile (rows, columns, warps;
"cudnn" for cuDNN), and how far the worst tile's result is from float64.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from pathlib import Path
from typing import Any

import torch
from measure_gpu import given, whole_frame

from avatarify.runtimes.fusion.compiler import compile_kernels
from avatarify.runtimes.fusion.convolutions import prepare
from avatarify.runtimes.fusion.partition import fuse
from avatarify.runtimes.fusion.tiled_convolution import TiledConvolution
from avatarify.runtimes.fusion.tiles import Kind, kinds_of, tiles_for, time_all
from avatarify.runtimes.fx_flatten import flatten
from avatarify.runtimes.half_precision import convolve, narrow
from avatarify.zoo.random_model import RANDOM


def main() -> None:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--models", nargs="+", default=["built-in", RANDOM])
    args = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for model in args.models:
        kinds = _kinds(model)
        tried = {kind: kind.kernels(tiles_for(kind.shape), number) for number, kind in enumerate(kinds)}
        compile_kernels(list(itertools.chain.from_iterable(tried.values())))
        for kind, count in kinds.items():
            rows.append({"model": model, "count": count, **_row(kind, tried[kind])})
            args.out.write_text(json.dumps(rows) + "\n", encoding="utf-8")
        own = [row for row in rows if row["model"] == model]
        total = {name: sum(row["count"] * row[name] for row in own) for name in ("cudnn", "best")}
        sys.stdout.write(f"{model}: {json.dumps(total)}, worst {max(row['worst'] for row in own)}\n")


def _kinds(model: str) -> dict[Kind, int]:
    inputs = given(model)
    flat = narrow(flatten(whole_frame(model, shorter=model == RANDOM))).cuda()
    module = fuse(prepare(flat), inputs, convolve)
    return {kind: len(nodes) for kind, nodes in kinds_of(module, inputs).items()}


def _row(kind: Kind, kernels: list[TiledConvolution]) -> dict[str, Any]:
    times = time_all(kind, kernels)
    own = {"/".join(str(number) for number in tile): round(us, 2) for tile, us in times.items() if tile is not None}
    sizes = {"x": kind.shape.x, "weight": kind.shape.weight, "stride": kind.shape.stride}
    best = min(own.values(), default=times[None])
    return {**sizes, "cudnn": round(times[None], 2), "best": best, "own": own, "worst": _worst(kind, kernels)}


def _worst(kind: Kind, kernels: list[TiledConvolution]) -> float:
    """The largest difference from float64, as a part of the largest result."""
    values = kind.example()
    x, weight, *bias = (value.double() for value in values)
    wanted = torch.nn.functional.conv2d(
        x, weight, bias[0] if bias else None, stride=kind.shape.stride, padding=kind.shape.padding
    )
    wanted = wanted.relu() if kind.relu else wanted
    with torch.inference_mode():
        differences = [(kernel(*values).double() - wanted).abs().max() for kernel in kernels]
    return float(max(differences, default=torch.zeros(())) / wanted.abs().max())


if __name__ == "__main__":
    main()
