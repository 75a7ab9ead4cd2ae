"""The scopes that open the scheduler (reference, section 5.8)."""

from typing import Final

READ_SCOPES: Final = frozenset({"scheduler.meetings.meeting-link.read"})
_PLAIN: Final = (
    "contacts",
    "companies",
    "deals",
    "appointments",
    "courses",
    "custom",
    "goals",
    "line_items",
    "listings",
    "products",
    "projects",
    "services",
    "commercepayments",
)
_SENSITIVE: Final = ("contacts", "companies", "deals", "custom")
WRITE_SCOPES: Final = frozenset(
    {
        "meetings-write",
        "tickets",
        "tickets.sensitive",
        "tickets.highly_sensitive",
        *(f"crm.objects.{name}.write" for name in _PLAIN),
        *(f"crm.objects.{name}.sensitive.write" for name in _SENSITIVE),
        *(f"crm.objects.{name}.highly_sensitive.write" for name in _SENSITIVE),
    }
)
