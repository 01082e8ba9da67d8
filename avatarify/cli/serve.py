"""``avatarify serve``: draw portraits for users on other computers."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.cli.common import count, give
from avatarify.cli.progress import FrameProgress
from avatarify.errors import EngineError, UsageError
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.serve.tls import HostFiles

SUMMARY = "draw portraits for users on other computers, who keep their camera pictures"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1); 0.0.0.0 for all")
    parser.add_argument("--port", type=port, default=8443, help="port to listen on (8443); 0 takes a free one")
    parser.add_argument("--token-file", metavar="FILE", help="the tokens that are accepted, one a line")
    parser.add_argument("--cert", metavar="FILE", help="certificate chain, PEM")
    parser.add_argument("--key", metavar="FILE", help="key of the certificate, PEM")
    parser.add_argument(
        "--demo-token", action="store_true", help="make a token and a certificate for this computer, to try it"
    )
    parser.add_argument("--model", default="built-in", help="model to use (see avatarify models list)")
    parser.add_argument("--runtime", default="auto", help="runtime: auto, torch-cuda, openvino, onnxruntime, or torch")
    parser.add_argument("--max-users", type=count, default=16, metavar="N", help="sessions at once (16)")
    parser.add_argument(
        "--max-per-token", type=count, metavar="N", help="sessions at once with the same token (as --max-users)"
    )
    parser.add_argument("--no-ray", action="store_true", help="serve with this process alone")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM.

    Raises:
        UsageError: Files are missing.
    """
    from avatarify.serve.server import ServeOptions, serve

    if not args.no_ray:
        raise UsageError("Serving with several processes is not available yet.", "Add --no-ray.")
    if any(find_spec(name) is None for name in ("websockets", "cryptography")):  # both are in the extra
        raise EngineError("The package websockets is not installed.", "Install it: pip install 'avatarify[serve]'")
    most_per_token = args.max_per_token or args.max_users
    with FrameProgress() as progress:

        def ready(address: str) -> None:
            progress.note(Message("Serving at {address}", address=address))

        options = ServeOptions(
            args.host, args.port, _files(args), args.model, args.runtime, args.max_users, most_per_token
        )
        counts = serve(options, ready, progress.watch(lambda: False))
    give(args, counts, f"{counts['sessions']} sessions, {counts['frames']} frames")
    return 0


def port(text: str) -> int:
    """Read the number of a port."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port from 0 to 65535")
    return int(text)


def _files(args: argparse.Namespace) -> HostFiles:
    from avatarify.serve.tls import HostFiles, demo_files

    given = (args.cert, args.key, args.token_file)
    if args.demo_token and not any(given):
        return demo_files()
    if args.demo_token or not all(given):
        raise UsageError(
            "A host needs a certificate, its key, and tokens.",
            "Give --cert, --key, and --token-file, or --demo-token alone to try it on this computer.",
        )
    return HostFiles(*map(Path, given))
