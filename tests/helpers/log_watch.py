"""What our loggers say during a test: a warning that no test expects is a defect, or a message that nobody reads."""

import logging
from collections.abc import Sequence


class LogWatch(logging.Handler):
    """Keeps the records of our loggers from WARNING up, whatever thread they come from, while it is entered."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def unexpected(self, announced: Sequence[str]) -> list[str]:
        """Return the lines that contain none of the announced texts."""
        return [line for line in self._lines if not any(text in line for text in announced)]

    def missing(self, announced: Sequence[str]) -> list[str]:
        """Return the announced texts that no line contains."""
        return [text for text in announced if not any(text in line for line in self._lines)]

    def __enter__(self) -> "LogWatch":
        logging.getLogger("avatarify").addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger("avatarify").removeHandler(self)
