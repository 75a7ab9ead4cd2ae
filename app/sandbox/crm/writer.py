"""Creating and changing records under HubSpot's rules: checked first as a whole, then written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.sandbox.crm.association_types import CATEGORIES, AssociationSpec
from app.sandbox.crm.object_types import CONTACT, MEETING, ObjectType
from app.sandbox.crm.properties.account_definitions import AccountDefinitions
from app.sandbox.crm.properties.definition import PIN
from app.sandbox.crm.store import Record, RecordStore
from app.sandbox.crm.values import checked
from app.sandbox.errors import CONFLICT, VALIDATION_ERROR, HubSpotError, validation_error
from app.sandbox.wire import invalid_json, object_list, record_reference


@dataclass(frozen=True, slots=True)
class NewLink:
    """An association to make: the other record and the labels in the direction towards it."""

    to_type: str
    to_id: str
    specs: tuple[AssociationSpec, ...]


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that passed every check and can be written."""

    kind: ObjectType
    values: Mapping[str, str | None]
    links: tuple[NewLink, ...]


@dataclass(frozen=True, slots=True)
class RequiredWhen:
    """A rule an admin made: while `name` has one of `values`, the `needed` properties must be filled."""

    type_id: str
    name: str
    values: frozenset[str]
    needed: tuple[str, ...]


class RecordWriter:
    """Writes into one account's store.

    `owners` are the owner ids that exist. `required` names, per type id, the properties an admin made
    required, `conditional` those that depend on another value; both are enforced only where `strict` is given
    (API versions from 2026-09 on).
    """

    def __init__(
        self,
        store: RecordStore,
        owners: frozenset[str],
        required: Mapping[str, Sequence[str]],
        conditional: Sequence[RequiredWhen],
        definitions: AccountDefinitions,
    ) -> None:
        self._store = store
        self._owners = owners
        self._required = required
        self._conditional = conditional
        self._definitions = definitions

    def check_new(self, kind: ObjectType, body: Mapping[str, Any], *, strict: bool) -> NewRecord:
        """Check a create body; HubSpotError 400 or 409 when it cannot become a record."""
        values = self._values(kind, body)
        if kind.type_id == MEETING and not values.get("hs_timestamp"):
            values["hs_timestamp"] = _timeline_position(values)
        if strict:
            self._demand(kind, values)
        self._refuse_taken_email(kind, values, None)
        links = tuple(self._link(kind, one) for one in object_list(body, "associations"))
        if values.get(PIN):
            linked = {link.to_id for link in links if link.to_type == MEETING}
            _check_pin(values[PIN], linked)
        return NewRecord(kind, values, links)

    def create(self, new: NewRecord) -> Record:
        """Write a checked record and its associations."""
        source = {"hs_object_source": "INTEGRATION", "hs_object_source_label": "INTEGRATION"}
        record = self._store.create(new.kind.type_id, {**source, **new.values})
        for link in new.links:
            start, end = (record.type_id, record.id), (link.to_type, link.to_id)
            self._store.associations.add(start, end, link.specs)
        return record

    def check_change(
        self, kind: ObjectType, record: Record, body: Mapping[str, Any], *, strict: bool
    ) -> dict[str, str | None]:
        """Check an update body and return the values to write; HubSpotError 400 or 409 when it is wrong."""
        values = self._values(kind, body)
        if strict:
            self._demand(kind, {**record.properties, **values}, touched=set(values))
        self._refuse_taken_email(kind, values, record)
        if values.get(PIN):
            _check_pin(values[PIN], set(self._store.associated(kind.type_id, record.id, MEETING)))
        return values

    def _values(self, kind: ObjectType, body: Mapping[str, Any]) -> dict[str, str | None]:
        given = body.get("properties")
        if not isinstance(given, dict):
            raise invalid_json(b"", "Cannot deserialize 'properties': an object is expected")
        return checked(self._definitions.of(kind.type_id), given, self._owners)

    def _demand(
        self, kind: ObjectType, after: Mapping[str, str | None], touched: set[str] | None = None
    ) -> None:
        """Refuse what would leave a required property empty; of a change, only what it touches counts."""
        wanted = self._required.get(kind.type_id, ())
        missing = [n for n in wanted if not after.get(n) and (touched is None or n in touched)]
        if missing:
            raise _missing(missing, "MISSING_REQUIRED_PROPERTY")
        for rule in self._conditional:
            applies = rule.type_id == kind.type_id and after.get(rule.name) in rule.values
            missing = [name for name in rule.needed if not after.get(name)]
            if applies and missing and (touched is None or touched & {rule.name, *missing}):
                raise _missing(missing, "MISSING_CONDITIONAL_REQUIRED_PROPERTY")

    def _refuse_taken_email(
        self, kind: ObjectType, values: Mapping[str, str | None], record: Record | None
    ) -> None:
        email = values.get("email")
        if kind.type_id != CONTACT or not email:
            return
        other = self._store.find_by(CONTACT, "email", email)
        if other is not None and other is not record:
            raise taken(other.id)

    def _link(self, kind: ObjectType, data: Mapping[str, Any]) -> NewLink:
        to_id = record_reference(data.get("to"), "associations.to")
        types = self._store.associations.types
        given = object_list(data, "types", required=True)
        found = [types.target(kind.type_id, *type_of(one)) for one in given]
        known = [one for one in found if one is not None]
        if not known or len(known) < len(found) or len({to_type for to_type, _ in known}) > 1:
            ids = [str(one.get("associationTypeId")) for one in data["types"]]
            raise validation_error(
                f"Association types {', '.join(ids)} do not lead from {kind.name} to one other type.",
                context={"associationTypeId": ids},
            )
        to_type = known[0][0]
        other = self._store.get(to_type, to_id)
        if other is None or other.archived:
            raise validation_error(
                f"No {to_type} record with id {to_id} exists to associate with.", context={"id": [to_id]}
            )
        return NewLink(to_type, to_id, tuple(spec for _, spec in known))


