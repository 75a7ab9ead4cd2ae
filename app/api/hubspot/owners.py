"""Owners, and the two numbers each has: owner id and user id (reference section 11)."""

from typing import Final

import msgspec

from app.api.addresses import segment
from app.api.decoding import Decoder, Rows, WireId
from app.api.hubspot.paging_payloads import PagingPayload, following
from app.api.paging import Page, Walk, walk_list
from app.api.request import get
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths


class OwnerPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`PublicOwner`: `id` is the owner id, `user_id` the scheduler's; archived ones lack the latter."""

    id: WireId
    type: str = ""
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    user_id: WireId | None = None
    user_id_including_inactive: WireId | None = None
    archived: bool = False

    @property
    def any_user_id(self) -> str | None:
        """The user id, of an archived owner too."""
        return self.user_id or self.user_id_including_inactive


class OwnerListPayload(msgspec.Struct, frozen=True):
    """One page of owners."""

    results: tuple[OwnerPayload, ...]
    paging: PagingPayload | None = None


_OWNERS: Final = Decoder(OwnerPayload)
_LISTS: Final = Decoder(OwnerListPayload, Rows(("results",), OwnerPayload))


class OwnersClient:
    """The owners of one account. Every coroutine raises ApiError."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._path = paths.owners

    async def list_page(
        self,
        *,
        limit: int = 100,
        after: str | None = None,
        email: str | None = None,
        archived: bool = False,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Page[OwnerPayload]:
        """One page of owners; archived ones are in a list of their own."""
        query = [("limit", str(limit)), ("archived", "true" if archived else "false")]
        if after is not None:
            query.append(("after", after))
        if email is not None:
            query.append(("email", email))
        found = await self._session.fetch(get(self._path, query=tuple(query), urgency=urgency), _LISTS)
        return Page(found.value.results, following(found.value.paging), None, found.skipped)

    def walk(self, *, archived: bool = False, urgency: Urgency = Urgency.BACKGROUND) -> Walk[OwnerPayload]:
        """All pages of owners."""
        return walk_list(lambda after: self.list_page(after=after, archived=archived, urgency=urgency))

    async def by_owner_id(self, owner_id: str, *, archived: bool = False) -> OwnerPayload:
        """The owner with this owner id."""
        return await self._one(owner_id, "id", archived=archived)

    async def by_user_id(self, user_id: str, *, archived: bool = False) -> OwnerPayload:
        """The owner who is this user."""
        return await self._one(user_id, "userId", archived=archived)

    async def _one(self, number: str, id_property: str, *, archived: bool) -> OwnerPayload:
        query = (("idProperty", id_property), ("archived", "true" if archived else "false"))
        request = get(f"{self._path}/{segment(number)}", query=query)
        return (await self._session.fetch(request, _OWNERS)).value
