"""Arbitrary domain values, as hypothesis makes them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from app.domain.accounts import Account, Workspace
from app.domain.forms import Choice, CommunicationConsent, Consent, FieldKind, FormField
from app.domain.links import (
    BookingInfo,
    GuestRule,
    LinkKind,
    LinkMarks,
    MeetingLink,
    Member,
    WeeklyHours,
)
from app.domain.slots import AvailabilityPage, Busy, Slot, YearMonth

TEXT = st.text(max_size=12)
INSTANTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(timedelta(0), timedelta(days=400))
MILLISECONDS = st.integers(0, 2**53)


def tuples(values: st.SearchStrategy[object], max_size: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    """A short tuple of `values`."""
    return st.lists(values, max_size=max_size).map(tuple)


LINKS = st.builds(
    MeetingLink,
    id=TEXT,
    slug=TEXT,
    url=TEXT,
    kind=st.sampled_from(LinkKind),
    name=TEXT,
    organizer_id=TEXT,
    member_ids=tuples(TEXT),
    is_default=st.booleans(),
    created_at=st.none() | INSTANTS,
    updated_at=st.none() | INSTANTS,
    payment_link_id=st.none() | TEXT,
)
MARKS = st.builds(
    LinkMarks,
    is_favourite=st.booleans(),
    tags=tuples(TEXT),
    used_at=st.none() | INSTANTS,
    durations_ms=tuples(MILLISECONDS),
    has_offline_member=st.booleans(),
)
MEMBERS = st.builds(Member, user_id=TEXT, email=TEXT, full_name=TEXT, is_offline=st.booleans())
FIELDS = st.builds(
    FormField,
    name=TEXT,
    label=TEXT,
    kind=st.sampled_from(FieldKind),
    is_required=st.booleans(),
    is_custom=st.booleans(),
    choices=tuples(st.builds(Choice, value=TEXT, label=TEXT)),
)
CONSENTS = st.builds(
    Consent,
    intro=TEXT,
    boxes=tuples(st.builds(CommunicationConsent, type_id=TEXT, label=TEXT, is_required=st.booleans())),
    processing_text=TEXT,
    processing_label=TEXT,
    processing_required=st.booleans(),
    privacy_text=TEXT,
)
INFOS = st.builds(
    BookingInfo,
    slug=TEXT,
    kind=st.sampled_from(LinkKind),
    is_offline=st.booleans(),
    durations_ms=tuples(MILLISECONDS),
    increment=st.none() | SPANS,
    buffer=SPANS,
    hours=tuples(
        st.builds(WeeklyHours, day=TEXT, start_minute=st.integers(0, 1440), end_minute=st.integers(0, 1440))
    ),
    form_fields=tuples(FIELDS),
    consent=st.none() | CONSENTS,
    guests=st.builds(GuestRule, allowed=st.booleans(), limit=st.integers(0, 50)),
    members=tuples(MEMBERS),
    locale=TEXT,
    location=TEXT,
    window_start=st.none() | INSTANTS,
    window_end=st.none() | INSTANTS,
    weeks_to_advertise=st.integers(0, 99),
)
PAGES = st.builds(
    AvailabilityPage,
    slug=TEXT,
    month=st.builds(YearMonth, st.integers(2020, 2100), st.integers(1, 12)),
    zone=TEXT,
    slots=st.dictionaries(MILLISECONDS, tuples(st.builds(Slot, INSTANTS, INSTANTS), 8), max_size=3),
    members=tuples(MEMBERS),
    busy=st.dictionaries(TEXT, tuples(st.builds(Busy, INSTANTS, INSTANTS)), max_size=3),
    has_more=st.booleans(),
    fetched_at=INSTANTS,
)
ACCOUNTS = st.builds(
    Account,
    id=TEXT,
    workspace=st.sampled_from(Workspace),
    portal_id=st.integers(0, 2**53),
    portal_name=TEXT,
    user_id=TEXT,
    email=TEXT,
    full_name=TEXT,
    ui_domain=TEXT,
    portal_zone=TEXT,
    scopes=st.frozensets(TEXT, max_size=3),
    connected_at=INSTANTS,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
PAYLOADS = st.dictionaries(TEXT, JSON, max_size=4)
