"""One answer of ``avatarify doctor``."""

from __future__ import annotations

from dataclasses import asdict, dataclass

OK, WARN, FAIL = "ok", "warn", "fail"


@dataclass(frozen=True)
class Finding:
    """One answer.

    Attributes:
        name: What was looked at.
        status: ``ok``; ``warn``: something is missing, a live session can run; ``fail``: it cannot.
        detail: What was found.
        remedy: What to do about it; empty if nothing needs to be done.
    """

    name: str
    status: str
    detail: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the fields, for JSON."""
        return asdict(self)
