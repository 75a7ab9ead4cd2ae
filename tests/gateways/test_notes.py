"""Descriptions and notes: HTML to lines, and lines to HTML."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.gateways.notes import note_html, note_text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("two\nlines\r\nand\rmore", "two\nlines\nand\nmore"),
        ("a < b\nand c > d", "a < b\nand c > d"),
        ("R&amp;D &lt;b&gt;\nfriends", "R&D <b>\nfriends"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one</p>\n<p>&nbsp;</p>\n<p>two</p>", "one\n\ntwo"),
        ("<p>one</p><p><br></p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br/><br />three", "one\ntwo\n\nthree"),
        ("one<br>\n  two", "one\ntwo"),
        ("<div>a <b>bold</b>\nword</div>tail", "a bold word\ntail"),
        ("<ul><li>one</li><li>two</li></ul>after", "one\ntwo\nafter"),
        ("<h1>Title</h1>text", "Title\ntext"),
        ("<script>x<y</script>ok<style>p{}</style>", "ok"),
        ("<p>a</p><!-- <p>hidden</p> --><p>b</p>", "a\nb"),
        ("<p>a</p><!-- open", "a"),
        ("<!DOCTYPE html><p>a</p>", "a"),
        ('<p title="x > y">a</p>', "a"),
        ("<p title='never closed>a</p><b>c</b>", "a\nc"),
        ("<p>1 < 2</p>", "1 < 2"),
        ("<b", "<b"),
        ("<p>a&nbsp;&nbsp;b</p>", "a  b"),
        ('<img src="file:///etc/passwd" onerror="x()">', ""),
        ("<b>x</b><strange-tag>y", "xy"),
    ],
)
def test_what_is_stored_is_read_line_by_line(stored: str, text: str) -> None:
    assert note_text(stored) == text


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("one line", "one line"),
        ("  one line  ", "one line"),
        ("one\ntwo", "one<br>two"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("list:\n  - a\n\n  - b  c", "list:<br>&nbsp;&nbsp;- a<br><br>&nbsp;&nbsp;- b &nbsp;c"),
        ("<b>not bold</b>", "&lt;b&gt;not bold&lt;/b&gt;"),
    ],
)
def test_lines_are_written_so_that_hubspot_shows_them(text: str, stored: str) -> None:
    assert note_html(text) == stored
    assert note_text(stored) == text.strip()


def typed(text: str) -> str:
    """`text` as an editor keeps it."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\t", "    ")
    return "\n".join(line.rstrip() for line in unified.split("\n")).strip()


@given(st.text(st.sampled_from("ab <>&\n-;ampltbr/\"' p\t"), max_size=60))
@example("<br>\n<p>&amp;lt;")
@example("&nbsp;")
def test_what_was_typed_comes_back(text: str) -> None:
    assert typed(note_text(note_html(text))) == typed(text)


@given(st.text(max_size=200))
def test_nothing_typed_makes_it_fail(text: str) -> None:
    once = note_text(note_html(text))
    assert note_text(note_html(once)) == once


@given(st.text(st.sampled_from("<>/!-abp\"'= &;"), max_size=300))
def test_nothing_stored_makes_it_fail(stored: str) -> None:
    assert isinstance(note_text(stored), str)


@pytest.mark.parametrize("piece", ["<p", "<p '", "<!--", "<b>", "<br ", "&", '<p title="', "</"])
def test_hostile_html_comes_to_an_end(piece: str) -> None:
    assert len(note_text("<b>" + piece * 60_000)) <= 400_000
