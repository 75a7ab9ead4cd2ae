"""The fakes of the meeting ports do what the ports promise."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    Association,
    AssociationLabel,
    Attachment,
    CrmRecord,
    FileId,
    MeetingId,
    MeetingQuery,
    RecordRef,
)
from app.domain.ports_meetings import (
    FileCabinet,
    MeetingCache,
    MeetingDirectory,
    RecordFinder,
    Spool,
    TemplateStore,
    TextTemplate,
)
from app.domain.problems import Gone
from tests.fakes.clock import NOW
from tests.fakes.meeting_ports import FakeFileCabinet, FakeMeetingDirectory, FakeRecordFinder
from tests.fakes.meeting_stores import FakeMeetingCache, FakeSpool, FakeTemplateStore
from tests.services.meetings.rig import ADA, FIRST, NORTHWIND, OTHER, RECORDS, SECOND, meeting

ONE, TWO = MeetingId("1"), MeetingId("2")
LABEL = AssociationLabel("USER_DEFINED", 7, "Buyer")
LABELLED = replace(meeting("1"), associations=(Association(ADA, (LABEL,)),))
HERE = FIRST.id


def test_they_have_the_shape_of_the_ports() -> None:
    directory: MeetingDirectory = FakeMeetingDirectory()
    finder: RecordFinder = FakeRecordFinder()
    files: FileCabinet = FakeFileCabinet()
    cache: MeetingCache = FakeMeetingCache()
    spool: Spool = FakeSpool()
    templates: TemplateStore = FakeTemplateStore()
    assert all((directory, finder, files, cache, spool, templates))


async def test_the_directory_lags_in_searches_alone() -> None:
    directory = FakeMeetingDirectory(LABELLED, meeting("2", owner=OTHER))
    directory.unindexed.add(ONE)
    directory.stale[TWO] = meeting("2", title="Old", owner=OTHER)
    found = [page async for page in directory.between(NOW.replace(year=2020), NOW)]
    assert [(one.id, one.details.title, one.associations) for one in found[0].meetings] == [
        (TWO, "Old", None)
    ]
    everything = [page async for page in directory.all()]
    assert everything[0].meetings == (
        replace(LABELLED, associations=(Association(ADA),)),
        meeting("2", owner=OTHER),
    )
    assert await directory.meeting(ONE) == LABELLED
    assert await directory.meetings((ONE, MeetingId("404"))) == (replace(LABELLED, associations=None),)
    assert await directory.associations((ONE,)) == {ONE: LABELLED.associations}
    assert await directory.count() == 2
    assert await directory.labels(CONTACT) == ()
    with pytest.raises(Gone):
        await directory.meeting(MeetingId("404"))


async def test_the_directory_finds_marks_once_they_are_indexed() -> None:
    directory = FakeMeetingDirectory(LABELLED)
    sent = None
    directory.marks["mark"] = ONE
    directory.unindexed.add(ONE)
    assert await directory.find("mark", sent) is None  # type: ignore[arg-type]
    directory.unindexed.clear()
    assert await directory.find("mark", sent) == LABELLED  # type: ignore[arg-type]
    assert await directory.find("other", sent) is None  # type: ignore[arg-type]


async def test_pages_hold_as_many_rows_as_asked_for_and_an_empty_walk_one_empty_page() -> None:
    directory = FakeMeetingDirectory(*(meeting(str(one)) for one in range(5)))
    directory.page_size = 2
    assert [len(page.meetings) async for page in directory.all()] == [2, 2, 1]
    assert [len(page.meetings) async for page in FakeMeetingDirectory().all()] == [0]


async def test_records_and_files() -> None:
    finder = FakeRecordFinder(*RECORDS)
    assert await finder.search(COMPANY, "NORTH", limit=5) == (RECORDS[1],)
    assert await finder.records((NORTHWIND, RecordRef(CONTACT, "404"))) == (RECORDS[1],)
    files = FakeFileCabinet()
    told: list[tuple[int, int]] = []
    first = await files.upload(Path("a"), "a", folder="/x", on_progress=lambda *step: told.append(step))
    again = await files.upload(Path("a"), "a", folder="/x", on_progress=lambda *step: None)
    assert (first, told) == (again, [(1, 2), (2, 2)])
    assert await files.attachments((first, FileId("404"))) == (
        Attachment(first, "a", 2),
        Attachment(FileId("404"), "404"),
    )


async def test_the_cache_never_goes_back_and_keeps_what_an_answer_does_not_say() -> None:
    cache = FakeMeetingCache()
    await cache.save(HERE, [LABELLED])
    await cache.save(HERE, [replace(meeting("1", title="Older"), updated_at=NOW.replace(year=2020))])
    assert (await cache.meetings(HERE, [ONE]))[0] == LABELLED
    await cache.save(HERE, [meeting("1", title="Newer", updated_at=NOW, is_bare=True)])
    (kept,) = await cache.meetings(HERE, [TWO, ONE])
    assert (kept.details.title, kept.associations) == ("Newer", LABELLED.associations)
    await cache.save_records(HERE, [replace(RECORDS[0], pinned=ONE)], NOW)
    await cache.save_records(HERE, [CrmRecord(ADA, "Ada O.")], NOW)
    assert await cache.records(HERE, [NORTHWIND, ADA]) == (CrmRecord(ADA, "Ada O.", pinned=ONE),)
    assert (await cache.index(HERE, MeetingQuery(text="ada"))).ids == (ONE,)
    assert await cache.of_record(HERE, ADA) == (kept,)
    assert (await cache.count(HERE), await cache.count(SECOND.id)) == (1, 0)
    await cache.remove(HERE, [ONE, TWO])
    assert await cache.count(HERE) == 0


async def test_wiping_leaves_the_other_accounts_rows() -> None:
    cache = FakeMeetingCache()
    for account in (FIRST, SECOND):
        await cache.save(account.id, [meeting("1")])
        await cache.save_note(account.id, "n", "text")
    cache.wipe(FIRST.id)
    assert [await cache.count(account.id) for account in (FIRST, SECOND)] == [0, 1]
    assert [await cache.note(account.id, "n") for account in (FIRST, SECOND)] == [None, "text"]
    await cache.save_note(SECOND.id, "n", None)
    assert await cache.note(SECOND.id, "n") is None


async def test_the_spool_keeps_what_it_is_told_to() -> None:
    spool = FakeSpool()
    first, size = await spool.take(Path("a"))
    second, _ = await spool.take(Path("b"))
    third, _ = await spool.take(Path("c"))
    assert (size, spool.path(first)) == (10, Path("spool") / first)
    await spool.remove([first, "404"])
    await spool.keep_only([third])
    assert set(spool.kept) == {third}
    assert second not in spool.kept
    spool.missing.add(Path("d"))
    with pytest.raises(Gone):
        await spool.take(Path("d"))


async def test_templates_are_kept_by_account_and_name() -> None:
    store = FakeTemplateStore()
    later, first = TextTemplate("1", "Zoo"), TextTemplate("2", "Aft")
    await store.save(HERE, later)
    await store.save(HERE, first)
    assert await store.templates(HERE) == (first, later)
    await store.remove(HERE, "1")
    assert await store.templates(HERE) == (first,)
    assert await store.templates(SECOND.id) == ()
