"""The record types the sandbox knows: ids, names in paths, and the properties HubSpot keeps by itself."""

import re
from dataclasses import dataclass
from typing import Final

CONTACT: Final = "0-1"
COMPANY: Final = "0-2"
DEAL: Final = "0-3"
TICKET: Final = "0-5"
MEETING: Final = "0-47"
USER: Final = "0-115"
SITE: Final = "2-38472915"


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One CRM record type: `type_id` such as 0-1, its path names, and what its replies carry by default."""

    type_id: str
    name: str
    singular: str
    created_property: str
    modified_property: str
    default_properties: tuple[str, ...]
    searched_properties: tuple[str, ...]
    read_scopes: frozenset[str]
    write_scopes: frozenset[str]
    description: str = ""


def _scopes(*names: str) -> frozenset[str]:
    return frozenset(names)


OBJECT_TYPES: Final[dict[str, ObjectType]] = {
    kind.type_id: kind
    for kind in (
        ObjectType(
            CONTACT,
            "contacts",
            "contact",
            "createdate",
            "lastmodifieddate",
            ("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"),
            ("firstname", "lastname", "email", "phone", "company"),
            _scopes("crm.objects.contacts.read"),
            _scopes("crm.objects.contacts.write"),
        ),
        ObjectType(
            COMPANY,
            "companies",
            "company",
            "createdate",
            "hs_lastmodifieddate",
            ("createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"),
            ("name", "website", "domain", "phone"),
            _scopes("crm.objects.companies.read"),
            _scopes("crm.objects.companies.write"),
        ),
        ObjectType(
            DEAL,
            "deals",
            "deal",
            "createdate",
            "hs_lastmodifieddate",
            (
                "amount",
                "closedate",
                "createdate",
                "dealname",
                "dealstage",
                "hs_lastmodifieddate",
                "hs_object_id",
                "pipeline",
            ),
            ("dealname", "pipeline", "dealstage", "description", "dealtype"),
            _scopes("crm.objects.deals.read"),
            _scopes("crm.objects.deals.write"),
        ),
        ObjectType(
            TICKET,
            "tickets",
            "ticket",
            "createdate",
            "hs_lastmodifieddate",
            (
                "content",
                "createdate",
                "hs_lastmodifieddate",
                "hs_object_id",
                "hs_pipeline",
                "hs_pipeline_stage",
                "hs_ticket_category",
                "hs_ticket_priority",
                "subject",
            ),
            ("subject", "content", "hs_ticket_category"),
            _scopes("tickets"),
            _scopes("tickets"),
        ),
        ObjectType(
            MEETING,
            "meetings",
            "meeting",
            "hs_createdate",
            "hs_lastmodifieddate",
            ("hs_createdate", "hs_lastmodifieddate", "hs_object_id"),
            ("hs_meeting_title", "hs_meeting_body"),
            _scopes("crm.objects.contacts.read"),
            _scopes("crm.objects.contacts.write"),
        ),
        ObjectType(
            USER,
            "users",
            "user",
            "hs_createdate",
            "hs_lastmodifieddate",
            ("hs_createdate", "hs_lastmodifieddate", "hs_object_id"),
            ("hs_email", "hs_given_name", "hs_family_name"),
            _scopes("crm.objects.users.read"),
            _scopes("crm.objects.users.write"),
        ),
        ObjectType(
            SITE,
            "sites",
            "site",
            "hs_createdate",
            "hs_lastmodifieddate",
            ("hs_createdate", "hs_lastmodifieddate", "hs_object_id"),
            ("site_name", "city"),
            _scopes("crm.objects.custom.read"),
            _scopes("crm.objects.custom.write"),
            "A place a customer works at; the account's own record type",
        ),
    )
}

CUSTOM_TYPES: Final = tuple(kind for kind in OBJECT_TYPES.values() if kind.type_id.startswith("2-"))
_QUALIFIED: Final = re.compile(r"p\d*_(\w+)", re.ASCII)

_BY_PATH_NAME: Final[dict[str, ObjectType]] = {
    alias: kind
    for kind in OBJECT_TYPES.values()
    for alias in (kind.type_id, kind.name, kind.singular, kind.name.upper(), kind.singular.upper())
}


def object_type(path_name: str) -> ObjectType | None:
    """Return the type behind `contacts`, `contact`, `CONTACT` or `0-1`; None for one that is not here.

    A custom object also answers to its fully qualified name `p<portal id>_<name>` and to `p_<name>`.
    """
    name = path_name.lower()
    qualified = _QUALIFIED.fullmatch(name)
    if qualified is not None:
        return next((kind for kind in CUSTOM_TYPES if kind.name == qualified[1]), None)
    return _BY_PATH_NAME.get(path_name) or _BY_PATH_NAME.get(name)
