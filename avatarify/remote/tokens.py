"""Reads files of tokens: one a line, comments begin with #."""

from __future__ import annotations

from pathlib import Path

from avatarify.boundary import reason_of
from avatarify.errors import InputError


def read_tokens(file: Path) -> list[str]:
    """Return the tokens in a file.

    Raises:
        InputError: It cannot be read, or there is none in it.
    """
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise InputError(
            "The token file {file} cannot be read: {reason}.",
            "It has one token per line.",
            file=file,
            reason=reason_of(error),
        ) from error
    tokens = [line for line in lines if line and not line.startswith("#")]
    if not tokens or not all(token.isascii() and token.isprintable() and " " not in token for token in tokens):
        raise InputError("The token file {file} has no usable token.", "Write one token per line.", file=file)
    return tokens
