"""One result of ``avatarify doctor``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from avatarify.command_message import CommandMessage
from avatarify.messages import Message

Status = Literal["ok", "warn", "fail"]
OK: Status = "ok"
WARN: Status = "warn"
FAIL: Status = "fail"


@dataclass(frozen=True)
class Finding:
    """The result of one check.

    Attributes:
        name: What was checked.
        status: ``ok``; ``warn`` if something is missing but a live session can run; ``fail`` if it cannot run.
        detail: The result.
        remedy: What to do about it; empty if there is nothing to do.
    """

    name: str
    status: Status
    detail: Message
    remedy: Message = Message("")  # noqa: RUF009 - frozen

    @property
    def command(self) -> str:
        """The remedy as a command for a terminal; empty if it is anything else."""
        return self.remedy.command if isinstance(self.remedy, CommandMessage) else ""

    def to_dict(self) -> dict[str, str]:
        """Return the fields in English, for JSON."""
        return {"name": self.name, "status": self.status, "detail": str(self.detail), "remedy": str(self.remedy)}
