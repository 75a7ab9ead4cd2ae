"""The properties of the account's custom object, sites."""

from dataclasses import replace
from typing import Final

from app.sandbox.crm.properties.definition import PropertyDefinition, choice, owner, pin, record_keeping, text

_SITE: Final = "site_information"

_OWN: Final = (
    text("site_name", "Site name", _SITE),
    text("city", "City", _SITE),
    text("street", "Street", _SITE),
    choice("site_status", "Status", _SITE, ("planned", "Planned"), ("open", "Open"), ("closed", "Closed")),
    PropertyDefinition("opened_on", "Opened on", "date", "date", _SITE),
)

SITE_PROPERTIES: Final = (
    *(replace(definition, hubspot_defined=False) for definition in _OWN),
    owner(_SITE),
    pin(_SITE),
    *record_keeping(_SITE, "hs_createdate", "hs_lastmodifieddate"),
)
