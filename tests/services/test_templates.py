"""The rep's templates: kept by account, shown by name, and what a full disk does."""

import asyncio

import pytest

from app.domain.ports_meetings import TextTemplate
from app.domain.problems import SignInNeeded, StorageFailed, StorageTrouble
from app.services.templates import TemplatesService, TemplatesState
from tests.fakes.clock import settle
from tests.fakes.meeting_stores import FakeTemplateStore
from tests.fakes.samples import sample_account
from tests.services.world import World, no_errors

FIRST, SECOND = sample_account(), sample_account(4712, "502")
FULL = StorageFailed(StorageTrouble.FULL, "outbox.db")
INTRO = TextTemplate("1", "Intro", "Intro with {contact}")
ADIEU = TextTemplate("2", "adieu", notes="{date}")


class Desk:
    """The service, its store and two accounts."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.store = FakeTemplateStore()
        self.store.kept[FIRST.id] = {INTRO.id: INTRO}
        self.service = TemplatesService(world.accounts, self.store, on_error=no_errors)

    @property
    def state(self) -> TemplatesState:
        """What is published."""
        return self.service.state.value


async def desk() -> Desk:
    """Signed in, not loaded."""
    world = await World(accounts=(FIRST, SECOND)).start()
    return Desk(world)


async def test_templates_are_loaded() -> None:
    one = await desk()
    assert one.state == TemplatesState()
    await one.service.load()
    assert one.state == TemplatesState((INTRO,), is_loaded=True)
    assert one.state.template("1") is INTRO
    assert one.state.template("2") is None


async def test_a_saved_template_takes_its_place_by_name() -> None:
    one = await desk()
    await one.service.load()
    await one.service.save(ADIEU)
    assert one.state.templates == (ADIEU, INTRO)
    renamed = TextTemplate("1", "A first call")
    await one.service.save(renamed)
    assert one.state.templates == (renamed, ADIEU)
    assert one.store.kept[FIRST.id] == {"1": renamed, "2": ADIEU}


async def test_a_new_template_gets_an_id_of_its_own() -> None:
    one = await desk()
    kept = [await one.service.save(TextTemplate("", "New")) for _ in range(2)]
    assert len({template.id for template in kept} - {""}) == 2
    assert set(one.store.kept[FIRST.id]) == {"1", *(template.id for template in kept)}


async def test_a_removed_template_is_gone() -> None:
    one = await desk()
    await one.service.load()
    await one.service.remove("1")
    assert (one.state.templates, one.store.kept[FIRST.id]) == ((), {})


async def test_what_cannot_be_written_is_not_shown() -> None:
    one = await desk()
    await one.service.load()
    one.store.fail("save", FULL)
    one.store.fail("remove", FULL)
    with pytest.raises(StorageFailed):
        await one.service.save(ADIEU)
    with pytest.raises(StorageFailed):
        await one.service.remove("1")
    assert one.state.templates == (INTRO,)


async def test_templates_that_cannot_be_read_are_told() -> None:
    one = await desk()
    one.store.fail("templates", FULL)
    await one.service.load()
    assert one.state == TemplatesState(is_loaded=True, problem=FULL)
    await one.service.load()
    assert one.state.problem is None


async def test_each_account_has_its_own() -> None:
    one = await desk()
    await one.service.load()
    await one.world.accounts.activate(SECOND.id)
    assert one.state == TemplatesState()
    await one.service.load()
    assert one.state == TemplatesState(is_loaded=True)


async def test_a_lost_sign_in_keeps_the_templates() -> None:
    one = await desk()
    await one.service.load()
    one.world.accounts.report_lost(FIRST.id)
    assert one.state.templates == (INTRO,)


@pytest.mark.parametrize(
    ("method", "problem"), [("templates", None), ("templates", FULL), ("save", None), ("remove", None)]
)
async def test_what_ends_after_a_switch_is_not_shown(method: str, problem: StorageFailed | None) -> None:
    one = await desk()

    async def ask() -> None:
        match method:
            case "templates":
                await one.service.load()
            case "save":
                await one.service.save(ADIEU)
            case _:
                await one.service.remove("1")

    one.store.hold(method)
    async with asyncio.TaskGroup() as group:
        group.create_task(ask())
        await settle()
        await one.world.accounts.activate(SECOND.id)
        one.store.fail(method, problem)
        one.store.release(method)
    assert one.store.count(method) == 1
    assert one.state == TemplatesState()


async def test_nobody_signed_in_has_none() -> None:
    one = Desk(World())
    await one.service.load()
    for command in (one.service.save(INTRO), one.service.remove("1")):
        with pytest.raises(SignInNeeded):
            await command
    assert one.store.calls == []
