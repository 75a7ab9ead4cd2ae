"""What the root is asked to build."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize

if TYPE_CHECKING:
    from app.domain.accounts import Workspace
    from app.domain.ports import Clock
    from app.storage.key_stores import KeyStore

REDIRECT_PORTS = (53682, 53683, 53684)
OpenBrowser = Callable[["Workspace", str], Awaitable[bool]]


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

    The rest is for tests: `live_at` is an origin on this computer that stands in for HubSpot itself,
    `redirect_ports` are where sign-ins come back to, `sign_in_patience_s` is how long one waits, `key_store`
    finds another key store than the system's, `clock` tells the time.
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
    live_at: str | None = None
    redirect_ports: tuple[int, ...] = REDIRECT_PORTS
    sign_in_patience_s: float | None = None
    key_store: "Callable[[], KeyStore | None] | None" = None
    clock: "Clock | None" = None
