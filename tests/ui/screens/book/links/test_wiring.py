"""The links' view-model over the real services: what opens first, search, filters, marks."""

from dataclasses import replace

import pytest

from app.domain.link_search import LinkFilters
from app.domain.links import LinkKind, Slug, UserId
from app.domain.ports import LinkPage
from app.domain.preferences import Preferences
from app.domain.problems import NotAllowed, Offline
from app.ui.screens.book.links.rows import LinkRow
from tests.fakes.samples import sample_account, sample_link
from tests.ui.screens.book.bench import Bench, Ear
from tests.ui.screens.book.stage import ADA, DEMO, INTRO, SCOPING, Stage, quiet

pytestmark = pytest.mark.qt_loop


def shown(bench: Bench) -> list[str]:
    return [row.link.slug for row in bench.links.props.rows if isinstance(row, LinkRow)]


async def load(bench: Bench) -> None:
    bench.links.load()
    await quiet()


@pytest.mark.parametrize(("last", "opened"), [("", INTRO), (DEMO, DEMO), ("gone", INTRO)])
async def test_it_opens_with_the_last_link_or_the_reps_own_default(
    stage: Stage, last: str, opened: Slug
) -> None:
    await stage.prefer(Preferences(last_link=last))
    bench = Bench(stage)
    await load(bench)
    assert bench.links.selected == opened


async def test_without_a_default_it_opens_with_the_first(stage: Stage) -> None:
    links = (sample_link("b", name="Beta"), replace(sample_link("a", organizer="9"), is_default=True))
    stage.crm.links.answer = [LinkPage(links, 2)]
    bench = Bench(stage)
    await load(bench)
    assert bench.links.selected == "b"


async def test_what_is_not_finished_goes_first(stage: Stage) -> None:
    await stage.prefer(Preferences(last_link=DEMO))
    bench = Bench(stage)
    bench.links.prefer(SCOPING)
    await load(bench)
    assert bench.links.selected == SCOPING


async def test_a_first_load_is_told_and_ends(stage: Stage) -> None:
    bench = Bench(stage)
    stage.crm.links.hold("pages")
    await load(bench)
    assert bench.links.props.is_first_load is True
    stage.crm.links.release("pages")
    await quiet()
    assert bench.links.props.is_first_load is False
    assert shown(bench) == [INTRO, DEMO, SCOPING]


async def test_the_list_fills_page_by_page(stage: Stage) -> None:
    more = tuple(sample_link(f"s{number}", name=f"Link {number}") for number in range(3))
    stage.crm.links.answer = [stage.crm.links.answer[0], LinkPage(more, 6)]
    bench = Bench(stage)
    stage.crm.links.hold("end")
    await load(bench)
    assert len(shown(bench)) == 6
    assert bench.links.props.is_refreshing is True
    stage.crm.links.release("end")
    await quiet()
    assert bench.links.props.is_refreshing is False


async def test_a_failure_is_said_and_the_button_tries_again(stage: Stage) -> None:
    stage.crm.links.fail("pages", Offline())
    bench = Bench(stage)
    await load(bench)
    assert bench.links.props.problem is not None
    assert bench.links.props.problem.title == "No connection to HubSpot"
    bench.links.refresh()
    await quiet()
    assert bench.links.props.problem is None
    assert len(shown(bench)) == 3


async def test_search_and_filters_narrow_the_list_without_asking(stage: Stage) -> None:
    bench = Bench(stage)
    await load(bench)
    calls = len(stage.crm.links.calls)
    bench.links.search("demo")
    assert shown(bench) == [DEMO]
    bench.links.search("")
    bench.links.toggle_kind(LinkKind.GROUP)
    assert shown(bench) == [SCOPING]
    bench.links.toggle_kind(LinkKind.ROUND_ROBIN)
    assert shown(bench) == [DEMO, SCOPING]
    bench.links.filter(LinkFilters())
    assert len(shown(bench)) == 3
    assert len(stage.crm.links.calls) == calls


async def test_opening_remembers_the_link(stage: Stage) -> None:
    bench = Bench(stage)
    await load(bench)
    ear = Ear(bench.links)
    bench.links.open(bench.link(DEMO))
    await quiet()
    assert "selected_changed" in ear.take()
    assert stage.preferences.kept.last_link == DEMO
    bench.links.open_slug(SCOPING)
    bench.links.open_slug("gone")
    await quiet()
    assert bench.links.selected == SCOPING


async def test_enter_opens_the_best_match_and_says_when_there_is_none(stage: Stage) -> None:
    bench = Bench(stage)
    await load(bench)
    bench.links.search("scop")
    assert bench.links.open_first() is True
    assert bench.links.selected == SCOPING
    bench.links.search("zzz")
    assert bench.links.open_first() is False
    assert bench.links.selected == SCOPING


async def test_favourites_and_tags_are_kept_on_this_computer(stage: Stage) -> None:
    bench = Bench(stage)
    await load(bench)
    bench.links.set_favourite(bench.link(SCOPING), True)
    bench.links.set_tags(bench.link(SCOPING), ("emea", "emea", " "))
    await quiet()
    assert shown(bench)[0] == SCOPING
    marks = stage.marks.kept[stage.account.id][SCOPING]
    assert (marks.is_favourite, marks.tags) == (True, ("emea",))
    assert bench.links.props.choices.tags == ("emea",)
    bench.links.set_favourite(bench.link(SCOPING), False)
    await quiet()
    assert shown(bench)[0] == INTRO


async def test_a_link_is_filled_in_for_the_chosen_guest(stage: Stage) -> None:
    bench = Bench(stage)
    await load(bench)
    link = bench.link()
    assert bench.links.prefilled_url(link) == link.url
    bench.selection.choose_prospect(ADA)
    assert bench.links.prefilled_url(link).endswith(
        "?firstName=Ada&lastName=Okafor&email=ada%40northwind.example"
    )


async def test_hosts_have_names_once_the_owners_are_known(stage: Stage) -> None:
    bench = Bench(stage)
    await load(bench)
    assert bench.links.host_names[UserId("501")] == "Maria Nowak"


@pytest.mark.parametrize("problem", [NotAllowed(("crm.objects.owners.read",)), Offline()])
async def test_without_owners_the_list_is_there_all_the_same(stage: Stage, problem: Exception) -> None:
    stage.records.fail("owners", problem)  # type: ignore[arg-type]
    bench = Bench(stage)
    await load(bench)
    assert len(shown(bench)) == 3
    assert bench.links.host_names == {}


async def test_the_links_open_page_is_opened_in_the_browser(stage: Stage) -> None:
    bench = Bench(stage)
    await load(bench)
    bench.links.open_in_browser(bench.link())
    assert stage.opened == ["https://meetings.hubspot.com/maria/intro-call"]


async def test_another_account_takes_the_link_away(stage: Stage) -> None:
    other = sample_account(portal_id=99)
    stage.accounts.kept[other.id] = other
    await stage.services.accounts.load()
    bench = Bench(stage)
    await load(bench)
    assert bench.links.selected == INTRO
    await stage.services.accounts.activate(other.id)
    assert bench.links.selected is None
    assert bench.links.props.rows == ()
    assert bench.selection.slot is None


async def test_the_palette_finds_links_without_touching_the_list(stage: Stage) -> None:
    bench = Bench(stage)
    await load(bench)
    ear = Ear(bench.links)
    assert [row.link.slug for row in bench.links.matches("demo") if isinstance(row, LinkRow)] == [DEMO]
    assert ear.take() == set()
