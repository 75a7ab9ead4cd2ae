"""HTML of a CRM becomes words, whatever stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gateways.plain_text import plain_text

HOSTILE = [
    "<![endif]-->",
    "<![foo[",
    "<!doctype",
    "<!-",
    "<?php",
    "</",
    "&#xffffffff;",
    "&#0;",
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd onerror=x>",
    "<a href='javascript:x'>y</a>",
    "<title>",
]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("  plain words \n on two lines ", "plain words \n on two lines"),
        ("a < b and c > d", "a < b and c > d"),
        ("Ben &amp; Jerry&#39;s &lt;3", "Ben & Jerry's <3"),
        ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>To <em>store</em>   and\n<b>process</b></p>", "To store and process"),
        ('<p>More in our <a href="https://x.test">privacy policy</a>.</p>', "More in our privacy policy."),
        ("<style>p{color:red}</style>Words<script>alert('no')</script>", "Words"),
        ("</script>after</p>", "after"),
        ('text<img src="https://tracker.test/p.png" onerror="alert(1)">', "text"),
        ("<p>never closed", "never closed"),
        ("<title>swallowed</title>kept", "kept"),
        ("<!doctype html><!-- no -->kept<![foo[gone]]>too", "kept too"),
        ("<p>a <!-- <b>no</b> --> b <!-- no end <p>c", "a b"),
        ("1 <2 and 3 <p>4", "1 <2 and 3\n4"),
        ("""<a title="a > b" rel='c > d'>e</a><br/>f""", "e\nf"),
        ("<a title='never closed>e", "e"),
        ("two &amp; lines\nwithout tags", "two & lines\nwithout tags"),
    ],
)
def test_only_the_words_are_left(html: str, text: str) -> None:
    assert plain_text(html) == text


@given(html=st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), max_size=8).map("".join))
def test_nothing_is_too_strange(html: str) -> None:
    found = plain_text(html)
    assert found == found.strip()
    assert "\n\n" not in found or "<" not in html


def test_a_consent_text_may_not_be_a_book() -> None:
    assert len(plain_text("<p>" + "word " * 10_000)) < 20_000
