"""Descriptions and notes of the CRM: its HTML as lines of plain text, and plain text as its HTML.

HubSpot shows `hs_meeting_body` and `hs_internal_meeting_notes` as HTML, where a line break of plain text
would be lost (reference 6.2). What `note_html` makes, `note_text` reads back line by line as it was typed;
only spaces at the ends of lines go, and a tab becomes four spaces.
"""

import re
from html import escape, unescape
from typing import Final

_KNOWN: Final = (
    "a|abbr|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|font|footer|h[1-6]|head|header|hr|html|i|"
    "img|ins|label|li|link|main|meta|ol|p|pre|s|script|section|small|span|strike|strong|style|sub|sup|table|"
    "tbody|td|tfoot|th|thead|title|tr|tt|u|ul"
)
_IS_HTML: Final = re.compile(rf"</?(?:{_KNOWN})(?=[\s/>])|<!--|<!doctype", re.IGNORECASE)
_BLOCKS: Final = frozenset(
    {
        *("blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "header", "hr", "html", "li"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "main", "ol", "p", "pre", "section", "table", "tr", "ul"),
    }
)
_SILENT: Final = frozenset({"script", "style", "head", "title"})
_DECLARATION: Final = re.compile(r"<[!?][^>]*>?")
_TAG: Final = re.compile(r"""(/?)([A-Za-z][A-Za-z0-9:]*)(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_CARELESS_TAG: Final = re.compile(r"(/?)([A-Za-z][A-Za-z0-9:]*)[^>]*>")
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_KEPT_SPACE: Final = "&nbsp;"
_LONGEST: Final = 400_000


def note_text(stored: str) -> str:
    """What `stored` says, line by line and without tags; text that is no HTML keeps its own lines.

    Only the first 400,000 characters of HTML are read.
    """
    if not _IS_HTML.search(stored):
        return unescape(_unified(stored).replace(_KEPT_SPACE, " ")).strip()
    first, *pieces = _without_comments(_unified(stored[:_LONGEST])).split("<")
    lines = _Lines()
    lines.add(first)
    for piece in pieces:
        found = _TAG.match(piece) or _CARELESS_TAG.match(piece)
        if found is None:
            lines.add(f"<{piece}")
            continue
        lines.tag(found[2].lower(), is_end=bool(found[1]))
        lines.add(piece[found.end() :])
    return lines.text()


def note_html(text: str) -> str:
    """`text` so that HubSpot shows the same lines; as it is where one line has nothing to protect."""
    text = _unified(text).strip()
    if not any(mark in text for mark in ("\n", "<", "&", "  ", "\t")):
        return text
    return "<br>".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    spaced = re.sub(r"^ |(?<= ) ", "\0", escape(line.rstrip(), quote=False).replace("\t", "    "))
    return spaced.replace("\0", _KEPT_SPACE)


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _without_comments(html: str) -> str:
    kept, rest = [], html
    while rest:
        before, _, after = rest.partition("<!--")
        kept.append(before)
        rest = after.partition("-->")[2]
    return _DECLARATION.sub(" ", " ".join(kept))


class _Lines:
    """Text as a browser would break it: blocks stand on lines of their own, each `br` ends one."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]
        self._is_ended = False
        self._silent: str | None = None

    def add(self, text: str) -> None:
        """Take text between tags, still with its entities."""
        shown = unescape(_SPACES.sub(" ", text).replace(_KEPT_SPACE, "\0"))
        is_between = not shown.strip(" ") and (self._is_ended or not self._lines[-1])
        if is_between or self._silent is not None:
            return
        self._break_if_ended()
        self._lines[-1].append(shown)

    def tag(self, name: str, *, is_end: bool) -> None:
        """Take a tag."""
        if name in _SILENT:
            self._silent = None if is_end else self._silent or name
        elif name == "br":
            self._break_if_ended()
            self._lines.append([])
        elif name in _BLOCKS:
            self._is_ended = bool(self._lines[-1]) or self._is_ended

    def text(self) -> str:
        """All lines, without the empty ones around them."""
        lines = ("".join(parts).strip(" ").replace("\0", " ").rstrip() for parts in self._lines)
        return "\n".join(lines).strip()

    def _break_if_ended(self) -> None:
        if self._is_ended and self._lines[-1]:
            self._lines.append([])
        self._is_ended = False
