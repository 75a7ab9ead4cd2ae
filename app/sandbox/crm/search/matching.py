"""Deciding whether one record matches a filter or the words of a query."""

import re
from collections.abc import Callable, Mapping
from fnmatch import translate
from typing import Any, Final

from app.sandbox.crm.properties import PropertyDefinition
from app.sandbox.crm.search.query import Filter
from app.sandbox.errors import validation_error
from app.sandbox.instants import object_instant, parse_instant

Values = Mapping[str, str | None]
Matcher = Callable[[Values], bool]
Comparable = float | str

_WITH_MILLISECONDS: Final = len("2026-11-20T15:00:00.000Z")
_WORDS: Final = re.compile(r"\w+")
# What must not stand before a term for it to begin a word, by whether the term begins with a letter or digit.
_INSIDE: Final = {True: r"\w", False: r"\S"}
_DIGIT: Final = re.compile(r"\d")
_SEPARATORS: Final = str.maketrans("", "", " ()/.-")


def comparable(definition: PropertyDefinition, text: str) -> Comparable | None:
    """Return a stored value in a form that compares as HubSpot does: numbers, instants, lower-case text.

    Instants compare as ISO 8601 text of one width, which is how they are stored (parsing each would be slow).
    """
    match definition.type:
        case "datetime":
            return text[:-1] if len(text) == _WITH_MILLISECONDS else f"{text[:-1]}.000"
        case "date":
            return f"{text}T00:00:00.000"
        case "number":
            try:
                return float(text)
            except ValueError:
                return None
        case _:
            return text.casefold()


def matcher(condition: Filter, definition: PropertyDefinition) -> Matcher:
    """Return the test of one filter on a real property; HubSpotError 400 for a value of the wrong type."""
    name = definition.name
    match condition.operator:
        case "HAS_PROPERTY":
            return lambda values: bool(values.get(name))
        case "NOT_HAS_PROPERTY":
            return lambda values: not values.get(name)
        case "CONTAINS_TOKEN" | "NOT_CONTAINS_TOKEN":
            return _token_matcher(condition, name)
        case "IN" | "NOT_IN":
            return _list_matcher(condition, definition)
        case _:
            return _comparing_matcher(condition, definition)


def _list_matcher(condition: Filter, definition: PropertyDefinition) -> Matcher:
    name, wanted_in = definition.name, condition.operator == "IN"
    if definition.type == "string":
        # The index holds lower-case text and these two operators look values up as given.
        allowed: frozenset[Comparable] = frozenset(condition.values)
    else:
        allowed = frozenset(_operand(definition, value) for value in condition.values)

    def matches(values: Values) -> bool:
        text = values.get(name)
        return bool(text) and (comparable(definition, text or "") in allowed) is wanted_in

    return matches


def _comparing_matcher(condition: Filter, definition: PropertyDefinition) -> Matcher:
    name = definition.name
    operands = [_operand(definition, value) for value in condition.values]
    holds = _comparison(condition.operator, operands)

    def matches(values: Values) -> bool:
        text = values.get(name)
        if not text:
            return False
        value = comparable(definition, text)
        return value is not None and holds(value)

    return matches


def _comparison(operator: str, operands: list[Any]) -> Callable[[Any], bool]:
    low, high = operands[0], operands[-1]
    comparisons: dict[str, Callable[[Any], bool]] = {
        "EQ": lambda value: value == low,
        "NEQ": lambda value: value != low,
        "LT": lambda value: value < low,
        "LTE": lambda value: value <= low,
        "GT": lambda value: value > low,
        "GTE": lambda value: value >= low,
        "BETWEEN": lambda value: low <= value <= high,
    }
    return comparisons[operator]


def _operand(definition: PropertyDefinition, text: str) -> Comparable:
    value: Comparable | None
    if definition.type in ("datetime", "date"):
        moment = parse_instant(text)
        value = None if moment is None else object_instant(moment)[:-1]
    else:
        value = comparable(definition, text)
    if value is None:
        raise validation_error(
            f'"{text}" is not a valid {definition.type} to compare {definition.name} with.',
            context={"propertyName": [definition.name]},
        )
    return value


def _token_matcher(condition: Filter, name: str) -> Matcher:
    wanted = condition.values[0].casefold().strip()
    contains = condition.operator == "CONTAINS_TOKEN"
    pattern = re.compile(translate(wanted)) if "*" in wanted else None
    words = set(_WORDS.findall(wanted))

    def matches(values: Values) -> bool:
        text = values.get(name)
        if not text:
            return False
        value = text.casefold()
        tokens = [value, *value.split(), *_WORDS.findall(value)]
        if pattern is not None:
            found = any(pattern.match(token) for token in tokens)
        else:
            found = words <= set(tokens) or wanted in tokens
        return found is contains

    return matches


def text_matcher(query: str, names: tuple[str, ...]) -> Matcher:
    """Return the test of free text: every word must begin a word of one of the named properties.

    A phone number is also found without its blanks and dashes.
    """
    terms = query.casefold().split()
    beginnings = [re.compile(rf"(?<!{_INSIDE[term[0].isalnum()]}){re.escape(term)}") for term in terms]
    numbers = [
        re.compile(rf"^{re.escape(term)}", re.MULTILINE) if _DIGIT.search(term) else None for term in terms
    ]

    def matches(values: Values) -> bool:
        text = "\n".join(value for name in names if (value := values.get(name))).casefold()
        return all(
            beginning.search(text) or (number and number.search(text.translate(_SEPARATORS)))
            for beginning, number in zip(beginnings, numbers, strict=True)
        )

    return matches
