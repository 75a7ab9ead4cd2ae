"""The portal itself: its number, zone and address (reference section 12)."""

from typing import Final

import msgspec

from app.api.decoding import Decoder, WireId
from app.api.request import get
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths


class AccountPayload(msgspec.Struct, frozen=True, rename="camel"):
    """Account details; `time_zone` may be an old alias such as `US/Eastern`, offsets are not read."""

    portal_id: WireId
    account_type: str = ""
    time_zone: str = ""
    ui_domain: str = ""
    data_hosting_location: str = ""
    portal_name: str | None = None


_ACCOUNTS: Final = Decoder(AccountPayload)


class AccountClient:
    """The account behind the token."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._path = paths.account

    async def details(self, *, urgency: Urgency = Urgency.USER) -> AccountPayload:
        """Who this portal is. Raises ApiError."""
        return (await self._session.fetch(get(self._path, urgency=urgency), _ACCOUNTS)).value
