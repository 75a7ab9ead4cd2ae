"""The property definitions of every record type, by name."""

from typing import Final

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, SITE, TICKET, USER
from app.sandbox.crm.properties.custom import SITE_PROPERTIES
from app.sandbox.crm.properties.definition import PropertyDefinition, PropertyOption
from app.sandbox.crm.properties.people import COMPANY_PROPERTIES, CONTACT_PROPERTIES, USER_PROPERTIES
from app.sandbox.crm.properties.work import DEAL_PROPERTIES, MEETING_PROPERTIES, TICKET_PROPERTIES

__all__ = ["DEFINITIONS", "PropertyDefinition", "PropertyOption"]

DEFINITIONS: Final[dict[str, dict[str, PropertyDefinition]]] = {
    type_id: {definition.name: definition for definition in table}
    for type_id, table in (
        (CONTACT, CONTACT_PROPERTIES),
        (COMPANY, COMPANY_PROPERTIES),
        (DEAL, DEAL_PROPERTIES),
        (TICKET, TICKET_PROPERTIES),
        (MEETING, MEETING_PROPERTIES),
        (USER, USER_PROPERTIES),
        (SITE, SITE_PROPERTIES),
    )
}
