"""How well typed words match a title: word starts, initials, inner letters, letters in order."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from app.domain.spelling import folded

TITLE_START, TITLE_WORD, INITIALS, IN_TITLE, ELSEWHERE, LETTERS, NO_MATCH = range(7)
"""How well a word matches, best first; plain numbers, as 5,000 titles are compared at every key press."""

_FEWEST_LETTERS: Final = 3
_BREAKS: Final = re.compile(r"[\W_]+")
_ASCII_BREAKS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}


class Wording(NamedTuple):
    """A thing as the search reads it; every word of `title` and `rest` follows a space."""

    title: str
    rest: str
    initials: str


class Probe(NamedTuple):
    """One typed word, prepared for many comparisons."""

    word: str
    spaced: str
    letters: re.Pattern[str] | None


def words_of(text: str) -> str:
    """The words of a text without case, accents and punctuation, one space apart."""
    plain = folded(text)
    if plain.isascii():
        return " ".join(plain.translate(_ASCII_BREAKS).split())
    return _BREAKS.sub(" ", plain).strip()


def wording(title: str, words: Iterable[str]) -> Wording:
    """Prepare a title, and whatever else may be searched for as `words_of` makes it."""
    plain = words_of(title)
    return Wording(f" {plain}", " ".join(("", *words)), "".join([word[0] for word in plain.split()]))


def probes_of(text: str) -> tuple[Probe, ...]:
    """Every word of what was typed, the longest (which rules out most) first."""
    words = sorted(words_of(text).split(), key=len, reverse=True)
    return tuple(Probe(word, f" {word}", _letters_of(word)) for word in words)


def _letters_of(word: str) -> re.Pattern[str] | None:
    """The word's letters in order with anything between; short words would match nearly everything."""
    if len(word) < _FEWEST_LETTERS:
        return None
    return re.compile("".join(f"[^{letter}]*{letter}" for letter in map(re.escape, word)))


def quality(wanted: Wording, probes: Iterable[Probe]) -> int:
    """The quality of the word that matches worst; NO_MATCH where one does not match at all."""
    title, rest, initials = wanted
    worst = TITLE_START
    for word, spaced, letters in probes:
        if word in title:
            if spaced not in title:
                found = INITIALS if initials.startswith(word) else IN_TITLE
            else:
                found = TITLE_START if title.startswith(spaced) else TITLE_WORD
        elif initials.startswith(word):
            found = INITIALS
        elif spaced in rest:
            found = ELSEWHERE
        elif letters and letters.match(title):
            found = LETTERS
        else:
            return NO_MATCH
        if found > worst:
            worst = found
    return worst


def highlights(title: str, text: str) -> tuple[tuple[int, int], ...]:
    """The ranges (start, end) of `title` that the words of `text` match, in order; for rows on screen."""
    plain, places = _plain_with_places(title)
    marked = {places[place] for probe in probes_of(text) for place in _matched(plain, probe.word)}
    ranges: list[tuple[int, int]] = []
    for place in sorted(marked):
        if ranges and ranges[-1][1] == place:
            ranges[-1] = (ranges[-1][0], place + 1)
        else:
            ranges.append((place, place + 1))
    return tuple(ranges)


def _plain_with_places(title: str) -> tuple[str, list[int]]:
    """The title as the search reads it, and for every character its place in the title."""
    letters, places = [" "], [0]
    for place, letter in enumerate(title):
        plain = _BREAKS.sub(" ", folded(letter))
        letters.append(plain)
        places.extend([place] * len(plain))
    return "".join(letters), places


def _matched(plain: str, word: str) -> Sequence[int]:
    start = plain.find(f" {word}")
    if start >= 0:
        return range(start + 1, start + 1 + len(word))
    initials = [match.start() for match in re.finditer(r"(?<= )\S", plain)]
    if "".join(plain[place] for place in initials).startswith(word):
        return initials[: len(word)]
    start = plain.find(word)
    if start >= 0:
        return range(start, start + len(word))
    return _spread(plain, word)


def _spread(plain: str, word: str) -> Sequence[int]:
    """Where the letters of the word stand one after the other; nothing where one is missing."""
    places: list[int] = []
    for letter in word if len(word) >= _FEWEST_LETTERS else "":
        place = plain.find(letter, places[-1] + 1 if places else 0)
        if place < 0:
            return ()
        places.append(place)
    return places
