"""CRM property definitions and their options (reference section 9)."""

from typing import Final

import msgspec

from app.api.addresses import segment
from app.api.decoding import Decoded, Decoder, Rows
from app.api.hubspot.object_types import type_segment
from app.api.request import get
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths


class OptionPayload(msgspec.Struct, frozen=True, rename="camel"):
    """One option; `display_order` -1 comes last, a hidden one is not offered but may be stored."""

    value: str
    label: str = ""
    display_order: int = -1
    hidden: bool = False


class PropertyPayload(msgspec.Struct, frozen=True, rename="camel"):
    """A property; with `external_options` the options live elsewhere."""

    name: str
    label: str = ""
    type: str = ""
    field_type: str = ""
    options: tuple[OptionPayload, ...] = ()
    external_options: bool = False
    hidden: bool = False


class PropertyListPayload(msgspec.Struct, frozen=True):
    """All properties of an object type."""

    results: tuple[PropertyPayload, ...]


_OPTIONS: Final = Rows(("options",), OptionPayload)
_PROPERTIES: Final = Decoder(PropertyPayload, _OPTIONS)
_LISTS: Final = Decoder(
    PropertyListPayload,
    Rows(("results", "*", "options"), OptionPayload),
    Rows(("results",), PropertyPayload),
)


class PropertiesClient:
    """The property definitions of one account. Every coroutine raises ApiError."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._path = paths.properties

    async def read(
        self, kind: str, name: str, *, urgency: Urgency = Urgency.BACKGROUND
    ) -> Decoded[PropertyPayload]:
        """One property with its options."""
        path = f"{self._path}/{type_segment(kind)}/{segment(name)}"
        return await self._session.fetch(get(path, urgency=urgency), _PROPERTIES)

    async def list_all(
        self, kind: str, *, urgency: Urgency = Urgency.BACKGROUND
    ) -> Decoded[PropertyListPayload]:
        """Every property of an object type; the list has no pages."""
        return await self._session.fetch(get(f"{self._path}/{type_segment(kind)}", urgency=urgency), _LISTS)
