"""What searching the links costs at every key press (goal P9), and how it grows; only prints.

Run it with `python -m tests.benchmarks.links`.
"""

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

from app.domain.link_search import LinkFilters, LinkIndex
from app.domain.links import LinkKind, LinkMarks, MeetingLink, Slug, UserId

GOAL_MS = 8.0
ROUNDS = 21
SIZES = (50, 500, 5_000)
TYPED = (
    "i",
    "in",
    "intro",
    "zur",
    "pdm",
    "xyz",
    "quarterly rev",
    "person17 intro",
    "qtrw",
    "technical scoping re",
)
WORDS = (
    *("Intro", "call", "Product", "demo", "Technical", "scoping", "Quarterly", "review", "Onboarding"),
    *("kick-off", "Renewal", "Partner", "Security", "Zürich", "café", "enablement", "migration"),
)


def made_links(count: int) -> tuple[tuple[MeetingLink, ...], dict[Slug, LinkMarks], dict[UserId, str]]:
    """Links with names of three words, some of them marked, and the names of fifty hosts."""
    rng = random.Random(count)
    names = {UserId(str(number)): f"{rng.choice(WORDS)} Person{number}" for number in range(50)}
    links = tuple(
        MeetingLink(
            id=str(number),
            slug=Slug(f"team{number % 40}/link-{number}"),
            url=f"https://meetings.hubspot.com/{number}",
            kind=rng.choice((LinkKind.PERSONAL, LinkKind.GROUP, LinkKind.ROUND_ROBIN)),
            name=f"{' '.join(rng.sample(WORDS, 3))} {number}",
            organizer_id=UserId(str(number % 50)),
            member_ids=tuple(UserId(str(rng.randrange(50))) for _ in range(3)),
            is_default=False,
        )
        for number in range(count)
    )
    marks = {link.slug: LinkMarks(is_favourite=True, tags=("emea",)) for link in links[::100]}
    return links, marks, names


def median_ms(call: Callable[[], object]) -> float:
    """The middle of several runs."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        call()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def print_growth() -> None:
    """One line a size: building, taking over, memory, and the slowest key press."""
    print("links   build ms   one star ms   memory KB   key press ms: median, worst")
    for count in SIZES:
        links, marks, names = made_links(count)
        tracemalloc.start()
        index = LinkIndex(links, marks, names)
        memory = tracemalloc.get_traced_memory()[0] / 1024
        tracemalloc.stop()
        starred = {**marks, links[1].slug: replace(LinkMarks(), is_favourite=True)}
        build = median_ms(lambda links=links, marks=marks, names=names: LinkIndex(links, marks, names))  # type: ignore[misc]
        star = median_ms(
            lambda links=links, marks=starred, names=names, old=index: LinkIndex(links, marks, names, old)  # type: ignore[misc]
        )
        keys = [median_ms(lambda index=index, typed=typed: index.search(typed)) for typed in TYPED]  # type: ignore[misc]
        middle, worst = statistics.median(keys), max(keys)
        print(f"{count:>5}   {build:>8.2f}   {star:>11.2f}   {memory:>9.0f}   {middle:>20.2f}, {worst:.2f}")


def print_key_presses() -> None:
    """One line for every text, over all the links; beside it plain lower-case containment."""
    links, marks, names = made_links(SIZES[-1])
    index = LinkIndex(links, marks, names)
    print(f"\nP9: key press over {len(links)} links, goal {GOAL_MS:.0f} ms; reference: plain containment")
    for typed in TYPED:
        found = median_ms(lambda typed=typed: index.search(typed))  # type: ignore[misc]
        plain = median_ms(lambda typed=typed: [link for link in links if typed in link.name.lower()])  # type: ignore[misc]
        total = index.search(typed).total
        print(f"BAR links-keystroke {typed!r:<24} {found:6.2f} ms  reference {plain:5.2f} ms  found {total}")
    filters = LinkFilters(kinds=frozenset({LinkKind.GROUP}), tag="emea")
    print(f"BAR links-keystroke with filters        {median_ms(lambda: index.search('in', filters)):6.2f} ms")


if __name__ == "__main__":
    print_growth()
    print_key_presses()
