"""One busy quarter of an hour, killed at every single await: each time HubSpot ends up the same."""

from pathlib import Path

from app.domain.changes import (
    AttachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PinMeeting,
    UnlinkRecord,
)
from app.domain.meetings import Association, FieldEdit, FileId, MeetingField, local_meeting_id
from tests.guards.figures import Report
from tests.services.outbox.lives import Lives
from tests.services.outbox.office import ADA, DETAILS, LOCAL, ON_ADA, ROLLOUT

SECOND = local_meeting_id("2")
RENAMED = EditMeeting(LOCAL, (FieldEdit(MeetingField.TITLE, DETAILS.title, "Renamed"),))


async def played(dies_at: int | None) -> tuple[Lives, list[bool]]:
    """The story, killed at one of its moments; and which of the rep's gestures were acknowledged."""
    lives = Lives(1)
    await lives.start(dies_at)
    lives.paper.spool.kept["1-x"] = Path("1-x")
    told = [await lives.add(LogMeeting(LOCAL, DETAILS, (ON_ADA,)))]
    await lives.settle(60)
    told += [
        await lives.add(RENAMED),
        await lives.add(LinkRecord(LOCAL, Association(ROLLOUT)), PinMeeting(LOCAL, ROLLOUT)),
        await lives.add(UnlinkRecord(LOCAL, ADA)),
        await lives.add(AttachFile(LOCAL, "1-x", "x", 10)),
        await lives.add(LogMeeting(SECOND, DETAILS)),
    ]
    await lives.settle(60)
    steps = lives.store.life.steps
    await lives.drain()
    await lives.end()
    lives.store.life.steps = steps
    return lives, told


def check(lives: Lives, told: list[bool]) -> None:
    """What was acknowledged is there, once; what was not is there once or not at all."""
    first, renamed, pinned, unlinked, attached, second = told
    identities = lives.store.known.get(lives.office.account_id, {})
    kept = lives.hubspot.kept
    assert len(kept) == len(identities) == len(set(identities.values()))
    assert len(kept) >= first + second
    assert max(lives.hubspot.creations.values(), default=1) == 1
    if not first:
        return
    meeting = kept[identities[LOCAL]].meeting
    assert not renamed or meeting.details.title == "Renamed"
    assert not pinned or (lives.hubspot.pins[ROLLOUT] == meeting.id and ROLLOUT in meeting.refs)
    assert not unlinked or ADA not in meeting.refs
    assert not attached or meeting.attachments == (FileId("file-1"),)


async def test_a_kill_at_every_await_changes_nothing_in_the_end(figure: Report) -> None:
    lives, told = await played(None)
    check(lives, told)
    assert all(told)
    moments = lives.store.life.steps
    assert moments > 50
    for dies_at in range(1, moments + 1):
        lives, told = await played(dies_at)
        assert lives.crashes == 1, dies_at
        assert sum(told) >= len(told) - 1
        check(lives, told)
    figure("outbox: kills at every await, wrong ends", f"{moments}, 0", "every, 0")
