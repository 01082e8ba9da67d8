"""``avatarify models``: the models that can animate, and how new ones get in."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.cli.common import add_common, give, show_warnings
from avatarify.cli.progress import ProgressLine
from avatarify.errors import AvatarifyError, EngineError, UsageError
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.engines.alignment import Alignment
    from avatarify.zoo.manifest import ModelEntry

SUMMARY = "list, import, download, and verify models"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        # SUPPRESS: an option that is not given here must not undo the same one given before the action.
        own = actions.add_parser(name, help=summary, description=summary, argument_default=argparse.SUPPRESS)
        add_common(own)
        return own

    action("list", "list the models that --model accepts")
    action("info", "show details of a model").add_argument("model", metavar="NAME")
    importing = action(
        "import", "import a public checkpoint (vox-cpk.pth.tar) or the model.safetensors of a training run"
    )
    importing.add_argument("file", metavar="FILE", type=Path)
    importing.add_argument("--name", dest="model", default=None, help="name of the model (default: the file's name)")
    loading = action("download", "download a checkpoint and import it")
    loading.add_argument("model", metavar="NAME")
    loading.add_argument("--url", action="append", default=None, help="custom download address; repeat for mirrors")
    loading.add_argument("--sha256", default=None, help="expected SHA-256 of the file at --url")
    action("verify", "check the SHA-256 of the weights").add_argument(
        "model", metavar="NAME", nargs="?", default=None, help="default: all models"
    )


def run(args: argparse.Namespace) -> int:
    """Do the action."""
    actions = {"list": _list, "info": _info, "import": _import, "download": _download, "verify": _verify}
    return actions[args.action](args)


def _list(args: argparse.Namespace) -> int:
    from avatarify.zoo.registry import list_models

    entries = list_models()
    width = max((len(entry.manifest.name) for entry in entries), default=0)
    lines = [f"{e.manifest.name:<{width}}  {e.manifest.kind:<6}  {_megabytes(e):>6}  {_whose(e)}" for e in entries]
    give(args, {"models": [_facts(entry) for entry in entries]}, "\n".join(lines) or "No models found.")
    return 0


def _info(args: argparse.Namespace) -> int:
    from avatarify.zoo.registry import find_model

    facts = _facts(find_model(args.model))
    give(args, facts, "\n".join(f"{key}: {value}" for key, value in facts.items()))
    return 0


def _import(args: argparse.Namespace) -> int:
    from avatarify.zoo.importer import TRAINED, import_checkpoint

    with ProgressLine() as line:
        entry = import_checkpoint(args.file, args.model, lambda step, fraction: line.show(step))
        if args.file.suffix == TRAINED:
            return _new(args, entry)
        return _new(args, *_settled(entry, line))


def _download(args: argparse.Namespace) -> int:
    from avatarify.zoo.download import download, find_download, own_download

    if (args.url is None) != (args.sha256 is None):
        raise UsageError("--url and --sha256 must be given together.", "Give both or neither.")
    wanted = find_download(args.model) if args.url is None else own_download(args.model, args.url, args.sha256)
    with ProgressLine() as line:
        entry = download(wanted, lambda step, fraction: line.show(step))
        return _new(args, *_settled(entry, line))


def _settled(entry: ModelEntry, line: ProgressLine) -> tuple[ModelEntry, Alignment | None]:
    """Decide between the two conventions of positions, if this installation can."""
    from avatarify.engines.alignment import settle_alignment
    from avatarify.engines.target import Watch

    line.show(Message("Drawing faces from themselves, with pixels counted from edges and from centers"))
    try:
        return settle_alignment(entry, Watch())
    except EngineError as error:  # the model is installed, and can be used as it is
        show_warnings({"warnings": [error]})
        return entry, None


def _verify(args: argparse.Namespace) -> int:
    from avatarify.zoo.registry import find_model, model_names

    names = model_names() if args.model is None else [args.model]
    results = []
    for name in names:
        try:
            find_model(name).verify()
            results.append({"name": name, "ok": True, "problem": ""})
        except UsageError:
            raise
        except AvatarifyError as error:
            results.append({"name": name, "ok": False, "problem": str(error)})
    lines = [f"{each['name']}: {'intact' if each['ok'] else each['problem']}" for each in results]
    give(args, {"models": results}, "\n".join(lines))
    return 0 if all(each["ok"] for each in results) else 1


def _new(args: argparse.Namespace, entry: ModelEntry, alignment: Alignment | None = None) -> int:
    name = entry.manifest.name
    text = f"{name} is installed ({_megabytes(entry)}). Use it with --model {name}."
    facts = _facts(entry)
    if alignment is not None:
        facts["reconstruction_error"] = alignment._asdict()
        chosen = "centers" if alignment.centers < alignment.edges else "edges"
        text += (
            f"\nFaces drawn from themselves differ by {alignment.edges:.2f} of 255 with positions counted from the "
            f"pixels' edges, and by {alignment.centers:.2f} from their centers: {chosen} are used."
        )
    give(args, facts, text)
    return 0


def _facts(entry: ModelEntry) -> dict[str, object]:
    return {**asdict(entry.manifest), "carried": entry.bundled, "bytes": _bytes(entry), "path": str(entry.weights)}


def _whose(entry: ModelEntry) -> str:
    return "bundled" if entry.bundled else "your own"


def _megabytes(entry: ModelEntry) -> str:
    return f"{_bytes(entry) / 1e6:.0f} MB"


def _bytes(entry: ModelEntry) -> int:
    return entry.weights.stat().st_size if entry.weights.exists() else 0
