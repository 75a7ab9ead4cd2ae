"""Meetings such as real accounts hold too: colleagues' own, odd values, hostile text, and gaps."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.sandbox.crm.object_types import CONTACT, MEETING, SITE
from app.sandbox.crm.store import RecordStore
from app.sandbox.world.contacts import Directory
from app.sandbox.world.engagements import Engagement, EngagementWriter
from app.sandbox.world.people import AISHA, CARLOS, HANNA, JONAS, MEI, User
from app.sandbox.world.pictured_meetings import working_day
from app.sandbox.world.wall_clock import MINUTE_MS, instant_of

FEWEST: Final = 60  # a world with fewer meetings than this has none of them
_UNASSOCIATED: Final = "Coffee with nobody in particular"


@dataclass(frozen=True, slots=True)
class _Curious:
    """`day` counts working days from today, `at` is (hour, minute) in the owner's zone, 30 minutes long."""

    day: int
    at: tuple[int, int]
    title: str
    outcome: str = "COMPLETED"
    activity_type: str = "Discovery call"
    owner: User = MEI
    location: str = ""
    conference: str = ""
    body: str = ""
    notes: str = ""


_HTML_BODY: Final = (
    "<div><p><b>Agenda</b></p><ul><li>Roll-out in <i>two</i> teams</li><li>Prices &amp; terms</li></ul>"
    "<p>See <a href='https://docs.example/plan?a=1&amp;b=2'>the plan</a>.</p></div>"
)
_HOSTILE: Final = (
    '<img src="file:///etc/passwd"><script>alert(1)</script><style>*{display:none}</style>'
    '<a href="javascript:alert(2)">Click</a><iframe src="http://169.254.169.254/"></iframe>'
    "<p>Only this sentence is meant to be read.</p>"
)
_LONG_TITLE: Final = "Quarterly business review, budget, road map and everything else " * 5
_LONG_BODY: Final = "<p>Point by point.</p>" + "".join(
    f"<p>{number}. What was promised, by whom, and by when.</p>" for number in range(1, 301)
)

_CURIOUS: Final = (
    _Curious(-3, (9, 0), "Product demo", activity_type="Product demo", body=_HTML_BODY),
    _Curious(-3, (11, 0), "<img src=x onerror=alert(1)> & “quotes”", body=_HOSTILE, notes=_HOSTILE),
    _Curious(-3, (14, 0), _LONG_TITLE.strip(), activity_type="Business review", body=_LONG_BODY),
    _Curious(-3, (16, 0), "פגישת היכרות עם דנה לוי", "NO_SHOW", notes="נדבר שוב ביום ראשון."),
    _Curious(-4, (9, 0), "\u202egnp.eciovni\u202c", "CANCELED", location="javascript:alert(document.cookie)"),
    _Curious(-4, (11, 0), "🎉 Kick-off 👩‍👩‍👧‍👦 with Zoë", activity_type="Kick-off", notes="🇩🇪 ✅ 👍🏽"),
    _Curious(-4, (14, 0), "Handover from the old CRM", "HELD_REMOTELY", "Imported: webinar"),
    _Curious(
        -4, (16, 0), "Follow-up from the trade fair", "HELD_LEGACY", "Trade fair", location="Hall 4.2, B12"
    ),
    _Curious(-5, (9, 0), "", "", ""),
    _Curious(-5, (11, 0), _UNASSOCIATED, notes="On no record at all."),
    _Curious(
        -5, (14, 0), "Pricing questions", "RESCHEDULED", "Renewal", notes="Line one\nLine two\n\tindented"
    ),
    _Curious(
        -6, (10, 0), "Contract review", "COMPLETED", "Renewal", owner=HANNA, notes="Handed over to Mei."
    ),
    _Curious(-6, (15, 0), "Old but never logged elsewhere", "NO_SHOW", owner=HANNA),
    _Curious(-1, (12, 0), "Solution workshop", "COMPLETED", "Business review", owner=JONAS),
    _Curious(
        -1, (10, 0), "Intro call", "SCHEDULED", owner=AISHA, conference="https://meet.example/aisha-intro"
    ),
    _Curious(-2, (11, 0), "Product demo", "SCHEDULED", "Product demo", owner=CARLOS),
)


def add_curious(
    store: RecordStore, writer: EngagementWriter, directory: Directory, *, today: datetime, wanted: int
) -> int:
    """Write these meetings into a world of `wanted` or more; return how many were written."""
    if wanted < FEWEST:
        return 0
    sites = [site.id for site in store.all(SITE)]
    for number, one in enumerate(_CURIOUS):
        engagement = _engagement(one, number, today.date())
        made = today - timedelta(days=12, minutes=number)
        if one.title == _UNASSOCIATED:
            writer.write_down(engagement, created_at=made)
            continue
        contact = directory.contacts[20 + 3 * number]
        meeting = writer.add(engagement, contact, created_at=made)
        if number % 4 == 0:
            label = next(spec for spec in store.associations.types.specs(MEETING, CONTACT) if spec.label)
            store.associations.add((MEETING, meeting.id), (CONTACT, contact.id), (label,))
            store.associate(MEETING, meeting.id, SITE, sites[number % len(sites)])
    return len(_CURIOUS)


def _engagement(one: _Curious, number: int, today: date) -> Engagement:
    start = instant_of(working_day(today, one.day), one.at[0] * 60 + one.at[1], one.owner.zone)
    return Engagement(
        owner=one.owner,
        title=one.title,
        start=start,
        end=start + 30 * MINUTE_MS,
        outcome=one.outcome,
        activity_type=one.activity_type,
        source="CRM_UI",
        event_id=f"evtodd{number:03d}{start:x}",
        location=one.location,
        conference_url=one.conference,
        body=one.body,
        notes=one.notes,
    )
