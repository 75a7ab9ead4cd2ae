"""The default links: one of every kind the reference knows."""

import pytest

from app.sandbox.crm.store import RecordStore
from app.sandbox.world import World, build_world
from app.sandbox.world.catalogue import HOSTILE_NAME, UNICODE_NAME
from app.sandbox.world.link_book import LinkBook
from app.sandbox.world.links import INCREMENT_MINUTES, LinkType
from app.sandbox.world.people import MEI, TOM, USERS
from tests.sandbox.scheduler.conftest import Clock


@pytest.fixture(scope="module")
def world() -> World:
    clock = Clock()
    return build_world(seed=7, now=clock, store=RecordStore(clock=clock), meetings=0)


def test_the_pictured_links_come_first(world: World) -> None:
    pictured = [
        ("Intro call", LinkType.PERSONAL, 1, (15, 30)),
        ("Product demo", LinkType.ROUND_ROBIN, 4, (45,)),
        ("Technical scoping", LinkType.GROUP, 3, (60,)),
        ("Quarterly review", LinkType.PERSONAL, 1, (45,)),
        ("Onboarding kick-off", LinkType.GROUP, 2, (60,)),
        ("Renewal", LinkType.PERSONAL, 1, (30,)),
        ("Partner call", LinkType.ROUND_ROBIN, 6, (30,)),
        ("Security review", LinkType.GROUP, 4, (60,)),
    ]
    found = [
        (link.name, link.type, len(link.members), tuple(ms // 60_000 for ms in link.settings.durations_ms))
        for link in list(world.links)[:8]
    ]
    assert found == pictured
    assert [link.name for link in world.links if link.default and link.organizer == MEI.user_id] == [
        "Intro call"
    ]


def test_there_are_forty_two_with_different_ids_and_slugs(world: World) -> None:
    links = list(world.links)
    assert len(links) == len({link.id for link in links}) == len({link.slug for link in links}) == 42


def test_every_increment_and_every_field_type_occurs(world: World) -> None:
    assert {link.settings.increment for link in world.links} == {*INCREMENT_MINUTES, "MEETING_DURATION"}
    fields = [field for link in world.links for field in link.settings.fields]
    assert {field.field_type for field in fields} == {
        "text",
        "textarea",
        "number",
        "phonenumber",
        "date",
        "select",
        "radio",
        "checkbox",
        "booleancheckbox",
        "file",
    }
    for kind in {field.field_type for field in fields}:
        assert {field.is_required for field in fields if field.field_type == kind} == {True, False}
    assert {field.name for field in fields if not field.is_custom} == {
        "company",
        "jobtitle",
        "numemployees",
        "phone",
    }
    assert any(option.hidden for field in fields for option in field.options)


def test_every_kind_of_consent_occurs(world: World) -> None:
    consents = [link.settings.consent for link in world.links if link.settings.consent is not None]
    assert {consent.processing_kind for consent in consents} == {"IMPLICIT", "REQUIRED_CHECKBOX"}
    boxes = [box for consent in consents for box in consent.checkboxes]
    assert {box.required for box in boxes} == {True, False}
    assert any(consent.legal_basis for consent in consents)
    assert any("<a href=" in consent.privacy_text for consent in consents)
    assert any(link.settings.consent is None for link in world.links)


def test_the_odd_ones_occur(world: World) -> None:
    links = list(world.links)
    assert [link.slug for link in links if link.payment_link_id] == ["mei-nelson/consulting"]
    assert [link.slug for link in links if link.name is None] == ["mei-nelson/quick"]
    assert {UNICODE_NAME, HOSTILE_NAME} <= {link.name for link in links}
    assert sum(link.settings.window is not None for link in links) == 2
    assert any(link.settings.blocked for link in links)
    assert {link.settings.max_guests for link in links} >= {None, 0, 2, 10}
    assert any(TOM.user_id in link.members and link.type is LinkType.ROUND_ROBIN for link in links)
    assert any(link.members == (TOM.user_id,) for link in links)
    assert [user for user in USERS if world.is_offline(user.user_id)] == [TOM]


def test_a_link_without_a_name_is_called_by_its_slug(world: World) -> None:
    link = world.links.find("mei-nelson/quick")
    assert link is not None
    assert link.title == "mei-nelson/quick"
    assert link.url == "https://meetings.northwind-sales.example/mei-nelson/quick"


def test_dates_lie_in_the_past_and_follow_the_order(world: World) -> None:
    links = list(world.links)
    assert [link.created_at for link in links] == sorted(link.created_at for link in links)
    assert all(link.created_at <= link.updated_at < world.now() for link in links)


@pytest.mark.parametrize("count", [0, 1, 42, 43, 500, 5000])
def test_any_number_of_links(count: int) -> None:
    clock = Clock()
    world = build_world(seed=7, now=clock, store=RecordStore(clock=clock), meetings=0, links=count)
    links = list(world.links)
    assert len(links) == count == len({link.id for link in links})
    assert all(link.updated_at < clock() for link in links)
    for link in links[42:]:
        assert link.organizer in link.members
        assert len(set(link.members)) == len(link.members)
        assert (len(link.members) == 1) == (link.type is LinkType.PERSONAL)
    if count == 5000:
        assert {link.type for link in links[42:]} == set(LinkType)
        assert len({link.name for link in links}) > 1000


def test_the_book_of_links_finds_replaces_and_adds(world: World) -> None:
    book = LinkBook(world.links)
    paid = book.set_payment(book.named("Renewal"), "9", at=world.now())
    assert book.find(paid.slug) is paid
    assert (paid.payment_link_id, paid.updated_at) == ("9", world.now())
    assert len(book) == 42
    with pytest.raises(KeyError):
        book.named("No such link")
    assert book.find("nobody") is None
