"""What the root is asked to build."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QSize

from app.domain.accounts import Workspace

OpenBrowser = Callable[[Workspace, str], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class PracticeAddress:
    """Where a practice world listens: origins such as `http://localhost:8787`."""

    hubspot: str
    pipedrive: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How the app starts.

    `data_dir` puts everything under one folder; `practice` opens it signed in to the practice world, of which
    `practice_links` is the size and `practice_at` the address when one is running already; `browser` replaces
    the system's; `keeps_secrets` is false to leave the key store alone; `fixed_size` overrides the window's
    remembered place, `locale` and `zone` (IANA) the system's.
    """

    data_dir: Path | None = None
    debug: bool = False
    practice: bool = False
    practice_links: int | None = None
    practice_at: PracticeAddress | None = None
    browser: OpenBrowser | None = None
    keeps_secrets: bool = True
    fixed_size: QSize | None = None
    locale: QLocale | None = None
    zone: str | None = None
