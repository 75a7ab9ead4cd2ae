"""E-mail addresses and pasted guest lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.guests import GuestList, is_email, parse_guests

LONG = "a" * 64


@pytest.mark.parametrize(
    "text",
    [
        "ada@northwind.example",
        "ada.okafor+sales@mail.northwind.example",
        "o'brien@x-y.example",
        "Ada@NORTHWIND.Example",
        "josé@münchen.example",
        "a@1.co",
        f"{LONG}@x.example",
    ],
)
def test_addresses(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@northwind.example",
        "ada@northwind",
        "ada@@northwind.example",
        "ada@north..example",
        "ada.@northwind.example",
        ".ada@northwind.example",
        "ada@-north.example",
        "ada@north-.example",
        "ada okafor@northwind.example",
        "ada@northwind.example ",
        "<ada@northwind.example>",
        "ada@[127.0.0.1]",
        f"{LONG}a@x.example",
        f"ada@{'x' * 250}.example",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    ("text", "emails", "bad"),
    [
        ("", [], []),
        (" , ;\n ", [], []),
        ("a@x.example", ["a@x.example"], []),
        ("a@x.example,b@x.example; c@x.example\r\nd@x.example\te@x.example", list("abcde"), []),
        ("a@x.example b@x.example", list("ab"), []),
        ("Ada Okafor <a@x.example>, <mailto:b@x.example>", list("ab"), []),
        ('"Okafor, Ada" <a@x.example>, "Weber; Jonas" <b@x.example>', list("ab"), []),
        ("Okafor, Ada <a@x.example>; Weber, Jonas <b@x.example>", list("ab"), []),
        ("Ada (a@x.example); 'b@x.example'; mailto:c@x.example", list("abc"), []),
        ("A@x.example, a@X.example", ["A@x.example"], []),
        ("a@x.example, nonsense, b@", ["a@x.example"], ["nonsense", "b@"]),
        ("nonsense, nonsense", [], ["nonsense"]),
        ("Ada <not an address>", [], ["not an address"]),
        ("Ada <>", [], ["Ada <>"]),
        ("a@x.example <b@x.example>", ["b@x.example"], []),
    ],
)
def test_pasted_lists(text: str, emails: list[str], bad: list[str]) -> None:
    expected = tuple(email if "@" in email else f"{email}@x.example" for email in emails)
    assert parse_guests(text) == GuestList(expected, tuple(bad))


def test_guests_that_are_there_already_stay_first_and_once() -> None:
    found = parse_guests("B@x.example; c@x.example", present=("a@x.example", "b@x.example"))
    assert found.emails == ("a@x.example", "b@x.example", "c@x.example")


@given(st.text(alphabet=st.sampled_from("ab@.<>,;\" \n'"), max_size=60) | st.text(max_size=60))
def test_any_text_is_parsed_into_addresses_and_the_rest(text: str) -> None:
    found = parse_guests(text)
    assert all(is_email(email) for email in found.emails)
    assert not any(is_email(part) for part in found.bad)
    assert len({email.casefold() for email in found.emails}) == len(found.emails)


@given(st.lists(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True), max_size=8))
def test_no_pasted_address_is_lost(emails: list[str]) -> None:
    for separator in (",", ";", "\n", ", ", " ; ", " "):
        assert parse_guests(separator.join(emails)).emails == tuple(dict.fromkeys(emails))
