"""Finding a record: the kind, the letters, and what stale or bad answers may not do."""

import asyncio

from app.domain.meetings import COMPANY, CONTACT, RECORD_TYPES, CrmRecord, RecordRef, RecordType
from app.domain.ports_meetings import RecordKind
from app.domain.problems import Offline
from app.ui.kit.records.kinds import kind_icon, kind_name, shown_name
from app.ui.kit.records.search import RecordSearchViewModel, SearchInputs, derive_search
from app.ui.kit.tasks import TaskScope
from tests.fakes.clock import ManualClock
from tests.fakes.scripted import Scripted

ROOMS = RecordType("2-77")
KINDS = (RecordKind(CONTACT), RecordKind(COMPANY), RecordKind(ROOMS, "Room", "Rooms"))
ADA = CrmRecord(RecordRef(CONTACT, "1"), "Ada Okafor", "ada@northwind.example")
ADAM = CrmRecord(RecordRef(CONTACT, "2"), "Adam Reyes", "adam@contoso.example")


class FakeSource(Scripted):
    """Answers every search with `found`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[CrmRecord, ...] = (ADA, ADAM)

    async def kinds(self) -> tuple[RecordKind, ...]:
        await self._step("kinds")
        return KINDS

    async def search_records(self, record_type: RecordType, text: str) -> tuple[CrmRecord, ...]:
        await self._step("search", record_type, text)
        return self.found


class Bench:
    """The view-model with its surroundings."""

    def __init__(self) -> None:
        self.source = FakeSource()
        self.clock = ManualClock()
        self.errors: list[Exception] = []
        self.tasks = TaskScope("test", self.errors.append)
        self.search = RecordSearchViewModel(self.source, self.clock, self.tasks)
        self.picked: list[CrmRecord] = []
        self.search.picked.connect(self.picked.append)

    async def type(self, text: str) -> None:
        """Type, and wait as long as a pause of typing."""
        self.search.search(text)
        await asyncio.sleep(0)
        await self.clock.advance(1)
        for _ in range(5):
            await asyncio.sleep(0)


def titles(bench: Bench) -> list[str]:
    return [row.title for row in bench.search.props.rows]


async def test_records_are_found_after_a_pause() -> None:
    bench = Bench()
    await bench.type("ada")
    assert titles(bench) == ["Ada Okafor", "Adam Reyes"]
    assert bench.source.calls == [("search", CONTACT, "ada")]
    await bench.tasks.close()


async def test_one_letter_asks_nobody() -> None:
    bench = Bench()
    await bench.type("a")
    assert bench.source.calls == []
    assert bench.search.props.message == "Type two letters"
    await bench.tasks.close()


async def test_rows_that_no_longer_match_go_at_once() -> None:
    bench = Bench()
    await bench.type("ada")
    bench.search.search("adam")
    assert titles(bench) == ["Adam Reyes"]
    assert bench.search.props.is_searching
    await bench.tasks.close()


async def test_a_problem_is_said_and_nothing_is_offered() -> None:
    bench = Bench()
    bench.source.fail("search", Offline())
    await bench.type("ada")
    assert titles(bench) == []
    assert bench.search.props.message
    await bench.tasks.close()


async def test_nothing_found_is_said() -> None:
    bench = Bench()
    bench.source.found = ()
    await bench.type("zz")
    assert bench.search.props.message == "Nothing in HubSpot matches"
    await bench.tasks.close()


async def test_picking_tells_the_record_and_begins_anew() -> None:
    bench = Bench()
    await bench.type("ada")
    bench.search.pick("1")
    assert bench.picked == [ADA]
    assert titles(bench) == []
    await bench.tasks.close()


async def test_a_record_that_is_there_already_cannot_be_picked() -> None:
    bench = Bench()
    bench.search.set_taken([ADA.ref])
    await bench.type("ada")
    bench.search.pick("1")
    bench.search.pick("nobody")
    assert bench.picked == []
    assert [row.enabled for row in bench.search.props.rows] == [False, True]
    await bench.tasks.close()


async def test_another_kind_searches_anew() -> None:
    bench = Bench()
    await bench.type("ada")
    bench.search.choose_kind(COMPANY)
    await bench.type("ada")
    assert bench.source.calls[-1] == ("search", COMPANY, "ada")
    await bench.tasks.close()


async def test_kinds_are_asked_for_once() -> None:
    bench = Bench()
    for _ in range(2):
        bench.search.load()
        for _ in range(4):
            await asyncio.sleep(0)
    assert bench.source.count("kinds") == 1
    assert bench.search.props.kinds == (("0-1", "Contact"), ("0-2", "Company"), ("2-77", "Room"))
    await bench.tasks.close()


async def test_kinds_that_cannot_be_read_leave_contacts() -> None:
    bench = Bench()
    bench.source.fail("kinds", Offline())
    bench.search.load()
    for _ in range(4):
        await asyncio.sleep(0)
    assert bench.search.props.kinds == (("0-1", "Contact"),)
    assert bench.errors == []
    await bench.tasks.close()


def test_kinds_have_names_and_icons() -> None:
    assert kind_name(ROOMS, KINDS) == "Room"
    assert kind_name(ROOMS) == "Record"
    assert [kind_name(one) for one in RECORD_TYPES] == ["Contact", "Company", "Deal", "Ticket"]
    assert (kind_icon(ROOMS), kind_icon(CONTACT)) == ("box", "user")
    assert shown_name("", COMPANY, "47") == "Company 47"


def test_a_nameless_record_is_offered_by_its_number() -> None:
    nameless = CrmRecord(RecordRef(COMPANY, "47"), "")
    props = derive_search(SearchInputs(kind=COMPANY, query="xx", found=(nameless,)))
    assert [row.title for row in props.rows] == ["Company 47"]
