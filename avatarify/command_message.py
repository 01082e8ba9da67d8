"""An instruction that is nothing but a command for a terminal."""

from __future__ import annotations

from avatarify.messages import N_, Message

_RUN = N_("Run: {command}")


class CommandMessage(Message):
    """``Run: COMMAND``, with the command at hand, so that it can be copied whatever the language is.

    Args:
        command: What to type into a terminal; never translated.
    """

    def __init__(self, command: str) -> None:
        super().__init__(_RUN, command=command)

    @property
    def command(self) -> str:
        """What to type into a terminal."""
        return str(self.values["command"])
