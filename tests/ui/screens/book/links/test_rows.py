"""The rows of the links list, in the words of the list."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.domain.link_search import LinkFilters, LinkIndex
from app.domain.links import LinkKind, LinkMarks, MeetingLink, Slug, UserId
from app.domain.problems import Offline
from app.services.links import LinksState
from app.ui.screens.book.links.rows import (
    HeaderRow,
    LinkRow,
    Row,
    derive_rows,
    kind_words,
    prefilled_url,
    spoken_row,
    subtitle,
)
from app.ui.screens.book.links.viewmodel import LinksInputs, derive_links
from tests.fakes.samples import HALF_HOUR, QUARTER, at, sample_link
from tests.ui.screens.book.snapshots import BRITISH

INTRO = replace(sample_link("intro", name="Intro call"), is_default=True)
DEMO = sample_link("demo", name="Product demo", kind=LinkKind.ROUND_ROBIN, members=("501", "502", "503"))
REVIEW = sample_link("review", name="Quarterly review", organizer="502")
NAMES = {UserId("501"): "Maria Nowak", UserId("502"): "Jonas Weber"}
Marks = Mapping[Slug, LinkMarks]


def rows(marks: Marks, query: str = "", *, own_id: str = "501") -> tuple[Row, ...]:
    index = LinkIndex((INTRO, DEMO, REVIEW), marks, NAMES)
    return derive_rows(index.search(query), marks, is_narrowed=bool(query), own_id=own_id)


def outline(found: tuple[Row, ...]) -> list[str]:
    return [row.title if isinstance(row, HeaderRow) else f"- {row.link.name}" for row in found]


def test_favourites_come_first_then_recent_then_all() -> None:
    marks = {Slug("demo"): LinkMarks(is_favourite=True), Slug("review"): LinkMarks(used_at=at(20, 9))}
    assert outline(rows(marks)) == [
        "Favourites",
        "- Product demo",
        "Recent",
        "- Quarterly review",
        "All links · 3",
        "- Intro call",
    ]


def test_a_part_without_links_has_no_heading() -> None:
    assert outline(rows({})) == ["All links · 3", "- Intro call", "- Product demo", "- Quarterly review"]
    assert outline(rows({}, "zzz")) == []


def test_a_narrowed_list_says_what_the_rest_is() -> None:
    marks = {Slug("demo"): LinkMarks(is_favourite=True)}
    found = outline(rows(marks, "de"))
    assert found[:2] == ["Favourites", "- Product demo"]
    assert "All links · 3" not in found


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (LinkKind.PERSONAL, "One-to-one"),
        (LinkKind.GROUP, "Group"),
        (LinkKind.ROUND_ROBIN, "Round robin"),
        (LinkKind.OTHER, "Meeting link"),
    ],
)
def test_every_kind_has_a_word(kind: LinkKind, words: str) -> None:
    assert kind_words(kind) == words


@pytest.mark.parametrize(
    ("link", "marks", "is_own", "line"),
    [
        (INTRO, LinkMarks(), True, "One-to-one"),
        (INTRO, LinkMarks(durations_ms=(QUARTER, HALF_HOUR)), True, "One-to-one · 15, 30 min"),
        (REVIEW, LinkMarks(durations_ms=(7_200_000,)), False, "One-to-one · 2 h · Jonas Weber"),
        (replace(REVIEW, organizer_id=UserId("9")), LinkMarks(), False, "One-to-one"),
        (DEMO, LinkMarks(durations_ms=(HALF_HOUR,)), False, "Round robin · 3 people · 30 min"),
        (replace(DEMO, member_ids=()), LinkMarks(), False, "Round robin"),
        (replace(INTRO, payment_link_id="p"), LinkMarks(), True, "One-to-one · takes a payment"),
        (INTRO, LinkMarks(tags=("emea", "new")), True, "One-to-one · #emea · #new"),
    ],
)
def test_the_line_under_a_title(link: MeetingLink, marks: LinkMarks, is_own: bool, line: str) -> None:
    assert subtitle(LinkRow(link, marks, is_own=is_own), BRITISH, NAMES) == line


def test_only_the_reps_own_default_is_called_default() -> None:
    own = [row.is_own_default for row in rows({}) if isinstance(row, LinkRow)]
    others = [row.is_own_default for row in rows({}, own_id="502") if isinstance(row, LinkRow)]
    assert own == [True, False, False]
    assert others == [False, False, False]


def test_a_row_is_read_aloud_with_its_marks() -> None:
    marks = LinkMarks(is_favourite=True, has_offline_member=True)
    spoken = spoken_row(LinkRow(INTRO, marks, is_own=True), "One-to-one")
    assert spoken == ("Intro call, One-to-one, default link, favourite, a member's calendar is disconnected")
    assert spoken_row(LinkRow(DEMO, LinkMarks()), "Round robin") == "Product demo, Round robin"


@pytest.mark.parametrize(
    ("url", "guest", "filled"),
    [
        (
            "https://m.example/a",
            {"first_name": "Ada", "last_name": "Okafor", "email": "ada+1@x.example"},
            "https://m.example/a?firstName=Ada&lastName=Okafor&email=ada%2B1%40x.example",
        ),
        (
            "https://m.example/a?uuid=1",
            {"first_name": "Ada", "last_name": "", "email": ""},
            "https://m.example/a?uuid=1&firstName=Ada",
        ),
        ("https://m.example/a", {"first_name": "", "last_name": "", "email": ""}, "https://m.example/a"),
        (
            "https://m.example/a",
            {"first_name": "Zoë & <b>", "last_name": "", "email": ""},
            "https://m.example/a?firstName=Zo%C3%AB+%26+%3Cb%3E",
        ),
    ],
)
def test_a_link_is_filled_in_for_the_guest(url: str, guest: dict[str, str], filled: str) -> None:
    assert prefilled_url(replace(INTRO, url=url), **guest) == filled


@pytest.mark.parametrize(
    ("state", "is_first_load", "is_refreshing", "has_problem"),
    [
        (LinksState(), False, False, False),
        (LinksState(is_loading=True), True, True, False),
        (LinksState((INTRO,), is_loading=True), False, True, False),
        (LinksState(problem=Offline()), False, False, True),
        (LinksState((INTRO,), problem=Offline()), False, False, False),
    ],
    ids=["nothing", "first load", "refresh", "failed", "failed refresh"],
)
def test_states_of_the_pane(
    state: LinksState, is_first_load: bool, is_refreshing: bool, has_problem: bool
) -> None:
    props = derive_links(LinksInputs(state=state, index=LinkIndex(state.links, {}, {})))
    assert (props.is_first_load, props.is_refreshing) == (is_first_load, is_refreshing)
    assert (props.problem is not None) is has_problem


@pytest.mark.parametrize(
    ("query", "filters", "is_narrowed"),
    [
        ("", LinkFilters(), False),
        ("   ", LinkFilters(), False),
        ("x", LinkFilters(), True),
        ("", LinkFilters(kinds=frozenset({LinkKind.GROUP})), True),
    ],
)
def test_a_list_is_narrowed_by_words_or_filters(query: str, filters: LinkFilters, is_narrowed: bool) -> None:
    assert derive_links(LinksInputs(query=query, filters=filters)).is_narrowed is is_narrowed


def test_the_filter_menu_offers_what_there_is() -> None:
    marks = {Slug("demo"): LinkMarks(tags=("emea",), durations_ms=(HALF_HOUR,))}
    state = LinksState((INTRO, DEMO, REVIEW), marks, skipped=2)
    props = derive_links(LinksInputs(state=state, index=LinkIndex(state.links, marks, NAMES)))
    assert props.choices.tags == ("emea",)
    assert props.choices.durations_ms == (HALF_HOUR,)
    assert ("502", "Jonas Weber") in props.choices.hosts
    assert props.skipped == 2
