"""Writes the manual page from the command line's own help: ``python tools/man_page.py FILE``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from argparse_manpage.manpage import Manpage

from avatarify.cli.main import build_parser

DESCRIPTION = "animate a portrait with a webcam or a video"


def page() -> str:
    """Return the page in troff."""
    parser: Any = build_parser("")
    parser.man_short_description = DESCRIPTION
    facts = {"project_name": "avatarify", "manual_title": "Avatarify Manual", "manual_section": 1}
    return str(Manpage(parser, _data=facts))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
