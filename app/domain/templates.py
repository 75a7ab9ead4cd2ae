"""Placeholders in the rep's templates: `{contact}` stands for a name, `{{` and `}}` for braces."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from app.domain.ports_meetings import TextTemplate

_PARTS: Final = re.compile(r"\{\{|\}\}|\{([^{}\s]{1,40})\}")
_BRACES: Final = {"{{": "{", "}}": "}"}


class Placeholder(StrEnum):
    """What a template may ask for; `date` and `time` come in the rep's own spelling."""

    CONTACT = "contact"
    FIRST_NAME = "first_name"
    COMPANY = "company"
    DEAL = "deal"
    DATE = "date"
    TIME = "time"
    OWNER = "owner"
    TYPE = "type"
    OUTCOME = "outcome"


_KNOWN: Final = frozenset(Placeholder)


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """The known placeholders of a text, each once, in its order."""
    return tuple(dict.fromkeys(Placeholder(name) for name in _names(text) if name in _KNOWN))


def unknown_placeholders(text: str) -> tuple[str, ...]:
    """Names in braces that stand for nothing, each once, in the text's order."""
    return tuple(dict.fromkeys(name for name in _names(text) if name not in _KNOWN))


def _names(text: str) -> Iterator[str]:
    return (found[1] for found in _PARTS.finditer(text) if found[1])


def filled(text: str, values: Mapping[Placeholder, str]) -> str:
    """The text with the values in place; names that are unknown or have no value stay as typed.

    Braces inside a value are left alone.
    """
    return _PARTS.sub(lambda found: _filling(found, values), text)


def _filling(found: re.Match[str], values: Mapping[Placeholder, str]) -> str:
    name = found[1]
    if not name:
        return _BRACES[found[0]]
    return values.get(Placeholder(name), found[0]) if name in _KNOWN else found[0]


def filled_template(template: TextTemplate, values: Mapping[Placeholder, str]) -> TextTemplate:
    """The template with its values, the title on one line."""
    return replace(
        template,
        title=" ".join(filled(template.title, values).split()),
        body=filled(template.body, values),
        notes=filled(template.notes, values),
    )


def first_name(full_name: str) -> str:
    """What to call somebody: the first word of a name, all of an e-mail address."""
    return next(iter(full_name.split()), "")
