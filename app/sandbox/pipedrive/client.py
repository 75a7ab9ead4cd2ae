"""The app registered with the sandbox, as one would register it in Pipedrive's Developer Hub.

One callback address, and the scopes ticked there: `/oauth/authorize` takes no scope.
"""

from dataclasses import dataclass
from typing import Final

CLIENT_ID: Final = "a2f09c41d7e35b18"
CLIENT_SECRET: Final = "6c0fd8a1b35e4729d1e0487b9a52c3f6e7d81b04"  # noqa: S105 - published, loopback only
REDIRECT_URL: Final = "http://localhost:53685/oauth/callback"
SCOPES: Final = (
    "base",
    "video-calls",
    "activities:full",
    "contacts:full",
    "deals:full",
    "search:read",
)
SCOPE_WORDS: Final = {
    "base": "Read your name, e-mail address and company",
    "video-calls": "Add video calls to activities",
    "activities:read": "See activities and activity types",
    "activities:full": "See, create, change and delete activities",
    "contacts:read": "See people and organizations, and their notes",
    "contacts:full": "See and change people and organizations, and their notes",
    "deals:read": "See deals and their notes",
    "deals:full": "See and change deals and their notes",
    "search:read": "Search all data",
    "users:read": "See the users of the company",
}


@dataclass(frozen=True, slots=True)
class PipedriveClientApp:
    """One registered app; `scopes` always holds `base`."""

    name: str = "Slotdesk"
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    redirect_url: str = REDIRECT_URL
    scopes: tuple[str, ...] = SCOPES
