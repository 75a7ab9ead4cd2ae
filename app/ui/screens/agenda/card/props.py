"""What the card of a meeting shows, worked out from one snapshot."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.accounts import Feature, missing_scopes
from app.domain.addresses import https_host
from app.domain.agenda import is_canceled
from app.domain.changes import LinkRecord, PendingChange, PinMeeting, UnlinkRecord
from app.domain.days import local_day
from app.domain.deep_links import meeting_address
from app.domain.joining import join_address
from app.domain.meetings import COMPANY, CONTACT, DEAL, CrmRecord, Outcome, RecordRef
from app.domain.projection import mark_of
from app.domain.zones import city_of, difference_minutes
from app.services.meetings.state import MeetingRow
from app.ui.kit.meetings.words import outcome_tone, outcome_words, pending_words, title_words
from app.ui.kit.records.card import RecordRow
from app.ui.kit.records.kinds import kind_name, shown_name
from app.ui.kit.text import clean
from app.ui.kit.widgets.badges import BadgeTone
from app.ui.screens.agenda.card.around import around_words, last_words
from app.ui.screens.agenda.card.inputs import CardInputs
from app.ui.screens.agenda.listing.inputs import readable_end

translate = QCoreApplication.translate
_LONGEST_PLACE = 200


@dataclass(frozen=True, slots=True)
class CardProps:
    """The card; `can_open` says that HubSpot has a page for it, `join` is its https address."""

    is_open: bool = False
    title: str = ""
    badge: str = ""
    badge_tone: BadgeTone = "neutral"
    pending: str = ""
    can_open: bool = False
    when: str = ""
    zones: str = ""
    place: str = ""
    owner: str = ""
    records: tuple[RecordRow, ...] = ()
    is_reading_records: bool = False
    last: str = ""
    around: str = ""
    join: str = ""
    is_over: bool = False


def derive_card(inputs: CardInputs) -> CardProps:
    """The card from one snapshot."""
    row = inputs.row
    if row is None:
        return CardProps()
    details = row.meeting.details
    has_badge = details.outcome not in ("", Outcome.SCHEDULED)
    join = "" if is_canceled(row.meeting) else join_address(row.meeting)
    return CardProps(
        is_open=True,
        title=title_words(details.title),
        badge=outcome_words(details.outcome, inputs.meetings.options) if has_badge else "",
        badge_tone=outcome_tone(details.outcome),
        pending=pending_words(row.pending) if row.pending is not None else "",
        can_open=bool(page_address(inputs)),
        when=_when(row, inputs),
        zones=_zones(row, inputs),
        place="" if https_host(details.location.strip()) else clean(details.location[:_LONGEST_PLACE]),
        owner=_owner(row, inputs),
        records=tuple(_record(record, row, inputs) for record in row.records),
        is_reading_records=row.meeting.associations is None,
        last=last_words(inputs),
        around=around_words(inputs),
        join=join,
        is_over=_is_over(row, inputs.now),
    )


def page_address(inputs: CardInputs) -> str:
    """The meeting's page in HubSpot, "" where it has none."""
    account, row = inputs.account, inputs.row
    if account is None or row is None:
        return ""
    return meeting_address(account.ui_domain, account.portal_id, row.meeting.id)


def _is_over(row: MeetingRow, now: datetime) -> bool:
    end = row.meeting.details.end or row.meeting.details.start
    return end is not None and end <= now


def _when(row: MeetingRow, inputs: CardInputs) -> str:
    details, words, zone = row.meeting.details, inputs.words, inputs.zone
    if details.start is None:
        return translate("agenda", "Without a time")
    first = local_day(details.start, zone)
    end = readable_end(details.start, details.end)
    if end is None:
        return translate("agenda", "{day}, {time}").format(
            day=words.day(first), time=words.time(details.start, zone)
        )
    last = local_day(end, zone)
    if first == last:
        return words.span(details.start, end, zone)
    return translate("agenda", "{first}, {start} – {last}, {end}").format(
        first=words.day(first),
        start=words.time(details.start, zone),
        last=words.day(last),
        end=words.time(end, zone),
    )


def _zones(row: MeetingRow, inputs: CardInputs) -> str:
    """`Berlin · 10:30 – 11:15 in Boston`: the rep's zone, then the guests' clocks that differ."""
    details, words = row.meeting.details, inputs.words
    parts = [translate("agenda", "{city} time").format(city=city_of(inputs.zone))]
    if details.start is None:
        return parts[0]
    end, shown = readable_end(details.start, details.end), set()
    for record in row.records:
        zone = inputs.zones.get(record.ref, "")
        if not zone or zone in shown or not difference_minutes(zone, inputs.zone, details.start):
            continue
        shown.add(zone)
        times = words.time(details.start, zone)
        if end is not None:
            times = words.times(details.start, end, zone)
        day = local_day(details.start, zone)
        if day != local_day(details.start, inputs.zone):
            times = f"{words.day(day)}, {times}"
        parts.append(translate("agenda", "{times} in {city}").format(times=times, city=city_of(zone)))
    return " · ".join(parts)


def _owner(row: MeetingRow, inputs: CardInputs) -> str:
    owner_id, state = row.meeting.details.owner_id, inputs.meetings
    if owner_id is None or owner_id == state.my_owner_id:
        return ""
    owner = next((one for one in state.owners if one.id == owner_id), None)
    name = clean(owner.full_name or owner.email) if owner is not None else ""
    return translate("agenda", "With {name}").format(name=name) if name else ""


def _record(record: CrmRecord, row: MeetingRow, inputs: CardInputs) -> RecordRow:
    association = next((one for one in row.meeting.associations or () if one.ref == record.ref), None)
    labels = association.labels if association is not None else ()
    mark = mark_of([change for change in inputs.changes if _is_about(change, row, record.ref)])
    return RecordRow(
        ref=record.ref,
        name=shown_name(record.name, record.ref.type, record.ref.id, inputs.kinds),
        kind=kind_name(record.ref.type, inputs.kinds),
        labels=tuple(clean(label.name) for label in labels if label.name),
        is_pinned=bool(record.pinned) and record.pinned == row.meeting.id,
        pin_hint=_pin_hint(record, inputs),
        note=pending_words(mark) if mark is not None else "",
    )


def _is_about(change: PendingChange, row: MeetingRow, ref: RecordRef) -> bool:
    if change.change.meeting_id != row.meeting.id:
        return False
    match change.change:
        case LinkRecord(association=association):
            return association.ref == ref
        case UnlinkRecord(ref=other) | PinMeeting(ref=other):
            return other == ref
        case _:
            return False


def _pin_hint(record: CrmRecord, inputs: CardInputs) -> str:
    """Why it cannot be pinned, where a permission is missing."""
    if inputs.account is None:
        return ""
    feature = {CONTACT: Feature.LOGGING, COMPANY: Feature.PIN_COMPANIES, DEAL: Feature.PIN_DEALS}.get(
        record.ref.type
    )
    missing = missing_scopes(inputs.account.scopes, feature) if feature is not None else ()
    if not missing:
        return ""
    pattern = translate("agenda", "Pinning needs the permission {scopes}")
    return pattern.format(scopes=", ".join(missing))
