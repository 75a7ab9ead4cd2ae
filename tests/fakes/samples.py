"""Small values that many tests start from."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from app.domain.accounts import OPTIONAL_SCOPES, REQUIRED_SCOPES, Account, Workspace, account_id
from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.forms import Consent, FieldKind, FormField
from app.domain.links import BookingInfo, GuestRule, LinkKind, MeetingLink, Member, Slug, UserId
from app.domain.records import Contact, ContactId, Owner, OwnerId
from app.domain.slots import AvailabilityPage, Busy, Slot, YearMonth
from tests.fakes.clock import NOW

HALF_HOUR = 1_800_000
QUARTER = 900_000
SLUG = Slug("maria/intro-call")
ZONE = "Europe/Berlin"
THREE_GUESTS = GuestRule(allowed=True, limit=3)
MARIA = Member(UserId("501"), "maria@slotdesk.example", "Maria Nowak", is_offline=False)
JONAS = Member(UserId("502"), "jonas@slotdesk.example", "Jonas Weber", is_offline=False)
OFFLINE_JONAS = Member(UserId("502"), "jonas@slotdesk.example", "Jonas Weber", is_offline=True)


def at(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    """A UTC instant, by default in November 2026."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def slot(start: datetime, duration_ms: int = HALF_HOUR) -> Slot:
    """The slot that begins at `start`."""
    return Slot(start, start + timedelta(milliseconds=duration_ms))


def sample_account(
    portal_id: int = 4711, user_id: str = "501", workspace: Workspace = Workspace.LIVE
) -> Account:
    """An account with every scope."""
    return Account(
        id=account_id(workspace, portal_id, user_id),
        workspace=workspace,
        portal_id=portal_id,
        portal_name=f"Portal {portal_id}",
        user_id=user_id,
        email="maria@slotdesk.example",
        full_name="Maria Nowak",
        ui_domain="app.hubspot.com",
        portal_zone=ZONE,
        scopes=frozenset((*REQUIRED_SCOPES, *OPTIONAL_SCOPES)),
        connected_at=NOW,
    )


def sample_link(
    slug: str = SLUG,
    *,
    name: str = "Intro call",
    kind: LinkKind = LinkKind.PERSONAL,
    organizer: str = "501",
    members: Iterable[str] = ("501",),
) -> MeetingLink:
    """A meeting link."""
    return MeetingLink(
        id=f"id-{slug}",
        slug=Slug(slug),
        url=f"https://meetings.hubspot.com/{slug}",
        kind=kind,
        name=name,
        organizer_id=UserId(organizer),
        member_ids=tuple(UserId(member) for member in members),
        is_default=False,
    )


def sample_info(
    slug: Slug = SLUG,
    *,
    kind: LinkKind = LinkKind.PERSONAL,
    durations_ms: tuple[int, ...] = (QUARTER, HALF_HOUR),
    form_fields: tuple[FormField, ...] = (),
    consent: Consent | None = None,
    guests: GuestRule = THREE_GUESTS,
    members: tuple[Member, ...] = (MARIA,),
    buffer: timedelta = timedelta(0),
    increment: timedelta | None = None,
    is_offline: bool = False,
) -> BookingInfo:
    """Booking info of a plain link."""
    return BookingInfo(
        slug=slug,
        kind=kind,
        is_offline=is_offline,
        durations_ms=durations_ms,
        increment=increment,
        buffer=buffer,
        hours=(),
        form_fields=form_fields,
        consent=consent,
        guests=guests,
        members=members,
        locale="en-us",
    )


def sample_field(
    name: str, kind: FieldKind = FieldKind.TEXT, *, required: bool = False, custom: bool = False
) -> FormField:
    """A form field without choices."""
    return FormField(name, name.title(), kind, is_required=required, is_custom=custom)


def sample_page(
    month: YearMonth,
    slots: Mapping[int, Iterable[Slot]],
    *,
    slug: Slug = SLUG,
    zone: str = ZONE,
    members: tuple[Member, ...] = (MARIA,),
    busy: Mapping[UserId, Iterable[Busy]] | None = None,
    has_more: bool = False,
    fetched_at: datetime = NOW,
) -> AvailabilityPage:
    """A month of a link."""
    return AvailabilityPage(
        slug=slug,
        month=month,
        zone=zone,
        slots={duration: tuple(some) for duration, some in slots.items()},
        members=members,
        busy={user_id: tuple(some) for user_id, some in (busy or {}).items()},
        has_more=has_more,
        fetched_at=fetched_at,
    )


def sample_contact(contact_id: str = "9001", **properties: str) -> Contact:
    """A contact with these properties."""
    return Contact(
        id=ContactId(contact_id),
        first_name="Ada",
        last_name="Okafor",
        email="ada@northwind.example",
        owner_id=OwnerId("71"),
        properties=properties,
    )


def sample_owner(
    owner_id: str = "71", user_id: str | None = "501", email: str = "maria@slotdesk.example"
) -> Owner:
    """An owner."""
    return Owner(OwnerId(owner_id), user_id, email, "Maria Nowak")


def sample_request(
    start: datetime, *, email: str = "ada@northwind.example", slug: Slug = SLUG
) -> BookingRequest:
    """A request for a half-hour slot."""
    return BookingRequest(
        slug=slug,
        slot=slot(start),
        duration_ms=HALF_HOUR,
        first_name="Ada",
        last_name="Okafor",
        email=email,
        answers=(("company", "Northwind"),),
        consents=(("77", True), ("78", False)),
        likely_user_ids=(UserId("501"),),
        guests=("sam@northwind.example",),
        zone=ZONE,
        locale="en-us",
    )


def sample_receipt(
    request: BookingRequest, event_id: str = "event-1", *, is_offline: bool = False
) -> BookingReceipt:
    """HubSpot's answer to the request."""
    return BookingReceipt(
        calendar_event_id=event_id,
        contact_id="9001",
        start=request.slot.start,
        end=request.slot.end,
        subject="Intro call",
        is_offline=is_offline,
        guests=request.guests,
    )
