"""Puts together everything about meetings that one signed-in account can be asked for."""

from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.calendar_events import CalendarEventsClient
from app.api.hubspot.files import FilesClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.properties import PropertiesClient
from app.api.hubspot.records import RecordsClient
from app.api.hubspot.schemas import SchemasClient
from app.api.session import ApiSession
from app.api.versions import ApiPaths
from app.domain.accounts import Account
from app.domain.ports_meetings import MeetingPorts
from app.gateways.hubspot.file_cabinet import HubSpotFilesGateway
from app.gateways.hubspot.meeting_links import MeetingLinks
from app.gateways.hubspot.meeting_writer import HubSpotMeetingWriterGateway
from app.gateways.hubspot.meetings import HubSpotMeetingsGateway
from app.gateways.hubspot.record_finder import HubSpotRecordFinderGateway
from app.gateways.hubspot.record_types import RecordTypes
from app.gateways.problems import Calls


def meeting_ports(session: ApiSession, paths: ApiPaths, account: Account, calls: Calls) -> MeetingPorts:
    """Every port over one session, sharing what they know of the account's own types and labels."""
    associations = AssociationsClient(session, paths)
    meetings, records = MeetingsClient(session, paths), RecordsClient(session, paths)
    types = RecordTypes(SchemasClient(session, paths), account.scopes)
    links = MeetingLinks(associations, types)
    properties = PropertiesClient(session, paths)
    return MeetingPorts(
        directory=HubSpotMeetingsGateway(meetings, associations, properties, links, types, calls),
        writer=HubSpotMeetingWriterGateway(
            meetings, CalendarEventsClient(session, paths), records, links, calls
        ),
        files=HubSpotFilesGateway(FilesClient(session, paths), calls),
        records=HubSpotRecordFinderGateway(records, associations, types, calls),
    )
