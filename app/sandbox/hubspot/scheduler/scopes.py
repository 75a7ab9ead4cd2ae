"""The scopes that open the scheduler (reference, section 5.8)."""

from typing import Final

READ_SCOPES: Final = frozenset({"scheduler.meetings.meeting-link.read"})
_PLAIN: Final = (
    "contacts",
    "companies",
    "deals",
    "appointments",
    "courses",
    "goals",
    "line_items",
    "listings",
    "products",
    "projects",
    "services",
    "commercepayments",
)
_SENSITIVE: Final = ("contacts", "companies", "deals", "appointments")
_HIGHLY_SENSITIVE: Final = ("contacts", "companies", "deals")
# Projects alone have no ".v2" in the published list.
WRITE_SCOPES: Final = frozenset(
    {
        "meetings-write",
        "tickets",
        "tickets.sensitive.v2",
        "tickets.highly_sensitive.v2",
        "crm.objects.projects.sensitive.write",
        "crm.objects.projects.highly_sensitive.write",
        *(f"crm.objects.{name}.write" for name in _PLAIN),
        *(f"crm.objects.{name}.sensitive.write.v2" for name in _SENSITIVE),
        *(f"crm.objects.{name}.highly_sensitive.write.v2" for name in _HIGHLY_SENSITIVE),
    }
)
