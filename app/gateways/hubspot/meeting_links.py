"""On which records meetings stand, with their labels, and the labels that an account has."""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from typing import Final

from app.api.errors import Forbidden, NotFound, Refused
from app.api.hubspot.association_payloads import (
    AssociatedRowPayload,
    AssociationTypePayload,
    LinkedPayload,
)
from app.api.hubspot.associations import LARGEST_READ, AssociationsClient
from app.api.hubspot.meetings import MEETING_TO
from app.api.hubspot.object_payloads import Association as SentAssociation
from app.api.hubspot.object_payloads import AssociationType, ObjectPayload
from app.api.hubspot.object_types import ObjectType
from app.domain.meetings import Association, AssociationLabel, MeetingId, RecordRef, RecordType
from app.gateways.hubspot.batch_refusals import refusal_of
from app.gateways.hubspot.record_types import RecordTypes, wire_type
from app.gateways.hubspot.together import together

_MEETINGS: Final = ObjectType.MEETINGS
Found = Mapping[MeetingId, tuple[Association, ...]]


class MeetingLinks:
    """The associations of one account's meetings. Every coroutine raises ApiError."""

    def __init__(self, associations: AssociationsClient, types: RecordTypes) -> None:
        self._associations = associations
        self._types = types
        self._labels: dict[RecordType, tuple[AssociationLabel, ...]] = {}

    async def of(self, meeting_ids: Sequence[MeetingId]) -> Found:
        """The records of every readable type for each of the meetings."""
        kinds = await self._types.readable()
        parts = await together(self._of_type(kind, meeting_ids) for kind in kinds)
        return {each: sum((part[each] for part in parts), ()) for each in meeting_ids}

    async def first_of(self, payload: ObjectPayload) -> tuple[Association, ...] | None:
        """The records that came along with a meeting, without labels; None when there are more of them."""
        found: list[Association] = []
        for name, listed in payload.associations.items():
            if listed.paging is not None and listed.paging.next is not None:
                return None
            kind = await self._types.named(name)
            if kind is not None:
                found += (Association(RecordRef(kind, str(row.id))) for row in listed.results)
        return tuple(dict.fromkeys(found))

    async def labels(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The labels to a record type, the unlabelled one first; asked for once."""
        if record_type not in self._labels:
            found = await self._associations.types(_MEETINGS, wire_type(record_type))
            labels = [_label_of(each) for each in found]
            self._labels[record_type] = tuple(sorted(labels, key=lambda label: bool(label.name)))
        return self._labels[record_type]

    async def sent(self, associations: Sequence[Association]) -> tuple[SentAssociation, ...]:
        """Associations as a create body takes them, by the account's own type ids (reference 7.1)."""
        found = []
        for each in associations:
            first, *others = await self._types_for(each)
            found.append(SentAssociation(each.ref.id, first.type_id, first.category, tuple(others)))
        return tuple(found)

    async def put(self, meeting_id: MeetingId, association: Association) -> None:
        """Put the meeting on a record with exactly these labels."""
        kind, to_id = wire_type(association.ref.type), association.ref.id
        wanted = [_type_of(label) for label in association.labels]
        if wanted:
            types = await self._types_for(association)
            await self._associations.link_as(_MEETINGS, meeting_id, kind, to_id, types)
        else:
            _check(await self._associations.link(_MEETINGS, meeting_id, kind, to_id))
        there = await self._labels_between(meeting_id, association.ref)
        surplus = [each for each in there if each not in wanted]
        if surplus:
            rows = [((str(meeting_id), to_id), surplus)]
            _check(await self._associations.batch_unlabel(_MEETINGS, kind, rows))

    async def take(self, meeting_id: MeetingId, ref: RecordRef) -> None:
        """Take the meeting off a record; a grant that may not use the single call has the batch one."""
        kind = wire_type(ref.type)
        try:
            await self._associations.unlink(_MEETINGS, meeting_id, kind, ref.id)
        except NotFound:
            return
        except Forbidden:
            rows = {str(meeting_id): [ref.id]}
            _check(await self._associations.batch_unlink(_MEETINGS, kind, rows))

    async def _types_for(self, association: Association) -> tuple[AssociationType, ...]:
        """The unlabelled type and then the labels."""
        record_type = association.ref.type
        labels = tuple(_type_of(label) for label in association.labels)
        standard = MEETING_TO.get(wire_type(record_type))
        try:
            known = await self.labels(record_type)
        except Refused:
            if standard is None:
                raise
            known = ()
        plain = next((_type_of(label) for label in known if not label.name), None)
        if plain is None and standard is not None:
            plain = AssociationType(standard)
        types = labels if plain is None else (plain, *(each for each in labels if each != plain))
        if not types:
            raise NotFound()
        return types

    async def _labels_between(self, meeting_id: MeetingId, ref: RecordRef) -> list[AssociationType]:
        walk = self._associations.walk_rows(_MEETINGS, meeting_id, wire_type(ref.type))
        async with aclosing(walk) as pages:
            async for page in pages:
                for row in page.rows:
                    if str(row.to_object_id) == ref.id:
                        return [each.sent for each in row.association_types if each.label]
        return []

    async def _of_type(self, kind: RecordType, meeting_ids: Sequence[MeetingId]) -> Found:
        found: dict[MeetingId, tuple[Association, ...]] = dict.fromkeys(meeting_ids, ())
        for start in range(0, len(meeting_ids), LARGEST_READ):
            part = meeting_ids[start : start + LARGEST_READ]
            try:
                rows = await self._associations.read_all(_MEETINGS, wire_type(kind), part)
            except Forbidden:
                continue
            found |= {each: tuple(_association_of(kind, row) for row in rows[each]) for each in part}
        return found


def _association_of(kind: RecordType, row: AssociatedRowPayload) -> Association:
    labels = (_label_of(each) for each in row.association_types if each.label)
    return Association(RecordRef(kind, str(row.to_object_id)), tuple(dict.fromkeys(labels)))


def _label_of(payload: AssociationTypePayload) -> AssociationLabel:
    return AssociationLabel(payload.category, payload.type_id, payload.label or "")


def _type_of(label: AssociationLabel) -> AssociationType:
    return AssociationType(label.type_id, label.category)


def _check(reply: LinkedPayload) -> None:
    """An answer to linking may hold errors although its status is good (reference 7.2)."""
    if reply.errors:
        raise refusal_of(reply.errors[0])
