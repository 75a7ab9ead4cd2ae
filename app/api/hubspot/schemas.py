"""The account's own object types (HubSpot's page "CRM API | Custom objects")."""

from typing import Final

import msgspec

from app.api.decoding import Decoded, Decoder, Rows
from app.api.request import get
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths


class TypeNamesPayload(msgspec.Struct, frozen=True):
    """What the account calls one and several of the type's records."""

    singular: str = ""
    plural: str = ""


class SchemaPayload(msgspec.Struct, frozen=True, rename="camel"):
    """A custom object type; `object_type_id` such as `2-3456789` is how it is asked for.

    `primary_display_property` names its records, `secondary_display_properties` say more of them.
    """

    object_type_id: str
    name: str = ""
    fully_qualified_name: str = ""
    labels: TypeNamesPayload = TypeNamesPayload()
    primary_display_property: str | None = None
    secondary_display_properties: tuple[str, ...] = ()
    archived: bool = False


class SchemaListPayload(msgspec.Struct, frozen=True):
    """All custom object types; the list has no pages."""

    results: tuple[SchemaPayload, ...]


_LISTS: Final = Decoder(SchemaListPayload, Rows(("results",), SchemaPayload))
_BRIEFLY: Final = tuple(
    (f"include{part}", "false") for part in ("PropertyDefinitions", "AssociationDefinitions", "AuditMetadata")
)


class SchemasClient:
    """The custom object types of one account."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._path = paths.schemas

    async def list_all(self, *, urgency: Urgency = Urgency.BACKGROUND) -> Decoded[SchemaListPayload]:
        """Every custom object type, without its properties. Raises ApiError, Forbidden without the scope."""
        return await self._session.fetch(get(self._path, query=_BRIEFLY, urgency=urgency), _LISTS)
