"""Grace as HubSpot answers with her, and the gateway of records over a scripted HubSpot."""

from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.owners import OwnersClient
from app.api.hubspot.records import RecordsClient
from app.gateways.hubspot.records import HubSpotRecordsGateway
from tests.gateways.service import PATHS_NOW, FakeHubSpot, JumpingTime, calls, session_on

OBJECTS = "/crm/objects/2026-03"
BY_EMAIL = f"{OBJECTS}/contacts/grace%40navy.test"
MEETINGS_OF = f"{OBJECTS}/contacts/501/associations/meetings"


def records_gateway(hubspot: FakeHubSpot, time: JumpingTime) -> HubSpotRecordsGateway:
    """The gateway under test; its pauses move `time` instead of passing."""
    session = session_on(hubspot, time)
    return HubSpotRecordsGateway(
        RecordsClient(session, PATHS_NOW),
        AssociationsClient(session, PATHS_NOW),
        MeetingsClient(session, PATHS_NOW),
        OwnersClient(session, PATHS_NOW),
        calls(),
    )


def record(record_id: object, **properties: object) -> dict[str, object]:
    """A record as the wire has it."""
    return {"id": record_id, "properties": properties, "createdAt": "2026-01-01T00:00:00Z", "archived": False}


GRACE = record(
    501,
    firstname="Grace",
    lastname="Hopper",
    email="grace@navy.test",
    company="Navy",
    phone=None,
    hs_timezone="america_slash_new_york",
    hubspot_owner_id="31",
    numemployees=12,
)
