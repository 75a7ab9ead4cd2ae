"""Whatever the rep does, an outbox that merges shows the same as one that only adds rows."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.changes import (
    Change,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    UnlinkRecord,
)
from app.domain.meetings import (
    Association,
    CrmRecord,
    FileId,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
    edits_between,
    local_meeting_id,
)
from app.domain.merging import superseding
from app.domain.projection import project, with_pins
from tests.domain.meeting_world import (
    ADA,
    LABEL,
    MEETING_ID,
    NINE,
    NORTHWIND,
    ROLLOUT,
    SEEN,
    edit,
    meeting,
    refs,
    row,
)

LOCAL = local_meeting_id("a1")
OTHER = MeetingId("7002")
LOG = LogMeeting(LOCAL, MeetingDetails(title="Intro call", start=NINE), (Association(ADA),))
SENDING, DEAD = ChangeState.SENDING, ChangeState.DEAD


@dataclass
class World:
    """Two outboxes that hear the same gestures: one merges, one only adds."""

    server: Meeting | None
    merged: list[PendingChange] = field(default_factory=list)
    plain: list[PendingChange] = field(default_factory=list)
    unlinked: set[RecordRef] = field(default_factory=set)
    count: int = 0

    @property
    def shown(self) -> Meeting | None:
        found = project(self.server, self.merged)
        return found.meeting if found else None

    def add(self, new: Change) -> None:
        self.count += 1
        self.plain.append(row(new, self.count))
        merge = superseding(self.merged, new)
        on_its_way = [one for one in self.merged if one.state is SENDING]
        assert set(merge.removed) <= {one.id for one in self.merged}
        assert merge.place is None or merge.change is not None
        kept = [one for one in self.merged if one.id not in merge.removed]
        if merge.place is not None:
            assert merge.place in {one.id for one in kept}
            kept = [
                row(merge.change, int(one.id)) if one.id == merge.place and merge.change else one
                for one in kept
            ]
        elif merge.change is not None:
            kept.append(row(merge.change, self.count))
        self.merged = kept
        assert [one for one in kept if one.state is SENDING] == on_its_way

    def records(self, rows: list[PendingChange]) -> tuple[CrmRecord, ...]:
        known = [CrmRecord(ref, "", pinned=OTHER) for ref in (ADA, NORTHWIND, ROLLOUT)]
        return tuple(one for one in with_pins(known, rows) if one.ref not in self.unlinked)


Gesture = Callable[[World, Meeting], Change]


def _editing(texts: dict[MeetingField, str]) -> Gesture:
    def change(world: World, shown: Meeting) -> Change:
        edits = edits_between(shown.details, shown.details.with_texts(texts))
        return replace(edit(base=SEEN if world.server else None, meeting_id=shown.id), edits=edits)

    return change


def _linking(ref: RecordRef, *, is_labelled: bool) -> Gesture:
    return lambda _, shown: LinkRecord(shown.id, Association(ref, (LABEL,) if is_labelled else ()))


def _unlinking(ref: RecordRef) -> Gesture:
    def change(world: World, shown: Meeting) -> Change:
        world.unlinked.add(ref)
        return UnlinkRecord(shown.id, ref)

    return change


def _pinning(ref: RecordRef, *, is_pinned: bool) -> Gesture:
    def change(world: World, shown: Meeting) -> Change:
        seen = {one.ref: one.pinned for one in world.records(world.merged)}
        return PinMeeting(shown.id, ref, is_pinned, seen.get(ref))

    return change


def _unordered(shown: Meeting | None) -> tuple[Meeting | None, frozenset[Association]]:
    """A record that was taken off and put on again may stand at another place."""
    stands_on = frozenset(shown.associations or ()) if shown else frozenset()
    return (replace(shown, associations=()) if shown else None), stands_on


def _starting(world: World, shown: Meeting) -> Change:
    if world.merged:
        world.merged[0] = replace(world.merged[0], state=SENDING, started_at=SEEN)
    return DetachFile(shown.id, FileId("f1"))


def _failing(world: World, shown: Meeting) -> Change:
    world.merged = [
        replace(one, state=DEAD) if one.started_at and one.state is SENDING else one for one in world.merged
    ]
    return DetachFile(shown.id, FileId("f1"))


edit_texts = st.dictionaries(
    st.sampled_from((MeetingField.TITLE, MeetingField.NOTES, MeetingField.OUTCOME)),
    st.sampled_from(("", "a", "b")),
    min_size=1,
) | st.just({MeetingField.START: (NINE + timedelta(hours=1)).isoformat()})
gestures = st.lists(
    st.one_of(
        edit_texts.map(_editing),
        st.builds(_linking, refs, is_labelled=st.booleans()),
        refs.map(_unlinking),
        st.builds(_pinning, refs, is_pinned=st.booleans()),
        st.just(_starting),
        st.just(_failing),
    ),
    max_size=12,
)


@given(st.booleans(), gestures, st.booleans())
def test_merging_never_changes_what_is_shown(is_known: bool, made: list[Gesture], is_deleted: bool) -> None:
    world = World(meeting() if is_known else None)
    if not is_known:
        world.add(LOG)
    for gesture in made:
        shown = world.shown
        assert shown is not None
        world.add(gesture(world, shown))
        plain = project(world.server, world.plain)
        assert plain is not None
        assert _unordered(world.shown) == _unordered(plain.meeting)
        assert world.records(world.merged) == world.records(world.plain)
        assert len(world.merged) <= len(world.plain)
        assert [one.id for one in world.merged] == sorted(one.id for one in world.merged)
    if is_deleted:
        world.add(DeleteMeeting(MEETING_ID if is_known else LOCAL))
        assert world.shown is None
