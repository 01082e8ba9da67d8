"""``avatarify completion``: a script that lets a shell complete commands, options, and file names."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from avatarify.errors import UsageError

SUMMARY = "print a script that completes commands and options in a shell"
_SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")
_FILES = {"FILE", "OUT.mp4", "PORTRAIT", "DRIVING", "CLIP", "CAMERA"}
_FOLDERS = {"DIR", "OUT", "DATA"}
_HELP = """\
bash:  avatarify completion bash > ~/.local/share/bash-completion/completions/avatarify
zsh:   avatarify completion zsh > DIR/_avatarify, where DIR is in $fpath
fish:  avatarify completion fish > ~/.config/fish/completions/avatarify.fish

Open a new shell afterwards."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the shells."""
    parser.add_argument("shell", choices=_SHELLS, help="the shell that is to complete")
    parser.epilog, parser.formatter_class = _HELP, argparse.RawDescriptionHelpFormatter


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    from avatarify.cli.main import build_parser

    try:
        import shtab
    except ImportError as error:
        raise UsageError("Completion needs the package shtab.", "pip install shtab") from error
    parser = build_parser("")
    for action in _actions(parser):
        word = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        if word in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif word in _FILES or action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(parser, args.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """List the actions of a parser and of all its commands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from _actions(child)
        else:
            yield action
