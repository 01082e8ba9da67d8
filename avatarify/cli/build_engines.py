"""``avatarify build-engines``: torch to ONNX to plans, kept where the app finds them."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from avatarify.cli.common import add_any_model, give, show_warnings
from avatarify.cli.progress import ProgressLine
from avatarify.cli.stopping import stoppable

SUMMARY = "build engines for TensorRT and OpenVINO and compare them with the reference"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is built, and where."""
    add_any_model(parser)
    parser.add_argument(
        "--target",
        choices=("tensorrt", "tensorrt-rtx", "openvino", "all"),
        default="all",
        help="runtime to build for; 'all' skips what is not installed",
    )
    parser.add_argument("--precision", choices=("fp32", "fp16"), help="default: the one in the recipe")
    parser.add_argument(
        "-o", "--output", dest="out", metavar="DIR", help="folder for the engines (default: where the app looks)"
    )
    parser.add_argument("--force", action="store_true", help="rebuild engines that are valid")
    parser.add_argument(
        "--compute-capability",
        metavar="A,B",
        help="GPUs to build TensorRT-RTX engines for, such as 7.5,8.9 (default: 7.5 to 12.0)",
    )


def run(args: argparse.Namespace) -> int:
    """Build and print what was done."""
    from avatarify.engines.build import Request, build_engines
    from avatarify.engines.plans import PlanStore
    from avatarify.engines.target import Watch
    from avatarify.zoo.random_model import open_model

    request = Request(
        targets=() if args.target == "all" else (args.target,),
        precision=args.precision,
        compute_capabilities=_capabilities(args.compute_capability),
        force=args.force,
        store=PlanStore(Path(args.out).expanduser().resolve()) if args.out else None,
    )
    started = time.perf_counter()
    with stoppable() as stop, ProgressLine(every_s=0.5) as line:
        report = build_engines(open_model(args.model), request, Watch(line.step, stop.requested))
    report["seconds"] = round(time.perf_counter() - started, 2)
    show_warnings(report)
    give(args, report, _text(report))
    return 0


def _capabilities(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    from avatarify.engines.tensorrt_target import check_capabilities

    return check_capabilities(tuple(part.strip() for part in text.split(",")))


def _short(why: object) -> str:
    """Shorten a reason that follows "built"."""
    return "new" if str(why) == "not built yet" else str(why)


def _text(report: dict[str, Any]) -> str:
    lines = [
        f"{one['state']:<6}{one['target']} {one['precision']} {one['graph']}: {_short(one['why'])} "
        f"({one['mb']:.1f} MB, {one['seconds']:.1f} s)"
        for one in report["engines"]
    ]
    for target, seen in report["compared"].items():
        lines.append(f"{target}: {_difference(seen) if isinstance(seen, dict) else seen}")
    done = sum(one["state"] == "built" for one in report["engines"])
    lines.append(
        f"{done} of {len(report['engines'])} engines built in {report['seconds']:.1f} s, in {report['folder']}"
    )
    return "\n".join(lines)


def _difference(seen: dict[str, float]) -> str:
    return (
        f"difference from torch over {seen['frames']:.0f} real frames: key points at most {seen['keypoints']:.2g}, "
        f"image mean {seen['image']:.2g}/255"
    )
