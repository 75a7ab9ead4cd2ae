"""The log files: small, rotating, and free of secrets."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from secrets import token_bytes
from typing import Final

from app.storage import file_troubles as troubles
from app.storage.redaction import Redactor

FILES: Final = 5
BYTES_PER_FILE: Final = 1_000_000
_LINE: Final = "%(asctime)s.%(msecs)03dZ %(levelname)-7s %(name)s: %(message)s"
_TALKATIVE: Final = ("httpx", "httpcore", "uvicorn", "hpack", "keyring", "asyncio")
"""Loggers of libraries that write addresses with their queries below WARNING."""


class RedactingFormatter(logging.Formatter):
    """One line in UTC, and the traceback where there is one, cleaned as a whole."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(_LINE, datefmt="%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """The finished text of `record`; the record itself is left to other handlers as it is."""
        return self._redactor.clean(super().format(record))


class QuietRotatingFileHandler(RotatingFileHandler):
    """Does without a line that the disk refuses: a full disk must not stop the app, or talk on stderr."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Drop the line."""


@contextmanager
def open_logs(folder: Path, *, debug: bool = False) -> Iterator[Path]:
    """Log to `folder`/slotdesk.log (five files of 1 MB at most) until left; `debug` logs and prints more.

    Raises StorageFailed when the file cannot be opened.
    """
    path = folder / "slotdesk.log"
    formatter = RedactingFormatter(Redactor(token_bytes(16)))
    with troubles.writing(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file_handler = QuietRotatingFileHandler(
            path, maxBytes=BYTES_PER_FILE, backupCount=FILES - 1, encoding="utf-8", errors="backslashreplace"
        )
    handlers: list[logging.Handler] = [file_handler]
    if debug:
        handlers.append(logging.StreamHandler(sys.stderr))
    root = logging.getLogger()
    levels = {logger: logger.level for logger in (root, *map(logging.getLogger, _TALKATIVE))}
    for logger in levels:
        logger.setLevel(logging.WARNING)
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for handler in handlers:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    try:
        yield path
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
        for logger, level in levels.items():
            logger.setLevel(level)
