"""Templates of the rep."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ports_meetings import TextTemplate
from app.storage.templates import _TEMPLATE, SqliteTemplateStore
from tests.storage.strategies import TEXT
from tests.storage.world import ADA, BOB, Folder

CALL = TextTemplate("1", "Intro call", title="Intro with {contact}", body="See you", notes="{{literal}}")


async def test_templates_are_kept_by_account_and_told_by_name(folder: Folder) -> None:
    demo, again = TextTemplate("2", "demo"), replace(CALL, notes="other")
    async with folder.open_outbox() as database:
        store = SqliteTemplateStore(database)
        assert await store.templates(ADA) == ()
        for template in (CALL, demo, again):
            await store.save(ADA, template)
        await store.save(BOB, CALL)
    async with folder.open_outbox() as database:
        store = SqliteTemplateStore(database)
        assert await store.templates(ADA) == (demo, again)
        await store.remove(ADA, "1")
        await store.remove(ADA, "nobody")
        assert await store.templates(ADA) == (demo,)
        assert await store.templates(BOB) == (CALL,)


async def test_a_row_that_cannot_be_read_does_not_hide_the_others(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        store = SqliteTemplateStore(database)
        await store.save(ADA, CALL)
        await database.write(
            lambda c: c.execute("INSERT INTO templates VALUES (?, 'bad', '{\"id\":1}')", (ADA,))
        )
        assert await store.templates(ADA) == (CALL,)


@given(st.builds(TextTemplate, id=TEXT, name=TEXT, title=TEXT, body=TEXT, notes=TEXT))
def test_every_template_comes_back_as_it_was(template: TextTemplate) -> None:
    assert _TEMPLATE.decode(_TEMPLATE.encode_text(template)) == template
