"""How typed words match a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.matching import (
    ELSEWHERE,
    IN_TITLE,
    INITIALS,
    LETTERS,
    NO_MATCH,
    TITLE_START,
    TITLE_WORD,
    highlights,
    probes_of,
    quality,
    wording,
    words_of,
)
from app.domain.spelling import folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Intro", "intro"),
        ("Zürich", "zurich"),
        ("ŁÓDŹ", "lodz"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("שָׁלוֹם", "שלום"),
        ("ﬁne", "fine"),
        ("", ""),
    ],
)
def test_case_and_accents_do_not_count(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_punctuation_parts_words() -> None:
    assert words_of("  Team/intro-call_(EMEA) ") == "team intro call emea"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", TITLE_START),
        ("pro", TITLE_START),
        ("Pröd", TITLE_START),
        ("demo", TITLE_WORD),
        ("demo prod", TITLE_WORD),
        ("pd", INITIALS),
        ("p", TITLE_START),
        ("oduc", IN_TITLE),
        ("maria", ELSEWHERE),
        ("product maria", ELSEWHERE),
        ("pdcm", LETTERS),
        ("pct", LETTERS),
        ("cm", NO_MATCH),
        ("product xyz", NO_MATCH),
        ("xyz product", NO_MATCH),
        ("ria", NO_MATCH),
    ],
)
def test_quality_of_a_match(typed: str, found: int) -> None:
    text = wording("Product Demo", ("team product demo", "maria nowak", "emea"))
    assert quality(text, probes_of(typed)) == found


def test_initials_that_stand_inside_the_title_too_count_as_initials() -> None:
    assert quality(wording("Open Nowhere on", ()), probes_of("ono")) == INITIALS
    assert quality(wording("Anna Nagel", ()), probes_of("an")) == TITLE_START
    assert quality(wording("Big Inca ibis abi", ()), probes_of("bi")) == TITLE_START
    assert quality(wording("Xa Bab yab", ()), probes_of("ab")) == IN_TITLE
    assert quality(wording("Arm Bar crab", ()), probes_of("ab")) == INITIALS


@pytest.mark.parametrize(
    ("title", "typed", "ranges"),
    [
        ("Product demo", "pro", ((0, 3),)),
        ("Product demo", "demo", ((8, 12),)),
        ("Product demo", "demo pr", ((0, 2), (8, 12))),
        ("Product demo", "pd", ((0, 1), (8, 9))),
        ("Product demo", "oduc", ((2, 6),)),
        ("Product demo", "pct", ((0, 1), (5, 7))),
        ("Product demo", "xyz", ()),
        ("Product demo", "", ()),
        ("Straße 7", "strasse", ((0, 6),)),
        ("Zürich/call", "call", ((7, 11),)),
        ("cafe\u0301 latte", "cafe", ((0, 4),)),
    ],
)
def test_highlights_mark_what_matched(title: str, typed: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert highlights(title, typed) == ranges


@given(st.text(max_size=40), st.text(max_size=12))
def test_highlights_lie_in_the_title_and_show_every_match_of_the_title(title: str, typed: str) -> None:
    ranges = highlights(title, typed)
    assert all(0 <= start < end <= len(title) for start, end in ranges)
    assert list(ranges) == sorted(ranges)
    match = quality(wording(title, ()), probes_of(typed))
    if words_of(typed) and match not in (NO_MATCH, ELSEWHERE):
        assert ranges


@given(st.text(max_size=40))
def test_a_title_is_found_by_itself(title: str) -> None:
    assert quality(wording(title, ()), probes_of(title)) < ELSEWHERE
