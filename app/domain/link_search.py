"""Finding a meeting link while the rep types: the list in its parts, narrowed by words and filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final, NamedTuple

from app.domain.links import LinkKind, LinkMarks, MeetingLink, Slug, UserId
from app.domain.matching import NO_MATCH, Probe, Wording, probes_of, quality, wording, words_of
from app.domain.spelling import folded

_RECENT: Final = 5
_NO_MARKS: Final = LinkMarks()


@dataclass(frozen=True, slots=True)
class LinkFilters:
    """What narrows the list; empty lets everything through, `duration_ms` wants a known duration."""

    kinds: frozenset[LinkKind] = frozenset()
    host: UserId | None = None
    duration_ms: int | None = None
    tag: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything passes."""
        return self == LinkFilters()

    def passes(self, link: MeetingLink, marks: LinkMarks) -> bool:
        """Whether the link stays in the list."""
        return (
            (not self.kinds or link.kind in self.kinds)
            and (self.host is None or self.host == link.organizer_id or self.host in link.member_ids)
            and (self.duration_ms is None or self.duration_ms in marks.durations_ms)
            and (self.tag is None or self.tag in marks.tags)
        )


@dataclass(frozen=True, slots=True)
class LinkResults:
    """What the list shows, best first in each part; no link is in two parts."""

    favourites: tuple[MeetingLink, ...]
    recent: tuple[MeetingLink, ...]
    others: tuple[MeetingLink, ...]

    @property
    def total(self) -> int:
        """How many links there are in all parts."""
        return len(self.favourites) + len(self.recent) + len(self.others)


class _Row(NamedTuple):
    link: MeetingLink
    marks: LinkMarks
    text: Wording


_ALPHABETICAL: Final = attrgetter("text.title", "link.slug")


class LinkIndex:
    """Links, marks and host names, prepared for searching; make a new one when any of them changes.

    With `previous`, whatever did not change is taken over, so that one more page or star costs little.
    """

    def __init__(
        self,
        links: Sequence[MeetingLink],
        marks: Mapping[Slug, LinkMarks],
        member_names: Mapping[UserId, str],
        previous: "LinkIndex | None" = None,
    ) -> None:
        known: dict[Slug, _Row] = {}
        if previous is not None and previous._member_names == member_names:
            known = {row.link.slug: row for row in previous._rows}
        self._member_names: dict[UserId, str] = dict(member_names)
        names = {user_id: words_of(name) for user_id, name in member_names.items()}
        self._rows: list[_Row] = [
            _row(link, marks.get(link.slug, _NO_MARKS), known.get(link.slug), names) for link in links
        ]
        self._parts = _parted(self._rows)
        self._all = LinkResults(*(tuple(row.link for row in part) for part in self._parts))

    def search(self, text: str = "", filters: LinkFilters | None = None) -> LinkResults:
        """The links that match every word of `text` and pass the filters."""
        probes = probes_of(text)
        parts = self._parts
        if filters is not None and not filters.is_open:
            parts = [[row for row in part if filters.passes(row.link, row.marks)] for part in parts]
        if not probes and parts is self._parts:
            return self._all
        return LinkResults(*(_ranked(part, probes) for part in parts))

    @cached_property
    def hosts(self) -> tuple[tuple[UserId, str], ...]:
        """The hosts that have a name, by name: what the host filter offers."""
        ids = {user_id for row in self._rows for user_id in (row.link.organizer_id, *row.link.member_ids)}
        named = [(user_id, self._member_names[user_id]) for user_id in ids if user_id in self._member_names]
        return tuple(sorted(named, key=lambda host: (folded(host[1]), host[0])))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags in use, in order."""
        return tuple(sorted({tag for row in self._rows for tag in row.marks.tags}, key=folded))

    @cached_property
    def durations_ms(self) -> tuple[int, ...]:
        """The durations known so far, shortest first."""
        return tuple(sorted({ms for row in self._rows for ms in row.marks.durations_ms}))


def _row(link: MeetingLink, marks: LinkMarks, known: _Row | None, names: Mapping[UserId, str]) -> _Row:
    if known is not None and known.link is link and known.marks is marks:
        return known
    hosts = [names[user_id] for user_id in (link.organizer_id, *link.member_ids) if user_id in names]
    return _Row(link, marks, wording(link.title, (words_of(link.slug), *hosts, *map(words_of, marks.tags))))


def _parted(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Favourites, the last used others, and the rest; by title, the used ones newest first."""
    used = [
        (row.marks.used_at, row.link.slug) for row in rows if row.marks.used_at and not row.marks.is_favourite
    ]
    order = {slug: place for place, (_, slug) in enumerate(sorted(used, reverse=True)[:_RECENT])}
    favourites: list[_Row] = []
    recent: list[_Row] = []
    others: list[_Row] = []
    for row in sorted(rows, key=_ALPHABETICAL):
        if row.marks.is_favourite:
            favourites.append(row)
        else:
            (recent if row.link.slug in order else others).append(row)
    recent.sort(key=lambda row: order[row.link.slug])
    return [favourites, recent, others]


def _ranked(rows: Sequence[_Row], probes: Sequence[Probe]) -> tuple[MeetingLink, ...]:
    found: list[list[MeetingLink]] = [[] for _ in range(NO_MATCH)]
    for row in rows:
        match = quality(row.text, probes)
        if match < NO_MATCH:
            found[match].append(row.link)
    return tuple(link for links in found for link in links)
