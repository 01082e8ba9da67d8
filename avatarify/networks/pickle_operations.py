"""Looks through a pickle before it is executed: operations, and how much memory they could take."""

from __future__ import annotations

import pickletools
from typing import IO

_ALLOWED = """
    PROTO FRAME STOP MARK GLOBAL STACK_GLOBAL REDUCE BUILD BINPERSID MEMOIZE PUT BINPUT LONG_BINPUT GET BINGET
    LONG_BINGET POP POP_MARK NONE NEWTRUE NEWFALSE INT BININT BININT1 BININT2 LONG LONG1 LONG4 FLOAT BINFLOAT STRING
    SHORT_BINSTRING BINSTRING BINBYTES SHORT_BINBYTES UNICODE BINUNICODE SHORT_BINUNICODE EMPTY_LIST LIST APPEND APPENDS
    EMPTY_TUPLE TUPLE TUPLE1 TUPLE2 TUPLE3 EMPTY_DICT DICT SETITEM SETITEMS EMPTY_SET ADDITEMS NEWOBJ
"""
_MOST_NOTES = 1_000_000  # values that a pickle may remember


def check_operations(stream: IO[bytes]) -> None:
    """Look through the next pickle of a stream and go back to its start.

    Args:
        stream: At the start of a pickle.

    Raises:
        ValueError: It is damaged, or does what no file of weights does; a number of a note could take gigabytes.
    """
    allowed, start = frozenset(_ALLOWED.split()), stream.tell()
    for operation, argument, _ in pickletools.genops(stream):
        if operation.name not in allowed:
            raise ValueError(f"the operation {operation.name} has no place in a file of weights")
        if operation.name.endswith("PUT") and int(argument or 0) > _MOST_NOTES:
            raise ValueError("a note with a number that is too large")
    stream.seek(start)
