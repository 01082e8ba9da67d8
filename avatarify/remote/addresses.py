"""Addresses of hosts: ``wss://NAME:PORT``, separated by commas."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from avatarify.errors import UsageError

DEFAULT_PORT = 8443


@dataclass(frozen=True)
class Address:
    """One host."""

    name: str
    port: int

    def __str__(self) -> str:
        return f"[{self.name}]:{self.port}" if ":" in self.name else f"{self.name}:{self.port}"


def read_addresses(text: str) -> list[Address]:
    """Read what follows ``--remote``.

    Raises:
        UsageError: One is no such address.
    """
    return [_read(part.strip()) for part in text.split(",")]


def _read(text: str) -> Address:
    try:
        found = urlsplit(text)
        if found.scheme == "wss" and found.hostname and found.path in ("", "/") and not (found.query or found.username):
            return Address(found.hostname, found.port or DEFAULT_PORT)
    except ValueError:
        pass
    raise UsageError("'{text}' is not the address of a host.", "Write it as wss://NAME:PORT.", text=text)
