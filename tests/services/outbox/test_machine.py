"""A rep, a colleague and bad luck against a model: once all is sent, HubSpot is as the model says."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain.changes import (
    Change,
    DeleteMeeting,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PinMeeting,
    UnlinkRecord,
)
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    Association,
    FieldEdit,
    MeetingField,
    MeetingId,
    RecordRef,
    local_meeting_id,
)
from tests.guards.figures import Count, Report
from tests.services.outbox.lives import Lives
from tests.services.outbox.office import DETAILS

RECORDS = (RecordRef(CONTACT, "1"), RecordRef(COMPANY, "2"), RecordRef(DEAL, "3"))
TEXTS = ("", "one", "two")
REP_FIELDS = (MeetingField.TITLE, MeetingField.NOTES)
HOLD = 8.0


@dataclass
class Model:
    """A meeting as the rep wants it; `location` is the colleague's business."""

    meeting_id: MeetingId
    texts: dict[MeetingField, str]
    refs: frozenset[RecordRef] = frozenset()
    location: str = ""
    is_deleted: bool = False


@dataclass
class Tally:
    """How much the machine has done."""

    runs: int = 0
    steps: int = 0
    meetings: int = 0
    crashes: int = 0


class OutboxMachine(RuleBasedStateMachine):
    """Each rule is one thing that can happen; `teardown` drains the outbox and compares."""

    meetings = Bundle("meetings")
    tally = Tally()

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.model: dict[MeetingId, Model] = {}
        self.pins: dict[RecordRef, MeetingId | None] = {}
        self.last: tuple[str, Model] | None = None
        self.groups = 0
        self.tokens = 0

    def go(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something on the machine's own loop."""
        return self.runner.run(work)

    def add(self, *changes: Change, group: str | None = None, hold: float = 0) -> bool:
        """Add changes; whether they are on the disk, told or not."""
        self.tokens += 1
        token = f"draft-{self.tokens}"

        async def work() -> None:
            await self.lives.command(
                lambda: self.lives.outbox.add(changes, group=group, hold_seconds=hold, discard_drafts=[token])
            )

        self.go(work())
        self.last = None
        return token in self.lives.store.forgotten_drafts

    def new_group(self) -> str:
        """A name for one gesture."""
        self.groups += 1
        return f"group-{self.groups}"

    @initialize(seed=st.integers(0, 10_000))
    def begin(self, seed: int) -> None:
        """Start the program on an empty disk."""

        async def work() -> None:
            self.lives = Lives(seed)
            await self.lives.start()

        self.go(work())
        self.tally.runs += 1

    @rule(target=meetings, title=st.sampled_from(TEXTS), refs=st.sets(st.sampled_from(RECORDS)))
    def log(self, title: str, refs: set[RecordRef]) -> Any:
        """The rep logs a meeting."""
        meeting_id = local_meeting_id(str(self.tokens))
        details = replace(DETAILS, title=title)
        associations = tuple(Association(ref) for ref in sorted(refs, key=str))
        group = self.new_group()
        if not self.add(LogMeeting(meeting_id, details, associations), group=group):
            return multiple()
        texts = {name: details.text(name) for name in REP_FIELDS}
        self.model[meeting_id] = Model(meeting_id, texts, frozenset(refs))
        self.last = (group, replace(self.model[meeting_id], is_deleted=True))
        self.tally.meetings += 1
        return meeting_id

    @rule(
        meeting_id=meetings,
        name=st.sampled_from(REP_FIELDS),
        text=st.sampled_from(TEXTS),
        is_held=st.booleans(),
    )
    def edit(self, meeting_id: MeetingId, name: MeetingField, text: str, is_held: bool) -> None:
        """The rep sets a field; held back for its undo, as in the outcome queue, or not."""
        model = self.model[meeting_id]
        before = model.texts[name]
        if model.is_deleted or before == text:
            return
        known = self.lives.outbox.resolve(meeting_id)
        kept = self.lives.hubspot.kept.get(known)
        base = kept.meeting.updated_at if kept else None
        group = self.new_group()
        change = EditMeeting(known, (FieldEdit(name, before, text),), base)
        if self.add(change, group=group, hold=HOLD if is_held else 0):
            self.last = (group, replace(model))
            model.texts = {**model.texts, name: text}

    @rule(meeting_id=meetings, is_held=st.booleans())
    def delete(self, meeting_id: MeetingId, is_held: bool) -> None:
        """The rep deletes a meeting, and with it its pins."""
        group, model = self.new_group(), self.model[meeting_id]
        if model.is_deleted:
            return
        if self.add(DeleteMeeting(meeting_id), group=group, hold=HOLD if is_held else 0):
            self.last = (group, replace(model))
            model.is_deleted = True
            self._doubt_pins(lambda ref: True, meeting_id)

    @rule(meeting_id=meetings, ref=st.sampled_from(RECORDS))
    def link(self, meeting_id: MeetingId, ref: RecordRef) -> None:
        """The rep puts the meeting on a record."""
        if self.model[meeting_id].is_deleted:
            return
        if self.add(LinkRecord(meeting_id, Association(ref))):
            self.model[meeting_id].refs |= {ref}

    @rule(meeting_id=meetings, ref=st.sampled_from(RECORDS))
    def unlink(self, meeting_id: MeetingId, ref: RecordRef) -> None:
        """The rep takes the meeting off a record, and with it its pin there."""
        if self.model[meeting_id].is_deleted:
            return
        if self.add(UnlinkRecord(meeting_id, ref)):
            self.model[meeting_id].refs -= {ref}
            self._doubt_pins(lambda one: one == ref, meeting_id)

    @rule(meeting_id=meetings, ref=st.sampled_from(RECORDS), is_pinned=st.booleans())
    def pin(self, meeting_id: MeetingId, ref: RecordRef, is_pinned: bool) -> None:
        """The rep pins the meeting on a record, or takes its pin away."""
        if self.model[meeting_id].is_deleted or ref not in self.model[meeting_id].refs:
            return
        seen = self.pins.get(ref, MeetingId(""))
        if not is_pinned and seen != meeting_id:
            return
        if self.add(PinMeeting(meeting_id, ref, is_pinned=is_pinned, before=seen)):
            self.pins[ref] = meeting_id if is_pinned else MeetingId("")

    def _doubt_pins(self, fits: Any, meeting_id: MeetingId) -> None:
        """A pin that was never sent uncovers the one before; one that was leaves none."""
        for ref, one in self.pins.items():
            if one == meeting_id and fits(ref):
                self.pins[ref] = None

    @precondition(lambda self: self.last is not None)
    @rule()
    def undo(self) -> None:
        """The rep takes back the log, edit or deletion that came last, while nothing kills the program."""
        assert self.last is not None
        (group, before), self.last = self.last, None
        self.lives.store.life.dies_at = None
        undone: list[bool] = []

        async def take_back() -> None:
            undone.append(await self.lives.outbox.undo(group))

        self.go(self.lives.command(take_back))
        if undone == [True]:
            location = self.model[before.meeting_id].location
            self.model[before.meeting_id] = replace(before, location=location)
            if before.is_deleted:
                self._doubt_pins(lambda ref: True, before.meeting_id)

    @rule(meeting_id=meetings, text=st.sampled_from(TEXTS))
    def colleague_edits(self, meeting_id: MeetingId, text: str) -> None:
        """Somebody else sets a field that the rep does not touch."""
        kept = self.lives.hubspot.kept.get(self.lives.outbox.resolve(meeting_id))
        if kept:
            details = replace(kept.meeting.details, location=text)
            self.lives.hubspot.change(kept.meeting.id, details)
            self.model[meeting_id].location = text

    @rule(is_down=st.booleans())
    def flip(self, is_down: bool) -> None:
        """HubSpot goes away or comes back."""
        self.lives.set_down(is_down)
        self.go(self.lives.settle())

    @rule(rate=st.sampled_from((0.0, 0.3, 1.0)), is_slow=st.booleans())
    def faults(self, rate: float, is_slow: bool) -> None:
        """HubSpot begins to fail, or to work."""
        self.lives.hubspot.faults.rate = rate
        self.lives.hubspot.faults.is_slow = is_slow

    @rule(steps=st.integers(1, 20))
    def crash_soon(self, steps: int) -> None:
        """The program is killed at some await to come; a command that dies may undo nothing."""
        self.lives.store.life.dies_at = self.lives.store.life.steps + steps
        self.last = None

    @rule()
    def restart(self) -> None:
        """The rep quits and starts the program again."""

        async def work() -> None:
            await self.lives.end()
            await self.lives.start()

        self.go(work())

    @rule()
    def work(self) -> None:
        """The program gets on."""
        self.go(self.lives.settle())

    @rule(seconds=st.sampled_from((1.0, 10.0, 130.0)))
    def pass_time(self, seconds: float) -> None:
        """Time passes."""

        async def work() -> None:
            await self.lives.clock.advance(seconds)
            await self.lives.settle()

        self.go(work())
        self.tally.steps += 1

    def teardown(self) -> None:
        """Drain and compare."""
        try:
            if hasattr(self, "lives"):
                self.go(self._compare())
        finally:
            self.runner.close()

    async def _compare(self) -> None:
        lives, hubspot = self.lives, self.lives.hubspot
        await lives.drain()
        identities = lives.outbox.identities
        pins = {ref: identities.get(one, one) for ref, one in self.pins.items() if one is not None}
        await lives.end()
        hubspot.catch_up(is_over=True)
        self.tally.crashes += lives.crashes
        wanted = {
            identities[one.meeting_id]: (one.texts, one.refs, one.location)
            for one in self.model.values()
            if not one.is_deleted
        }
        found = {
            kept.meeting.id: (
                {name: kept.meeting.details.text(name) for name in REP_FIELDS},
                frozenset(kept.meeting.refs),
                kept.meeting.details.location,
            )
            for kept in hubspot.kept.values()
        }
        assert found == wanted
        assert {ref: hubspot.pins.get(ref, "") for ref in pins} == pins
        assert not lives.store.life.is_dead


@pytest.mark.bar
@pytest.mark.timeout(1_200)
def test_hubspot_ends_up_as_the_model_says(count: Count, figure: Report) -> None:
    OutboxMachine.tally = tally = Tally()
    examples = count(400, 3_000)
    run_state_machine_as_test(
        OutboxMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    figure("outbox: state machine runs", tally.runs, "400, full 3000")
    figure("outbox: state machine meetings, crashes", f"{tally.meetings}, {tally.crashes}", "-")
    figure("outbox: state machine divergences", 0, 0)
    assert tally.meetings > examples
