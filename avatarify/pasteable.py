"""Commands in sentences, as they work when they are pasted into a terminal on this computer."""

from __future__ import annotations

import functools
import re
import shlex
import shutil
import sys
from pathlib import Path

_COMMANDS = (
    "gui|animate|run|devices|doctor|setup-camera|models|dataset|train|evaluate|figures|bench|build-engines|portraits"
)
_OWN = re.compile(rf"(?<![\w./\\-])avatarify (?=(?:{_COMMANDS})\b)")
_PIP = re.compile(r"(?<![\w./\\-])pip (?=install\b)")


def pasteable(text: str) -> str:
    """Return a text with full paths in its commands where the short ones would not start this installation."""
    if "avatarify " not in text and "pip " not in text:
        return text
    own, pip = _prefixes(sys.executable)
    return _PIP.sub(lambda _: pip, _OWN.sub(lambda _: own, text))


@functools.cache
def _prefixes(python: str) -> tuple[str, str]:
    """Return what starts ``avatarify`` and ``pip`` of an interpreter, each with a space at the end.

    Args:
        python: The interpreter.
    """
    script = Path(python).with_name("avatarify.exe" if sys.platform == "win32" else "avatarify")
    own = _quoted(script) if script.is_file() else f"{_quoted(Path(python))} -m avatarify"
    pip = "pip" if _found_beside("pip", python) else f"{_quoted(Path(python))} -m pip"
    return ("avatarify" if _found_beside("avatarify", python) else own) + " ", pip + " "


def _found_beside(command: str, python: str) -> bool:
    """Return whether a shell that finds this command finds the one of this interpreter."""
    found = shutil.which(command)
    return found is not None and Path(found).parent == Path(python).parent


def _quoted(path: Path) -> str:
    if sys.platform == "win32":
        return f'"{path}"' if " " in str(path) else str(path)
    return shlex.quote(str(path))
