"""``avatarify evaluate --reconstruct``: the paper's video reconstruction for any methods, side by side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.cli.common import count, give
from avatarify.cli.progress import ProgressLine
from avatarify.errors import InputError, UsageError
from avatarify.files import write_atomic
from avatarify.messages import Message, printable

if TYPE_CHECKING:
    from avatarify.evaluation.footage import Footage
    from avatarify.evaluation.perceptual import Perceptual
    from avatarify.evaluation.performer import Performer
    from avatarify.evaluation.reconstruction import Judges

SIDE = 256
PAPER_SETS = ("voxceleb", "taichi", "nemo", "bair")
_FEATURES_SIDE = 128
_SEED = 1  # of the random features: trainings are judged by others than those they were made by


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``--reconstruct``."""
    group = parser.add_argument_group("video reconstruction, the paper's protocol")
    group.add_argument(
        "--reconstruct",
        metavar="DIR",
        type=Path,
        help="clips to reconstruct from their first frame: videos, folders of images, a data set; --model A,B,… "
        "compares models and folders of avatarify train",
    )
    group.add_argument("--side", type=count, default=SIDE, metavar="N", help=f"pixels to compare at ({SIDE})")
    group.add_argument(
        "--crop", choices=("auto", "face", "whole"), default="auto", help="which square of each clip to use"
    )
    group.add_argument(
        "--part", choices=("held-out", "all"), default="held-out", help="which identities of a data set to use"
    )
    group.add_argument(
        "--no-faces", action="store_true", help="for clips without faces (arms, bodies): skip AKD, MKR, and AED"
    )
    group.add_argument("--features", type=Path, metavar="FILE", help="VGG weights for the perceptual distance")
    group.add_argument(
        "--paper",
        choices=PAPER_SETS,
        default="voxceleb",
        help="data set whose published figures are listed next to ours",
    )
    group.add_argument("--seed", type=int, default=0, metavar="N", help="random seed of the bootstrap (0)")
    group.add_argument("--csv", type=Path, metavar="FILE", help="write all results as CSV")
    group.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables as Markdown")


def run(args: argparse.Namespace) -> int:
    """Reconstruct every clip by every method."""
    from avatarify.evaluation.reconstruction import STILL, Judges
    from avatarify.evaluation.reconstruction_table import as_csv, clips_markdown, markdown

    _check_files(args.csv, args.markdown)
    clips, judges, warnings = _clips(args), Judges(_perceptual(args), _faces(args)), list[str]()
    methods = [_measured(args, STILL, None, clips, judges, warnings)]
    for text in args.model.split(","):
        methods.append(_method(args, text.strip(), clips, judges, warnings))
    if judges.faces is None:
        warnings.append("No faces were looked for: AKD, MKR and AED are not measured.")
    report = {"suite": str(args.reconstruct), "protocol": _protocol(args, judges), "methods": methods}
    text = f"{markdown(methods, args.paper)}\n\n{_words(args, judges)}"
    _write(args.csv, as_csv(methods))
    _write(args.markdown, f"{text}\n\n{clips_markdown(methods)}\n")
    for warning in warnings:
        print(printable(f"avatarify: warning: {warning}"), file=sys.stderr)
    give(args, report | {"warnings": warnings}, text)
    return 0


def _method(
    args: argparse.Namespace, text: str, clips: list[Footage], judges: Judges, warnings: list[str]
) -> dict[str, Any]:
    import contextlib

    from avatarify.evaluation.performers import open_performer

    with contextlib.closing(open_performer(text, runtime=args.runtime, watch=ProgressLine().watch())) as performer:
        return _measured(args, performer.name, performer, clips, judges, warnings)


