"""The values that outcome and activity type may have in an account."""

from app.api.errors import NotFound
from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.properties import PropertiesClient, PropertyPayload
from app.domain.meetings import MeetingOption, MeetingOptions
from app.gateways.hubspot.meeting_mapping import ACTIVITY_TYPE, OUTCOME
from app.gateways.hubspot.together import together


async def options_of(properties: PropertiesClient) -> MeetingOptions:
    """Both lists in the account's order. Raises ApiError."""
    outcomes, types = await together(_read(properties, name) for name in (OUTCOME, ACTIVITY_TYPE))
    return MeetingOptions(
        outcomes=_options(outcomes),
        activity_types=_options(types),
        types_are_open=types is None or types.external_options or not types.options,
    )


async def _read(properties: PropertiesClient, name: str) -> PropertyPayload | None:
    try:
        return (await properties.read(ObjectType.MEETINGS, name)).value
    except NotFound:
        return None


def _options(payload: PropertyPayload | None) -> tuple[MeetingOption, ...]:
    """The options, those without a place last (reference 9)."""
    rows = payload.options if payload is not None else ()
    placed = sorted(rows, key=lambda row: (row.display_order < 0, row.display_order))
    return tuple(MeetingOption(row.value, row.label or row.value, row.hidden) for row in placed)
