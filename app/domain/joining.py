"""Where a meeting is joined: the address of its video conference."""

from typing import Final

from app.domain.addresses import https_addresses, https_host, is_below
from app.domain.meetings import Meeting

_CONFERENCE_DOMAINS: Final = (
    "meet.google.com",
    "teams.microsoft.com",
    "teams.live.com",
    "zoom.us",
    "zoom.com",
    "zoomgov.com",
    "webex.com",
    "whereby.com",
    "gotomeeting.com",
    "meet.goto.com",
    "bluejeans.com",
    "chime.aws",
    "meet.jit.si",
    "8x8.vc",
    "ringcentral.com",
    "join.skype.com",
    "livestorm.co",
    "dialpad.com",
)


def join_address(meeting: Meeting) -> str:
    """The https address to join at, "" where the meeting names none.

    In this order: the conference address that HubSpot keeps, a conference in the location, one in the
    description, any other address in the location. The internal notes are not looked at.
    """
    kept = meeting.join_url.strip()
    if https_host(kept):
        return kept
    in_location = https_addresses(meeting.details.location)
    in_body = https_addresses(meeting.details.body)
    conferences = (one for one in (*in_location, *in_body) if is_conference(one))
    return next(conferences, in_location[0] if in_location else "")


def is_conference(address: str) -> bool:
    """Whether an https address belongs to a well-known video conference."""
    host = https_host(address)
    return host is not None and any(is_below(host, domain) for domain in _CONFERENCE_DOMAINS)