def _measured(
    args: argparse.Namespace,
    name: str,
    performer: Performer | None,
    clips: list[Footage],
    judges: Judges,
    warnings: list[str],
) -> dict[str, Any]:
    from avatarify.evaluation.footage import squares
    from avatarify.evaluation.reconstruction import figures_of, mean_of, reconstruct

    done: list[dict[str, Any]] = []
    for number, clip in enumerate(clips, 1):
        print(printable(f"{name}: {number}/{len(clips)} {clip.name}"), file=sys.stderr)
        try:
            pictures = squares(clip, args.side, crop=args.crop, stride=args.stride or 1, most=args.frames)
            series, lost = reconstruct(pictures, performer, judges)
        except InputError as error:
            warnings.append(f"{name} left out {clip.name}: {error}")
            continue
        done.append({"clip": clip.name, "lost": lost, **figures_of(series, args.seed)})
        if performer is None and judges.faces is not None and done[-1]["mkr"] is None:
            warnings.append(f"No face is seen in {clip.name}: AKD, MKR and AED are not measured there.")
    if not done:
        raise InputError(
            "{model} could not reconstruct any clip in {folder}.",
            Message.of(warnings[-1]),
            model=name,
            folder=args.reconstruct,
        )
    about = {} if performer is None else performer.about
    return {**about, "model": name, "mean": mean_of(done, args.seed), "clips": done}


def _clips(args: argparse.Namespace) -> list[Footage]:
    """Return the clips: of a data set those of held-out identities."""
    from avatarify.evaluation.footage import Footage, as_frames, list_footage

    folder = args.reconstruct
    if not (folder / "dataset.json").is_file():
        found = list_footage(folder)
    else:
        from functools import partial

        from avatarify.training.data.open_clips import open_clips

        opened = open_clips(folder, cache_bytes=0)
        part = opened if args.part == "all" else opened.split()[1]

        def pictures(clip: Any) -> Any:
            return as_frames(opened.picture(clip, number) for number in range(clip.frames))

        found = [Footage(clip.name, partial(pictures, clip)) for clip in part]
    return _chosen(found, args.clips)


def _chosen(found: list[Footage], wanted: str) -> list[Footage]:
    if wanted in ("", "all"):
        return found
    if wanted == "five":
        return [found[round(i * (len(found) - 1) / 4)] for i in range(5)] if len(found) > 5 else found
    known = {clip.name: clip for clip in found}
    names = [name.strip() for name in wanted.split(",")]
    if unknown := [name for name in names if name not in known]:
        raise UsageError("There is no clip '{name}'.", "Available clips: {known}.", name=unknown[0], known=list(known))
    return [known[name] for name in names]


def _perceptual(args: argparse.Namespace) -> Perceptual:
    from avatarify.evaluation.perceptual import Perceptual
    from avatarify.training.fomm.features import RandomFeatures, load_features

    if args.features is not None:
        return Perceptual(load_features(args.features), f"VGG of {args.features.name}, channels of unit length")
    what = f"random convolutions (seed {_SEED}) at {_FEATURES_SIDE} pixels, channels of unit length; not LPIPS"
    return Perceptual(RandomFeatures(_SEED), what, _FEATURES_SIDE)


def _faces(args: argparse.Namespace) -> Any:
    from avatarify.evaluation.faces import FaceJudge

    return None if args.no_faces else FaceJudge()


def _protocol(args: argparse.Namespace, judges: Judges) -> dict[str, Any]:
    return {
        "source": "the clip's first picture",
        "side": args.side,
        "crop": args.crop,
        "stride": args.stride or 1,
        "frames": args.frames,
        "seed": args.seed,
        "perceptual": judges.perceptual.name,
        **({} if judges.faces is None else judges.faces.about),
    }


def _words(args: argparse.Namespace, judges: Judges) -> str:
    """Say how it was measured."""
    facts = [f"{key}: {value}" for key, value in _protocol(args, judges).items() if value is not None]
    legend = "Means over clips, 95 % intervals by the bootstrap over clips. ~ the paper's figure, not confirmed."
    return "\n".join([legend, *(f"- {fact}" for fact in facts)])


def _check_files(*files: Path | None) -> None:
    for file in files:
        if file is not None and not file.absolute().parent.is_dir():
            raise UsageError("Cannot write {file}.", "Choose a file in an existing folder.", file=file)


def _write(file: Path | None, text: str) -> None:
    if file is None:
        return
    try:
        write_atomic(file, text.encode())
    except OSError as error:
        raise InputError(
            "Cannot write {file}: {reason}.", "Choose another file.", file=file, reason=error.strerror
        ) from error
