"""HTML of a CRM as plain text: consent texts and notes are shown as words, never rendered."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

_BREAKS: Final = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4"})
_SILENT: Final = frozenset({"script", "style", "head", "title"})

_DECLARATION: Final = re.compile(r"<[!?][^>]*>?")
_TAG: Final = re.compile(r"""(/?[A-Za-z][A-Za-z0-9]*)(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_CARELESS_TAG: Final = re.compile(r"(/?[A-Za-z][A-Za-z0-9]*)[^>]*>")
_LONGEST: Final = 20_000


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(" ".join(data.split("\n")))


def plain_text(html: str) -> str:
    """The words of `html`, a line for each block, without empty lines; text without tags keeps its lines.

    Only the first 20,000 characters of HTML are read.
    """
    if "<" not in html:
        return unescape(html).strip()
    reader = _Reader()
    reader.feed(_parsable(html[:_LONGEST]))
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return "\n".join(line for line in lines if line)


def _parsable(html: str) -> str:
    """`html` without comments, declarations and attributes; a `<` that opens no whole tag becomes text.

    Python's parser raises AssertionError on declarations it does not know, and needs seconds for a few
    thousand tags or quotes that are not closed.
    """
    kept, rest = [], html
    while rest:
        before, _, after = rest.partition("<!--")
        kept.append(before)
        rest = after.partition("-->")[2]
    first, *pieces = _DECLARATION.sub(" ", " ".join(kept)).split("<")
    return first + "".join(map(_bare_tag, pieces))


def _bare_tag(piece: str) -> str:
    """What stood behind a `<`: a tag without its attributes and the text after it, or only text."""
    found = _TAG.match(piece) or _CARELESS_TAG.match(piece)
    return f"<{found[1]}>{piece[found.end() :]}" if found else f"&lt;{piece}"
