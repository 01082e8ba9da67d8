"""The command ``avatarify``: finds the command's module, runs it, and turns every error into one line."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import importlib
import re
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

from avatarify import __version__, log
from avatarify.boundary import explained
from avatarify.cli.common import add_common, check_report_file
from avatarify.cli.console import drop_output, open_streams
from avatarify.cli.ending import INTERRUPTED, ended_by_signals, interrupted_import
from avatarify.cli.renamed import with_new_names
from avatarify.errors import AvatarifyError, UsageError
from avatarify.housekeeping import tidy_folders
from avatarify.memory import check_memory_limit
from avatarify.messages import printable
from avatarify.pasteable import pasteable
from avatarify.quiet import quiet_libraries
from avatarify.system_libraries import missing_library

COMMANDS = {
    "gui": "avatarify.cli.gui",
    "animate": "avatarify.cli.animate",
    "run": "avatarify.cli.run",
    "devices": "avatarify.cli.devices",
    "doctor": "avatarify.cli.doctor",
    "setup-camera": "avatarify.cli.setup_camera",
    "portraits": "avatarify.cli.portraits",
    "models": "avatarify.cli.models",
    "dataset": "avatarify.cli.dataset",
    "train": "avatarify.cli.train",
    "evaluate": "avatarify.cli.evaluate",
    "figures": "avatarify.cli.figures",
    "bench": "avatarify.cli.bench",
    "build-engines": "avatarify.cli.build_engines",
    "completion": "avatarify.cli.completion",
    "serve": "avatarify.cli.serve",
}
_WITH_MODEL = ("gui", "animate", "run", "train", "evaluate", "figures", "bench", "build-engines", "serve")

_FINISHING = ("gui", "train")  # they have handlers of their own, which save work


class CommandModule(Protocol):
    """A module of this folder that is a command; it imports nothing heavy before ``run``.

    Attributes:
        SUMMARY: One line for the list of commands.
    """

    SUMMARY: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own options."""
        ...

    def run(self, args: argparse.Namespace) -> int:
        """Do the work; return the exit code. Raises AvatarifyError for what the user can mend."""
        ...


class Parser(argparse.ArgumentParser):
    """Raises UsageError, so that a wrong command line is reported like every other error: in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage."""
        words = f"{message[:1].upper()}{message[1:]}"
        guess = self._guess(message)
        if guess:
            hint = "Did you mean {guess}? See '{program} --help'."
            raise UsageError("{problem}.", hint, problem=words, guess=guess, program=self.prog)
        raise UsageError("{problem}.", "See '{program} --help'.", problem=words, program=self.prog)

    def _guess(self, message: str) -> str:
        """Return the option, command, or choice that a wrong one resembles; empty if there is none."""
        wrong = re.search(r"unrecognized arguments: (\S+)|invalid choice: '([^']*)'", message)
        if wrong is None:
            return ""
        known = [*COMMANDS, *re.findall(r"'([^']*)'", message.partition("choose from")[2])]
        if wrong[1]:
            known = [option for parser in (self, *self._parsers()) for option in parser._option_string_actions]
        close = difflib.get_close_matches((wrong[1] or wrong[2]).partition("=")[0], known, 1)
        return close[0] if close else ""

    def _parsers(self) -> list[argparse.ArgumentParser]:
        """Return the parsers of the commands."""
        tables = [action.choices for action in self._actions if isinstance(action, argparse._SubParsersAction)]
        return [parser for table in tables for parser in table.values()]


class _Broken:
    """Stands for a command whose module cannot be imported; the others go on working."""

    def __init__(self, name: str, error: ImportError) -> None:
        self.SUMMARY = f"not available here: {error}"
        self._name = name

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Accept anything: the answer is the same."""
        parser.add_argument("anything", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)

    def run(self, args: argparse.Namespace) -> int:
        """Say what is missing."""
        raise AvatarifyError(
            "The command {name} is {state}.",
            "Reinstall Avatarify: pip install avatarify.",
            name=self._name,
            state=self.SUMMARY,
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; return its exit code: 0 done, 1 it failed, 2 the command line is wrong, 130 interrupted."""
    words = list(sys.argv[1:] if argv is None else argv) or ["gui"]
    debug = "--debug" in words
    open_streams()
    try:
        return _dispatch(words, debug)
    except AvatarifyError as error:
        return _tell(str(error), 2 if isinstance(error, UsageError) else 1, debug)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        drop_output()
        return 1
    except Exception as error:  # noqa: BLE001  the last resort: one line instead of a traceback
        if (code := interrupted_import(error)) is not None:
            return code
        return _tell(str(missing_library(error) or explained(error) or _unexpected(error)), 1, debug)


def _dispatch(words: list[str], debug: bool) -> int:
    parser = build_parser(words[0])
    args = parser.parse_args(with_new_names(words))
    loud = debug or args.verbose or args.name == "gui"  # what Qt says when it cannot start must be seen
    promptly = args.name not in _FINISHING
    with ended_by_signals(promptly=promptly), contextlib.nullcontext() if loud else quiet_libraries():
        log.set_up(args.verbose)
        check_report_file(args)
        if args.name in _WITH_MODEL:
            check_memory_limit()
        tidy_folders()
        return cast(CommandModule, args.command).run(args)


def build_parser(first: str) -> Parser:
    """Build the parser; imports only the command that is asked for, or all light modules for their summaries."""
    parser = Parser(prog="avatarify", description="Become a painting in your next video call.")
    parser.add_argument("--version", action="version", version=f"avatarify {__version__}")
    table = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in [first] if first in COMMANDS else COMMANDS:
        command = _load(name)
        own = table.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        command.add_arguments(own)
        add_common(own)
        own.set_defaults(command=command, name=name)
    return parser


def _load(name: str) -> CommandModule:
    try:
        return cast(CommandModule, importlib.import_module(COMMANDS[name]))
    except ImportError as error:
        return _Broken(name, error)


def _unexpected(error: Exception) -> str:
    return f"Unexpected error: {type(error).__name__}: {error}. Run again with --debug to see the traceback."


def _tell(text: str, code: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    print(f"avatarify: {printable(pasteable(' '.join(text.split())))}", file=sys.stderr)
    return code
