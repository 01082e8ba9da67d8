"""``avatarify dataset``: make the pictures that models are trained on. Each way to make them is a module of its own."""

from __future__ import annotations

import argparse
import importlib

from avatarify.cli.common import add_common

SUMMARY = "make training data: render synthetic people, or crop videos"
ACTIONS = {
    "render": "avatarify.cli.dataset_render",
    "prepare": "avatarify.cli.dataset_prepare",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; each module declares its own options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, module in ACTIONS.items():
        action = importlib.import_module(module)
        own = actions.add_parser(name, help=action.SUMMARY, description=action.SUMMARY)
        action.add_arguments(own)
        # An option that is not given here must not undo the same one given before the action.
        own.argument_default = argparse.SUPPRESS
        add_common(own)
        own.set_defaults(run_action=action.run)


def run(args: argparse.Namespace) -> int:
    """Do the action."""
    return int(args.run_action(args))
