"""Speaking to a provider service as Pipedrive and as the desktop app do."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from app.domain.provider import ProviderLinkId
from app.provider.links import LinkOrigin, LinkState, UserLink

CLIENT_ID, CLIENT_SECRET, ADMIN_TOKEN = "1f2e3d4c", "s3cret:with:colons", "desk-token"
LINK_ID = ProviderLinkId("0f8fad5b-d9cb-469f-a165-70867728950e")
OTHER_ID = ProviderLinkId("7c9e6679-7425-40de-944b-e07fc1f90ae7")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CALL: dict[str, Any] = {"topic": "Demo", "start_time": "2026-11-23 09:30", "duration": 30}


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        """The instant it shows."""
        return self.moment

    def advance(self, **span: float) -> None:
        """Move it on."""
        self.moment += timedelta(**span)


def basic(client_id: str = CLIENT_ID, secret: str = CLIENT_SECRET) -> dict[str, str]:
    """Pipedrive's credentials."""
    pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def a_link(link_id: ProviderLinkId = LINK_ID, **changes: Any) -> UserLink:
    """A link of user 7 of company 9."""
    values = {
        "user_id": 7,
        "company_id": 9,
        "state": LinkState.LINKED,
        "origin": LinkOrigin.DESKTOP,
        "created": NOW,
        **changes,
    }
    return UserLink(link_id=link_id, **values)


@dataclass(frozen=True, slots=True)
class Asking:
    """A client with the right credentials for each call."""

    client: httpx.AsyncClient

    async def create(self, body: Any = CALL, link_id: str = LINK_ID) -> httpx.Response:
        """postMeeting."""
        return await self.client.post(meetings_path(link_id), json=body, headers=basic())

    async def update(self, meeting_id: str, body: Any = CALL, link_id: str = LINK_ID) -> httpx.Response:
        """patchUpdateMeeting."""
        path = f"{meetings_path(link_id)}/{meeting_id}"
        return await self.client.patch(path, json=body, headers=basic())

    async def delete(self, meeting_id: str, link_id: str = LINK_ID) -> httpx.Response:
        """deleteMeeting."""
        return await self.client.delete(f"{meetings_path(link_id)}/{meeting_id}", headers=basic())

    async def desktop(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A call of the desktop app."""
        headers = {"Authorization": f"Bearer {ADMIN_TOKEN}"}
        return await self.client.request(method, path, json=body, headers=headers)


def meetings_path(link_id: str = LINK_ID) -> str:
    """Where calls are made."""
    return f"/pipedrive/{link_id}/meetings"


def is_refusal(response: httpx.Response, status: int, code: str) -> bool:
    """Whether an answer is this error, in the one envelope."""
    if response.status_code != status:
        return False
    body = response.json()
    is_shape = set(body) == {"success", "data"} and set(body["data"]) == {"message", "code"}
    return (
        is_shape
        and body["success"] is False
        and body["data"]["code"] == code
        and bool(body["data"]["message"])
    )
