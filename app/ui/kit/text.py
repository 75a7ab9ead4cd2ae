"""Text from outside made safe to show: no control characters, direction overrides or markup."""

import html
import unicodedata

_OVERRIDES = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff")
_HIDDEN = frozenset({"Cc", "Cs", "Cn", "Co"})


def clean(text: str, *, lines: bool = False) -> str:
    """`text` without control and bidi-override characters, lone surrogates or unassigned code points.

    White space runs become one space. With `lines`, line ends stay, as '\\n'.
    """
    if lines:
        return "\n".join(clean(line) for line in text.splitlines())
    kept = []
    for char in text:
        if char.isspace():
            kept.append(" ")
        elif char not in _OVERRIDES and unicodedata.category(char) not in _HIDDEN:
            kept.append(char)
    return " ".join("".join(kept).split())


def without_mnemonic(text: str) -> str:
    """`text` for a button, menu or tab, where a single '&' would be taken for a shortcut mark."""
    return clean(text).replace("&", "&&")


def safe_tooltip(text: str) -> str:
    """`text` for setToolTip, escaped so that Qt never reads markup in it; '' stays ''."""
    shown = clean(text, lines=True)
    if not shown:
        return ""
    return "<span>" + html.escape(shown).replace("\n", "<br>") + "</span>"
