"""Texts by which a CRM could try to take over the window that shows them."""

import itertools
from typing import Final

from tests.guards.canaries import Bait

_WRAPPERS: Final = (
    "{}",
    "<b>Bold</b> {}",
    "{} & <i>more</i>",
    "Zoë 😀👩‍👩‍👧 {}",
    "مرحبا {} بالعالم",
    "\u202e{}\u2066",
    "line\none\r\n{}\u2028\ttab",
    "%s %d {{0}} %1 {}",
    "nul\x00bell\x07{}\x1b[31m",
    "&File &amp; && {}",
)


def hostile_texts(bait: Bait) -> list[str]:
    """Two hundred different ones, each with a number that tells it from the others."""
    file, address = bait.file, bait.address
    parts = (
        f'<img src="{file}">',
        f"<img src='{address}'>",
        f'<html><body background="{file}">Text</body></html>',
        f'<a href="{address}">Acme</a>',
        f'<link rel="stylesheet" href="{address}"><style>@import url({file});</style>',
        f'<!DOCTYPE html><qt><img src="{file}"></qt>',
        f'<table background="{file}"><tr><td>x</td></tr></table>',
        f'<iframe src="{address}"></iframe><object data="{file}"></object>',
        "<script>alert(1)</script>",
        f"![]({file}) [x]({address})",
        f"<div style=\"background-image:url('{file}')\">x</div>",
        f'<p style="list-style-image:url({address})">x</p>',
        f'<svg><image href="{file}"/></svg>',
        "<ul><li>one<li>two",
        "&lt;img src=x&gt; &#60;b&#62; &nbsp;",
        "'; DROP TABLE meetings; --",
        f"{file} {address} javascript:alert(1)",
        "=HYPERLINK(1) @SUM +1 -1",
        "W" * 10_000,
        "<" * 500 + ">" * 500,
    )
    pairs = itertools.product(_WRAPPERS, parts)
    return [f"{wrapper.format(part)} #{number}" for number, (wrapper, part) in enumerate(pairs)]
