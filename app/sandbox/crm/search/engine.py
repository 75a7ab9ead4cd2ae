"""The search itself: narrow down, match, sort, cut a page."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from math import inf

from app.sandbox.crm.object_types import CONTACT, MEETING, ObjectType
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.crm.search.last_hits import LastHits
from app.sandbox.crm.search.matching import Comparable, Matcher, Values, comparable, matcher, text_matcher
from app.sandbox.crm.search.query import Filter, SearchQuery
from app.sandbox.crm.search.start_index import START, StartIndex
from app.sandbox.crm.store import Record, RecordStore
from app.sandbox.instants import epoch_ms, parse_instant

Hit = tuple[Record, Values]


class SearchEngine:
    """Searches one store; new and changed records appear `lag_s` seconds late, as in HubSpot."""

    def __init__(self, store: RecordStore, clock: Callable[[], datetime], *, lag_s: float = 0.0) -> None:
        self._store = store
        self._clock = clock
        self._starts = StartIndex(store)
        self._last = LastHits(store)
        self._changed: dict[str, dict[str, Record]] = {}
        self.lag_s = lag_s
        store.watch(self._note)

    def search(self, kind: ObjectType, query: SearchQuery) -> tuple[int, list[Record]]:
        """Return how many records match and the page asked for, oldest first unless sorted otherwise."""
        found = self._last.get(kind, query) if self.lag_s <= 0 else None
        if found is None:
            found = self._found(kind, query)
            self._last.put(kind, query, found)
        return len(found), found[query.after : query.after + query.limit]

    def _note(self, record: Record) -> None:
        """Remember what changed since the search index was built: its older values may still match."""
        self._changed.setdefault(record.type_id, {})[record.id] = record

    def _found(self, kind: ObjectType, query: SearchQuery) -> list[Record]:
        groups = [[self._condition(kind, one) for one in group] for group in query.groups]
        words = text_matcher(query.text, kind.searched_properties) if query.text.strip() else None
        hits = [
            (record, values)
            for record, values in self._visible(self._candidates(kind, query))
            if (words is None or words(values))
            and (not groups or any(all(holds(record, values) for holds in group) for group in groups))
        ]
        self._order(kind, query, hits)
        return [record for record, _ in hits]

    def _visible(self, records: Iterable[Record]) -> Iterable[Hit]:
        if self.lag_s <= 0:
            for record in records:
                yield record, record.properties
            return
        moment = self._clock() - timedelta(seconds=self.lag_s)
        for record in records:
            values = self._store.values_at(record, moment)
            if values is not None:
                yield record, values

    def _condition(self, kind: ObjectType, condition: Filter) -> Callable[[Record, Values], bool]:
        other = condition.associated_type
        if other is None:
            test: Matcher = matcher(condition, DEFINITIONS[kind.type_id][condition.name])
            return lambda _, values: test(values)
        wanted = frozenset(condition.values)
        other_id = other.type_id

        def associated(record: Record, _: Values) -> bool:
            linked = self._store.associated(kind.type_id, record.id, other_id)
            match condition.operator:
                case "HAS_PROPERTY":
                    return bool(linked)
                case "NOT_HAS_PROPERTY":
                    return not linked
                case "NEQ" | "NOT_IN":
                    return wanted.isdisjoint(linked)
                case _:
                    return not wanted.isdisjoint(linked)

        return associated

    def _candidates(self, kind: ObjectType, query: SearchQuery) -> Iterable[Record]:
        """Return records that may match, fewer than all when every group has a filter with an index."""
        if not query.groups:
            return self._store.all(kind.type_id)
        changed = self._changed.get(kind.type_id, {}) if self.lag_s > 0 else {}
        found = {number: record for number, record in changed.items() if not record.archived}
        for group in query.groups:
            numbers = self._narrowed(kind, group)
            if numbers is None:
                return self._store.all(kind.type_id)
            for number in numbers:
                record = self._store.get(kind.type_id, number)
                if record is not None and not record.archived:
                    found[number] = record
        return found.values()

    def _narrowed(self, kind: ObjectType, group: tuple[Filter, ...]) -> Iterable[str] | None:
        for one in group:
            other = one.associated_type
            if other is not None and one.operator in ("EQ", "IN"):
                return [
                    number
                    for value in one.values
                    for number in self._store.associated(other.type_id, value, kind.type_id)
                ]
            if one.name == "hs_object_id" and one.operator in ("EQ", "IN"):
                return one.values
            if kind.type_id == CONTACT and one.name == "email" and one.operator == "EQ":
                contact = self._store.find_by(CONTACT, "email", one.values[0])
                return [] if contact is None else [contact.id]
        if kind.type_id == MEETING:
            return self._starting(group)
        return None

    def _starting(self, group: tuple[Filter, ...]) -> Iterable[str] | None:
        low, high = -inf, inf
        for one in group:
            if one.name != START or one.operator not in ("EQ", "BETWEEN", "GT", "GTE", "LT", "LTE"):
                continue
            bounds = [_epoch(value) for value in one.values]
            if one.operator in ("EQ", "BETWEEN", "GT", "GTE"):
                low = max(low, bounds[0])
            if one.operator in ("EQ", "BETWEEN", "LT", "LTE"):
                high = min(high, bounds[-1])
        return None if (low, high) == (-inf, inf) else self._starts.between(low, high)

    def _order(self, kind: ObjectType, query: SearchQuery, hits: list[Hit]) -> None:
        if query.sort is None:
            hits.sort(key=lambda hit: (hit[0].created_at, int(hit[0].id)))
            return
        definition = DEFINITIONS[kind.type_id][query.sort]
        name = query.sort

        def rank(hit: Hit) -> tuple[bool, Comparable]:
            text = hit[1].get(name)
            value = comparable(definition, text) if text else None
            if value is None:
                return (not query.descending, 0.0 if definition.type == "number" else "")
            return (query.descending, value)

        hits.sort(key=rank, reverse=query.descending)


def _epoch(text: str) -> float:
    moment = parse_instant(text)
    return -inf if moment is None else float(epoch_ms(moment))
