"""The rows of the links list: headers and links, in the words of the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from PySide6.QtCore import QCoreApplication

from app.domain.link_search import LinkResults
from app.domain.links import LinkKind, LinkMarks, MeetingLink, Slug, UserId
from app.ui.kit.times import TimeWords

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A line above a part of the list."""

    title: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link with what the rep keeps about it; `is_own` where the rep is its host."""

    link: MeetingLink
    marks: LinkMarks
    is_own: bool = False

    @property
    def is_own_default(self) -> bool:
        """Whether it is the link that HubSpot offers first for the rep."""
        return self.is_own and self.link.is_default


Row = HeaderRow | LinkRow
NO_MARKS = LinkMarks()


def derive_rows(
    results: LinkResults, marks: Mapping[Slug, LinkMarks], *, is_narrowed: bool, own_id: str = ""
) -> tuple[Row, ...]:
    """Favourites, recent, all; an empty part has no header. `own_id` is the signed-in HubSpot user."""
    parts = (
        (translate("links", "Favourites"), results.favourites),
        (translate("links", "Recent"), results.recent),
        (_rest_title(results, is_narrowed=is_narrowed), results.others),
    )
    rows: list[Row] = []
    for title, links in parts:
        if links:
            rows.append(HeaderRow(title))
            rows.extend(
                LinkRow(link, marks.get(link.slug, NO_MARKS), is_own=link.organizer_id == own_id)
                for link in links
            )
    return tuple(rows)


def _rest_title(results: LinkResults, *, is_narrowed: bool) -> str:
    if not is_narrowed:
        return translate("links", "All links · {n}").format(n=results.total)
    if results.favourites or results.recent:
        return translate("links", "Other matches")
    return translate("links", "Matches")


def kind_words(kind: LinkKind) -> str:
    """`One-to-one`, `Group`, `Round robin`."""
    match kind:
        case LinkKind.PERSONAL:
            return translate("links", "One-to-one")
        case LinkKind.GROUP:
            return translate("links", "Group")
        case LinkKind.ROUND_ROBIN:
            return translate("links", "Round robin")
        case LinkKind.OTHER:
            return translate("links", "Meeting link")


def subtitle(row: LinkRow, words: TimeWords, host_names: Mapping[UserId, str]) -> str:
    """`One-to-one · 15, 30 min · Mei Nelson`: kind and number, durations once known, a colleague's name."""
    parts = [kind_words(row.link.kind)]
    people = len(row.link.member_ids)
    is_personal = row.link.kind is LinkKind.PERSONAL
    if people and not is_personal:
        parts.append(translate("links", "{n} people").format(n=people))
    if row.marks.durations_ms:
        *shorter, longest = row.marks.durations_ms
        shown = [str(round(ms / 60_000)) for ms in shorter]
        parts.append(", ".join([*shown, words.minutes(longest)]))
    host = host_names.get(row.link.organizer_id, "")
    if host and is_personal and not row.is_own:
        parts.append(host)
    if row.link.is_paid:
        parts.append(translate("links", "takes a payment"))
    parts.extend(f"#{tag}" for tag in row.marks.tags)
    return " · ".join(parts)


def spoken_row(row: LinkRow, line: str) -> str:
    """The row as a screen reader says it."""
    parts = [row.link.title, line]
    if row.is_own_default:
        parts.append(translate("links", "default link"))
    if row.marks.is_favourite:
        parts.append(translate("links", "favourite"))
    if row.marks.has_offline_member:
        parts.append(translate("links", "a member's calendar is disconnected"))
    return ", ".join(parts)


def prefilled_url(link: MeetingLink, *, first_name: str, last_name: str, email: str) -> str:
    """The public page with the guest's name and address filled in (HubSpot's query parameters)."""
    query = {"firstName": first_name, "lastName": last_name, "email": email}
    filled = {name: value for name, value in query.items() if value}
    joiner = "&" if "?" in link.url else "?"
    return f"{link.url}{joiner}{urlencode(filled)}" if filled else link.url
