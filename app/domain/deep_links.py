"""Addresses of records in HubSpot's own pages."""

import re
from typing import Final

from app.domain.addresses import https_host, is_below
from app.domain.meetings import MeetingId, RecordType

MEETING: Final = RecordType("0-47")

_HUBSPOT: Final = "hubspot.com"
_TYPE: Final = re.compile(r"[0-9]{1,4}-[0-9]{1,20}")
_NUMBER: Final = re.compile(r"[0-9]{1,20}")


def record_address(ui_domain: str, portal_id: int, record_type: RecordType, record_id: str) -> str:
    """The page of a record (reference 12), "" where one part is not what HubSpot would send.

    `ui_domain` is the portal's own host (`app-eu1.hubspot.com`); other hosts than HubSpot's are refused.
    """
    host = ui_domain.strip().lower()
    if https_host(f"https://{host}") != host or not is_below(host, _HUBSPOT):
        return ""
    if portal_id < 0 or not _TYPE.fullmatch(record_type) or not _NUMBER.fullmatch(record_id):
        return ""
    return f"https://{host}/contacts/{portal_id}/record/{record_type}/{record_id}"


def meeting_address(ui_domain: str, portal_id: int, meeting_id: MeetingId) -> str:
    """The page of a meeting; "" for one that HubSpot does not know yet."""
    return record_address(ui_domain, portal_id, MEETING, meeting_id)
