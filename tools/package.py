"""Builds the packages that users install, from this checkout and from packages of PyPI and Debian only.

    python tools/package.py folder --output DIR   # the bundle: a folder with Python and all libraries, without torch
    python tools/package.py deb --output DIR      # Debian and Ubuntu; needs dpkg-deb
    python tools/package.py run --output DIR      # any Linux distribution, for one user; needs makeself
    python tools/package.py windows --output DIR  # an installer; needs Windows and makensis
    python tools/package.py macos --output DIR    # a disk image; needs macOS

Several kinds can be named at once; they share one bundle, which ``--folder`` takes from an earlier build. A bundle runs
on systems with at least the glibc of the system that built it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bundles.debian import build_deb
from bundles.folder import build_folder
from bundles.installers import build_macos, build_windows
from bundles.self_extracting import build_run
from bundles.steps import announce

KINDS: dict[str, Callable[[Path, Path], Path]] = {
    "deb": build_deb,
    "run": build_run,
    "windows": build_windows,
    "macos": build_macos,
}


def main() -> None:
    """Build what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "kinds", nargs="+", choices=["folder", *KINDS], metavar="KIND", help="folder, " + ", ".join(KINDS)
    )
    parser.add_argument("--output", "--out", "-o", type=Path, required=True, help="folder for the results")
    parser.add_argument("--folder", type=Path, help="the bundle of an earlier build")
    args = parser.parse_args()
    out = args.output.resolve()
    out.mkdir(parents=True, exist_ok=True)
    folder = args.folder.resolve() if args.folder else build_folder(out)
    for kind in args.kinds:
        if kind in KINDS:
            announce(KINDS[kind](folder, out))


if __name__ == "__main__":
    main()
