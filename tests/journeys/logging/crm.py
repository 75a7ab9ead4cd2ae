"""What the sandbox's CRM holds: the truth against which the window's words are judged."""

from datetime import datetime, timedelta

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, TICKET
from app.sandbox.crm.store import Record
from app.sandbox.world.people import MEI
from tests.journeys.clock import START
from tests.journeys.house import House

TYPES = {"contact": CONTACT, "company": COMPANY, "deal": DEAL, "ticket": TICKET}


class Crm:
    """Reads and changes records behind the app's back."""

    def __init__(self, house: House) -> None:
        self._house = house

    @property
    def meetings(self) -> list[Record]:
        """Every meeting that is not in the recycle bin."""
        return list(self._house.server.store.all(MEETING))

    def titled(self, title: str) -> list[Record]:
        """The meetings of a title."""
        return [one for one in self.meetings if one.properties["hs_meeting_title"] == title]

    def only(self, title: str) -> Record:
        """The one meeting of a title."""
        (found,) = self.titled(title)
        return found

    def text(self, meeting: Record, name: str) -> str:
        """A property of a meeting as it is now; empty where nothing is set."""
        now = self._house.server.store.get(MEETING, meeting.id)
        assert now is not None
        return now.properties.get(name) or ""

    def records_of(self, meeting: Record, kind: str) -> list[str]:
        """The ids of the records of a kind on which a meeting stands."""
        return self._house.server.store.associated(MEETING, meeting.id, TYPES[kind])

    def record(self, kind: str, name: str) -> Record:
        """A record by its name."""
        store = self._house.server.store
        names = {"contact": "lastname", "company": "name", "deal": "dealname", "ticket": "subject"}
        return next(one for one in store.all(TYPES[kind]) if one.properties.get(names[kind]) == name)

    def pinned(self, kind: str, record: Record) -> str:
        """The id of the meeting pinned on a record; empty where none is."""
        now = self._house.server.store.get(TYPES[kind], record.id)
        assert now is not None
        return now.properties.get("hs_pinned_engagement_id") or ""

    def is_in_bin(self, meeting: Record) -> bool:
        """Whether a meeting lies in the recycle bin."""
        now = self._house.server.store.get(MEETING, meeting.id)
        return now is not None and now.archived

    def change(self, meeting: Record, **properties: str) -> None:
        """Let a colleague change a meeting in HubSpot."""
        self._house.server.store.update(meeting, properties)

    def hold(self, title: str, *, hours_ago: float, minutes: int = 30, outcome: str = "SCHEDULED") -> Record:
        """Put a meeting of Mei's into HubSpot that began some hours before the story."""
        start = START - timedelta(hours=hours_ago)
        return self._house.server.store.create(
            MEETING,
            {
                "hs_meeting_title": title,
                "hs_timestamp": instant(start),
                "hs_meeting_start_time": instant(start),
                "hs_meeting_end_time": instant(start + timedelta(minutes=minutes)),
                "hs_meeting_outcome": outcome,
                "hubspot_owner_id": str(MEI.owner_id),
            },
        )


def instant(moment: datetime) -> str:
    """As the CRM writes instants."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
