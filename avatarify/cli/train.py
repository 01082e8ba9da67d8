"""``avatarify train``: train the built-in model on rendered humans."""

from __future__ import annotations

import argparse
from pathlib import Path

from avatarify.cli.common import give

SUMMARY = "train a model on rendered humans"
PARTS = ("keypoints", "generator")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare data, result and time."""
    parser.add_argument("config", choices=("mobile-256",), help="what is trained")
    parser.add_argument("--data", required=True, type=Path, help="folder of shards, faces large: for the key points")
    parser.add_argument("--wide-data", type=Path, help="folder of shards, heads and shoulders: for the generator")
    parser.add_argument("--out", required=True, type=Path, help="checkpoints go here; a second call resumes")
    parser.add_argument("--minutes", type=float, default=60.0, help="training time of each part (default: 60)")
    parser.add_argument("--only", choices=PARTS, help="train one part; without it both, and the model is written")


def run(args: argparse.Namespace) -> int:
    """Train the parts that are asked for; with both, write ``model.safetensors``."""
    from avatarify.networks.mobile import join
    from avatarify.training import mobile_generator, mobile_keypoints

    result: dict[str, object] = {"config": args.config, "minutes": args.minutes}
    if args.only in (None, "keypoints"):
        mobile_keypoints.train(args.data, args.out / "keypoints", args.minutes)
    if args.only in (None, "generator"):
        mobile_generator.train(args.wide_data or args.data, args.out / "generator", args.minutes)
    checkpoints = {part: args.out / part / "checkpoint.pt" for part in PARTS}
    if all(file.exists() for file in checkpoints.values()):
        result["model"] = str(join(checkpoints["keypoints"], checkpoints["generator"], args.out / "model.safetensors"))
    give(args, result, f"Written to {result.get('model', args.out)}.")
    return 0
