"""E-mail addresses, and lists of guests as people paste them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 254
_LONGEST_LOCAL: Final = 64
_ADDRESS: Final = re.compile(
    r"[^\s@<>()\[\],;:\"\\.]+(\.[^\s@<>()\[\],;:\"\\.]+)*"
    r"@(?P<domain>[^\W_]([^\W_]|-)*(\.[^\W_]([^\W_]|-)*)+)"
)
_QUOTED_NAME: Final = re.compile(r"\"[^\"\n]*\"(?=\s*<)")
_IN_BRACKETS: Final = re.compile(r"<\s*(?:mailto:)?([^<>]*)>")
_LINES: Final = re.compile(r"[;\r\n\t]+")
_COMMAS: Final = re.compile(r"[,;\r\n\t]+")


@dataclass(frozen=True, slots=True)
class GuestList:
    """Addresses without doubles in the order they came, and the parts that are no address."""

    emails: tuple[str, ...]
    bad: tuple[str, ...] = ()


def is_email(text: str) -> bool:
    """Whether the text looks like one e-mail address that HubSpot may accept."""
    if len(text) > _LONGEST or text.find("@") > _LONGEST_LOCAL:
        return False
    match = _ADDRESS.fullmatch(text)
    return match is not None and not any(label.endswith("-") for label in match["domain"].split("."))


def parse_guests(text: str, present: Iterable[str] = ()) -> GuestList:
    """The guests that are `present` and those of a pasted text, without doubles.

    Addresses may be apart by commas, semicolons, spaces or lines, and may stand behind a name in angle
    brackets; where there are semicolons, a comma belongs to a name ("Okafor, Ada <ada@…>; …").
    """
    emails = {email.casefold(): email for email in present}
    bad: dict[str, None] = {}
    for part in _parts(_QUOTED_NAME.sub(" ", text)):
        for candidate in _candidates(part):
            if is_email(candidate):
                emails.setdefault(candidate.casefold(), candidate)
            else:
                bad[candidate] = None
    return GuestList(tuple(emails.values()), tuple(bad))


def _parts(text: str) -> Iterable[str]:
    separators = _LINES if ";" in text else _COMMAS
    for part in separators.split(text):
        yield from [part] if "<" in part else _COMMAS.split(part)


def _candidates(part: str) -> Sequence[str]:
    """What may be an address: what stands in brackets, else the words with an @, else the whole part."""
    bracketed = [inner.strip() for inner in _IN_BRACKETS.findall(part) if inner.strip()]
    if bracketed:
        return bracketed
    words = [word.strip("<>()'\"").removeprefix("mailto:") for word in part.split()]
    with_at = [word for word in words if "@" in word]
    rest = part.strip()
    return with_at or ([rest] if rest else [])