def type_of(data: Mapping[str, Any]) -> tuple[str, int]:
    """Read `{associationCategory, associationTypeId}`; HubSpotError 400 for another shape."""
    category, type_id = data.get("associationCategory"), data.get("associationTypeId")
    if isinstance(type_id, str) and type_id.isascii() and type_id.isdigit() and len(type_id) < 10:
        type_id = int(type_id)
    known = isinstance(category, str) and category in CATEGORIES
    if not known or isinstance(type_id, bool) or not isinstance(type_id, int):
        raise validation_error(
            f"An association type needs an associationCategory ({', '.join(sorted(CATEGORIES))}) "
            "and a whole-number associationTypeId."
        )
    return str(category), type_id


def taken(contact_id: str) -> HubSpotError:
    """Return the 409 for an e-mail address that another contact has."""
    return HubSpotError(409, CONFLICT, f"Contact already exists. Existing ID: {contact_id}")


def _missing(names: Sequence[str], code: str) -> HubSpotError:
    return HubSpotError(
        400,
        VALIDATION_ERROR,
        f"Required properties are missing: {', '.join(names)}",
        sub_category=code,
        context={"properties": names},
        errors=[
            {"message": f"{name} is required", "code": code, "context": {"propertyName": [name]}}
            for name in names
        ],
    )


def _timeline_position(values: Mapping[str, str | None]) -> str:
    start = values.get("hs_meeting_start_time")
    if start:
        return start
    raise validation_error(
        "Error creating MEETING_EVENT. Some required properties were not set.",
        context={"properties": ["hs_timestamp"]},
    )


def _check_pin(meeting_id: str | None, linked: set[str]) -> None:
    if meeting_id not in linked:
        raise validation_error(
            f"Engagement {meeting_id} is not associated with this record and cannot be pinned to it.",
            context={"propertyName": [PIN]},
        )
