"""Outcomes, types, owners, kinds and labels: once an hour, from this computer where HubSpot is silent."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    RECORD_TYPES,
    AssociationLabel,
    Attachment,
    FileId,
    MeetingOption,
    MeetingOptions,
    RecordType,
)
from app.domain.ports_meetings import RecordKind
from app.domain.problems import NotAllowed, Offline, SignInNeeded, StorageFailed, StorageTrouble
from app.domain.records import Owner, OwnerId
from app.services.meetings.notes import ATTACHMENTS, KINDS, LABELS, OPTIONS, OWNERS, TEXTS, Kept, NoteShape
from tests.fakes.clock import NOW, settle
from tests.services.meetings.rig import FIRST, ME, OTHER, SECOND, Rig, meeting
from tests.services.meetings.rig import OWNERS as ALL_OWNERS

OUTCOMES = (MeetingOption("SCHEDULED", "Scheduled"), MeetingOption("OLD", "Old", is_hidden=True))
OPTIONS_ANSWER = MeetingOptions(OUTCOMES, (MeetingOption("Intro", "Introduction"),))
BUYER = AssociationLabel("USER_DEFINED", 7, "Buyer")
PLAIN = AssociationLabel("HUBSPOT_DEFINED", 200)
SITE = RecordKind(RecordType("2-900"), "Site", "Sites")
FULL = StorageFailed(StorageTrouble.FULL, "cache.db")
HOUR = 3600

words = st.text(max_size=8)
instants = st.datetimes(timezones=st.just(NOW.tzinfo))
options = st.builds(MeetingOption, words, words, st.booleans())


async def synced() -> Rig:
    rig = await Rig().start()
    rig.directory.answer = OPTIONS_ANSWER
    rig.directory.label_answer = {CONTACT: (PLAIN, BUYER)}
    rig.finder.all_kinds = (RecordKind(CONTACT), SITE)
    await rig.meetings.start_sync()
    return rig


async def test_a_sync_learns_the_lists_and_a_restart_knows_them_without_network() -> None:
    rig = await synced()
    assert (rig.state.options, rig.state.owners, rig.state.my_owner_id) == (OPTIONS_ANSWER, ALL_OWNERS, ME)
    again = rig.made()
    rig.directory.calls.clear()
    rig.crm.records.calls.clear()
    await again.load()
    assert (again.state.value.options, again.state.value.owners) == (OPTIONS_ANSWER, ALL_OWNERS)
    assert again.state.value.my_owner_id == ME
    assert (rig.directory.calls, rig.crm.records.calls) == ([], [])


async def test_the_lists_are_asked_for_once_an_hour() -> None:
    rig = await synced()
    await rig.meetings.start_sync()
    assert (rig.directory.times("options"), rig.crm.records.count("owners")) == (1, 1)
    await rig.clock.advance(HOUR)
    await rig.meetings.start_sync()
    assert (rig.directory.times("options"), rig.crm.records.count("owners")) == (2, 2)


async def test_kinds_and_labels_are_known_offline_after_a_sync() -> None:
    rig = await synced()
    await rig.clock.advance(HOUR)
    rig.finder.fail_always("kinds", Offline())
    rig.directory.fail_always("labels", Offline())
    again = rig.made()
    assert await again.kinds() == (RecordKind(CONTACT), SITE)
    assert await again.labels(CONTACT) == (PLAIN, BUYER)
    # The kinds were asked for in vain; while HubSpot cannot be reached nothing is.
    assert await again.kinds() == (RecordKind(CONTACT), SITE)
    assert (rig.finder.count("kinds"), rig.directory.times("labels")) == (2, 2)


async def test_where_nobody_knows_there_are_the_standard_kinds_and_no_labels() -> None:
    rig = await Rig().start()
    rig.finder.fail_always("kinds", Offline())
    rig.directory.fail_always("labels", Offline())
    assert [kind.type for kind in await rig.meetings.kinds()] == list(RECORD_TYPES)
    assert await rig.meetings.labels(COMPANY) == ()


async def test_old_options_stay_while_hubspot_is_silent() -> None:
    rig = await synced()
    await rig.clock.advance(HOUR)
    rig.directory.fail_always("options", Offline())
    await rig.meetings.start_sync()
    assert rig.state.options == OPTIONS_ANSWER


async def test_open_types_are_completed_by_the_ones_seen_on_meetings() -> None:
    rig = await Rig().start()
    rig.directory.answer = MeetingOptions(OUTCOMES, (MeetingOption("Intro", "Intro"),), types_are_open=True)
    rig.directory.put(
        *(
            meeting(str(number), NOW, activity_type=one)
            for number, one in enumerate(("", "Lunch", "Intro", "Demo"))
        )
    )
    await rig.meetings.start_sync()
    expected = [("Intro", "Intro"), ("Demo", "Demo"), ("Lunch", "Lunch")]
    assert [(one.value, one.label) for one in rig.state.options.activity_types] == expected
    again = rig.made()
    await again.load()
    assert again.state.value.options == rig.state.options
    rig.directory.put(meeting("9", NOW, activity_type="Call"))
    await rig.meetings.start_sync()
    assert [one.value for one in rig.state.options.activity_types] == ["Intro", "Call", "Demo", "Lunch"]


async def test_no_more_than_two_hundred_types_are_remembered() -> None:
    rig = await Rig().start()
    rig.directory.answer = MeetingOptions(types_are_open=True)
    rig.directory.put(*(meeting(str(one), NOW, activity_type=f"Type {one}") for one in range(250)))
    await rig.meetings.start_sync()
    assert len(rig.state.options.activity_types) == 200


async def test_a_list_that_cannot_be_kept_on_disk_is_used_all_the_same() -> None:
    rig = await Rig().start()
    rig.finder.all_kinds = (SITE,)
    rig.cache.fail("save_note", FULL)
    assert await rig.meetings.kinds() == (SITE,)


async def test_a_cache_that_cannot_be_read_is_told() -> None:
    rig = await Rig().start()
    rig.cache.fail("note", FULL)
    await rig.meetings.load()
    assert rig.state.problem is FULL


async def test_a_missing_permission_is_told_and_the_rep_stays_who_they_are() -> None:
    rig = await synced()
    await rig.clock.advance(HOUR)
    again = rig.made()
    rig.cache.notes[FIRST.id].pop("options")
    rig.directory.fail("options", NotAllowed(("crm.objects.contacts.read",)))
    await again.load()
    await again.start_sync()
    assert isinstance(again.state.value.problem, NotAllowed)
    assert again.state.value.my_owner_id == ME
    assert again.sync.value.synced_at == rig.clock.now()
    assert rig.crm.records.count("owners") == 2
    await again.start_sync()
    assert again.state.value.problem is None


async def test_an_inactive_twin_of_the_rep_is_used_only_without_an_active_one() -> None:
    rig = await Rig().start()
    twin = Owner(OwnerId("9400"), "501", "maria@old.example", "Maria", is_active=False)
    rig.crm.records.all_owners = (twin, *ALL_OWNERS)
    await rig.meetings.start_sync()
    assert rig.state.my_owner_id == ME
    await rig.clock.advance(HOUR)
    rig.crm.records.all_owners = (twin,)
    await rig.meetings.start_sync()
    assert rig.state.my_owner_id == twin.id


async def test_each_account_has_its_own_lists() -> None:
    rig = await synced()
    await rig.accounts.activate(SECOND.id)
    assert (rig.state.options, rig.state.owners, rig.state.my_owner_id) == (MeetingOptions(), (), None)
    await rig.meetings.start_sync()
    assert rig.state.my_owner_id == OTHER
    await rig.accounts.activate(FIRST.id)
    await rig.meetings.load()
    assert (rig.state.options, rig.state.my_owner_id) == (OPTIONS_ANSWER, ME)


async def test_a_list_that_arrives_after_a_switch_is_not_written() -> None:
    rig = await Rig().start()
    rig.finder.hold("kinds")
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(rig.meetings.kinds())
        await settle()
        await rig.accounts.activate(SECOND.id)
        rig.finder.release("kinds")
        assert [kind.type for kind in await asking] == list(RECORD_TYPES)
    assert "kinds" not in rig.notes


@given(
    kept=st.builds(
        Kept,
        st.builds(
            MeetingOptions,
            st.lists(options, max_size=3).map(tuple),
            st.lists(options, max_size=3).map(tuple),
            st.booleans(),
        ),
        instants,
    )
)
def test_options_survive_the_note(kept: Kept[MeetingOptions]) -> None:
    assert OPTIONS.kept(OPTIONS.text(kept)) == kept


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (OWNERS, ALL_OWNERS),
        (KINDS, (RecordKind(CONTACT), SITE)),
        (LABELS, (PLAIN, BUYER)),
        (TEXTS, ("Demo", "Ä")),
        (ATTACHMENTS, (Attachment(FileId("1"), "a.pdf", 10), Attachment(FileId("2"), "b"))),
    ],
)
def test_every_list_survives_the_note(shape: NoteShape[object], value: object) -> None:
    assert shape.kept(shape.text(Kept(value, NOW))) == Kept(value, NOW)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{",
        "[]",
        "null",
        '{"at": "2026-11-23T09:15:00+00:00"}',
        '{"at": "soon", "value": []}',
        '{"at": 7, "value": []}',
        '{"at": "2026-11-23T09:15:00", "value": []}',
        '{"at": "2026-11-23T09:15:00+00:00", "value": 7}',
        '{"at": "2026-11-23T09:15:00+00:00", "value": [["HUBSPOT_DEFINED", "many", ""]]}',
        '{"at": "2026-11-23T09:15:00+00:00", "value": [[1]]}',
    ],
)
def test_a_note_that_cannot_be_read_is_none(text: str | None) -> None:
    assert LABELS.kept(text) is None


async def test_nobody_signed_in_has_no_lists() -> None:
    rig = Rig()
    with pytest.raises(SignInNeeded):
        await rig.meetings.kinds()
    with pytest.raises(SignInNeeded):
        await rig.meetings.labels(CONTACT)
