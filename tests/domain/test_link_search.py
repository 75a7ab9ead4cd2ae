"""The links list as it narrows while the rep types."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.link_search import LinkFilters, LinkIndex
from app.domain.links import LinkKind, LinkMarks, MeetingLink, Slug, UserId
from tests.fakes.samples import HALF_HOUR, QUARTER, at, sample_link

NAMES = {UserId("501"): "Maria Nowak", UserId("502"): "Žofie Černá", UserId("999"): "Nobody here"}
INTRO = sample_link("intro", name="Intro call")
DEMO = sample_link("demo", name="Product demo", kind=LinkKind.ROUND_ROBIN, members=("501", "502"))
SCOPING = sample_link("scoping", name="Technical scoping", kind=LinkKind.GROUP, organizer="502", members=())
RENEWAL = sample_link("team/renewal", name="Renewal")
NAMELESS = sample_link("zeta/plain-slug", name="")
LINKS = (RENEWAL, INTRO, NAMELESS, SCOPING, DEMO)
MARKS = {
    DEMO.slug: LinkMarks(is_favourite=True, used_at=at(20, 9), durations_ms=(HALF_HOUR,)),
    RENEWAL.slug: LinkMarks(used_at=at(19, 9), tags=("emea", "Ärger")),
    INTRO.slug: LinkMarks(used_at=at(20, 9), tags=("emea",), durations_ms=(QUARTER, HALF_HOUR)),
}


def titles(links: tuple[MeetingLink, ...]) -> list[str]:
    return [link.title for link in links]


def index() -> LinkIndex:
    return LinkIndex(LINKS, MARKS, NAMES)


def test_favourites_then_recent_then_the_rest_by_title() -> None:
    results = index().search()
    assert titles(results.favourites) == ["Product demo"]
    assert titles(results.recent) == ["Intro call", "Renewal"]
    assert titles(results.others) == ["Technical scoping", "zeta/plain-slug"]
    assert results.total == 5
    assert index().search("  ", LinkFilters()) == results


def test_only_the_last_five_used_are_recent() -> None:
    links = [sample_link(f"link-{number}", name=f"Link {number}") for number in range(7)]
    marks = {link.slug: LinkMarks(used_at=at(1 + number, 9)) for number, link in enumerate(links)}
    results = LinkIndex(links, marks, {}).search()
    assert titles(results.recent) == ["Link 6", "Link 5", "Link 4", "Link 3", "Link 2"]
    assert titles(results.others) == ["Link 0", "Link 1"]


def test_within_a_part_the_best_match_comes_first() -> None:
    links = [
        sample_link(slug, name=name)
        for slug, name in [("a", "Re-scoping"), ("b", "Scoping"), ("c", "Tescoping")]
    ]
    assert titles(LinkIndex(links, {}, {}).search("sco").others) == ["Scoping", "Re-scoping", "Tescoping"]


def test_links_are_found_by_slug_host_and_tag() -> None:
    found = index()
    assert titles(found.search("team").recent) == ["Renewal"]
    assert titles(found.search("cerna").favourites) == ["Product demo"]
    assert titles(found.search("cerna").others) == ["Technical scoping"]
    assert titles(found.search("arger").recent) == ["Renewal"]
    assert found.search("no such thing").total == 0


def test_filters_narrow_what_the_words_leave() -> None:
    found = index()
    assert found.search(filters=LinkFilters(kinds=frozenset({LinkKind.GROUP}))).others == (SCOPING,)
    assert found.search(filters=LinkFilters(host=UserId("502"))).total == 2
    assert found.search(filters=LinkFilters(duration_ms=QUARTER)).recent == (INTRO,)
    assert found.search(filters=LinkFilters(tag="emea")).recent == (INTRO, RENEWAL)
    assert found.search("ren", LinkFilters(tag="emea")).recent == (RENEWAL,)
    assert found.search("ren", LinkFilters(tag="none")).total == 0


def test_menus_offer_what_occurs() -> None:
    found = index()
    assert found.hosts == ((UserId("501"), "Maria Nowak"), (UserId("502"), "Žofie Černá"))
    assert found.tags == ("Ärger", "emea")
    assert found.durations_ms == (QUARTER, HALF_HOUR)


def test_a_new_index_takes_over_what_did_not_change() -> None:
    renamed = replace(RENEWAL, name="Extension")
    marks = {**MARKS, SCOPING.slug: LinkMarks(is_favourite=True)}
    links = (renamed, *LINKS[1:])
    fresh, taken_over = LinkIndex(links, marks, NAMES), LinkIndex(links, marks, NAMES, index())
    for text in ("", "ext", "renewal", "maria", "scop"):
        assert taken_over.search(text) == fresh.search(text)
    other_names = {UserId("501"): "Somebody Else"}
    assert LinkIndex(LINKS, MARKS, other_names, index()).search("else").total == 4


@given(st.lists(st.text(max_size=12), max_size=12), st.text(max_size=6))
def test_no_link_is_lost_or_shown_twice(names: list[str], typed: str) -> None:
    links = [sample_link(f"slug-{number}", name=name) for number, name in enumerate(names)]
    marks = {Slug("slug-0"): LinkMarks(is_favourite=True), Slug("slug-1"): LinkMarks(used_at=at(1, 1))}
    found = LinkIndex(links, marks, {})
    everything = found.search()
    assert sorted((*everything.favourites, *everything.recent, *everything.others), key=str) == sorted(
        links, key=str
    )
    results = found.search(typed)
    shown = (*results.favourites, *results.recent, *results.others)
    assert len({link.slug for link in shown}) == len(shown) == results.total
