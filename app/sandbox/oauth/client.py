"""The app registered with the sandbox, as one would register it with HubSpot.

Sign in with client id `CLIENT_ID`, client secret `CLIENT_SECRET` and one of `REDIRECT_URLS`. Scopes: `oauth`
and `scheduler.meetings.meeting-link.read` are required; contacts and owners are conditionally required (they
go into `scope` too, but may be left out); the others are optional and go into `optional_scope`.
"""

from dataclasses import dataclass
from typing import Final

CLIENT_ID: Final = "5f1e0c2a-7d14-4b8e-9c36-51070e5a9d01"
CLIENT_SECRET: Final = "b7a3d2f4-0e61-4c95-8a17-2f90c41d7e35"  # noqa: S105 - a published value, for loopback only
APP_ID: Final = 1520377
REDIRECT_PORTS: Final = (53682, 53683, 53684)
REDIRECT_URLS: Final = tuple(f"http://localhost:{port}/oauth/callback" for port in REDIRECT_PORTS)

REQUIRED: Final = frozenset({"oauth", "scheduler.meetings.meeting-link.read"})
CONDITIONAL: Final = frozenset(
    {"crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.owners.read"}
)
OPTIONAL: Final = frozenset(
    {
        "crm.objects.companies.read",
        "crm.objects.companies.write",
        "crm.objects.custom.read",
        "crm.objects.custom.write",
        "crm.objects.deals.read",
        "crm.objects.deals.write",
        "crm.objects.users.read",
        "crm.schemas.custom.read",
        "files",
        "tickets",
    }
)


@dataclass(frozen=True, slots=True)
class ClientApp:
    """One registered app: its credentials, where it may send people back to, and the scopes it declared."""

    name: str = "Slotdesk"
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    app_id: int = APP_ID
    redirect_urls: tuple[str, ...] = REDIRECT_URLS
    required: frozenset[str] = REQUIRED
    conditional: frozenset[str] = CONDITIONAL
    optional: frozenset[str] = OPTIONAL
