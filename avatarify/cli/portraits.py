"""``avatarify portraits``: which portraits there are, and drawings of one's own photographs."""

from __future__ import annotations

import argparse
import sys

from avatarify.choices import PORTRAIT_STYLES
from avatarify.cli.common import add_common, give
from avatarify.files import path_of

SUMMARY = "list portraits, or draw one from a photo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        # SUPPRESS: an option that is not given here must not undo the same one given before the action.
        own = actions.add_parser(name, help=summary, description=summary, argument_default=argparse.SUPPRESS)
        add_common(own)
        return own

    action("list", "list the portraits that --portrait accepts")
    making = action("make", "draw a photo in a style, on this computer and without a neural network")
    making.add_argument("photo", metavar="PHOTO", help="an image with a face")
    making.add_argument("--style", required=True, choices=PORTRAIT_STYLES, help="how to draw it")
    making.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="image file to write: .png, .jpg, or .webp"
    )


def run(args: argparse.Namespace) -> int:
    """Do the action."""
    return {"list": _list, "make": _make}[args.action](args)


def _list(args: argparse.Namespace) -> int:
    from avatarify import paths
    from avatarify.animate.portrait import list_portraits

    bundled = paths.assets() / "portraits"
    facts = [
        {"name": info.name, "path": str(info.path), "bundled": info.path.parent == bundled} for info in list_portraits()
    ]
    width = max((len(str(fact["name"])) for fact in facts), default=0)
    lines = [f"{fact['name']:<{width}}  {'bundled' if fact['bundled'] else fact['path']}" for fact in facts]
    give(args, {"portraits": facts}, "\n".join(lines) or "No portraits found.")
    return 0


def _make(args: argparse.Namespace) -> int:
    from avatarify.animate.draw_portrait import draw_portrait

    report = draw_portrait(path_of(args.photo), args.style, path_of(args.output))
    if not report["face_found"]:
        sys.stderr.write("avatarify: warning: No face is found in the drawing. Choose another style.\n")
    give(args, report, f"{report['portrait']}: {report['style']}, {report['size']}")
    return 0
