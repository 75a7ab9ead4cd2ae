"""Snapshots and who is told of them."""

from collections.abc import Callable

import pytest

from app.services.published import Published
from tests.services.world import no_errors


def test_subscribers_are_told_in_order_of_every_change() -> None:
    published, seen = Published(0, no_errors), list[tuple[str, int]]()
    published.subscribe(lambda value: seen.append(("a", value)))
    published.subscribe(lambda value: seen.append(("b", value)))
    published.set(1)
    published.set(1)
    published.set(2)
    assert seen == [("a", 1), ("b", 1), ("a", 2), ("b", 2)]
    assert published.value == 2


def test_who_has_left_is_not_told() -> None:
    published, seen = Published(0, no_errors), list[int]()
    leave = published.subscribe(seen.append)
    published.set(1)
    leave()
    leave()
    published.set(2)
    assert seen == [1]


def test_the_same_callback_may_subscribe_twice() -> None:
    published, seen = Published(0, no_errors), list[int]()
    leave = published.subscribe(seen.append)
    published.subscribe(seen.append)
    published.set(1)
    leave()
    published.set(2)
    assert seen == [1, 1, 2]


def test_who_leaves_while_others_are_told_is_not_told_any_more() -> None:
    published, seen = Published(0, no_errors), list[int]()
    leaving: list[Callable[[], None]] = []
    published.subscribe(lambda value: leaving[0]())
    leaving.append(published.subscribe(seen.append))
    published.set(1)
    assert seen == []


def test_an_error_goes_to_the_sink_and_the_others_are_told() -> None:
    errors: list[Exception] = []
    published, seen = Published(0, errors.append), list[int]()
    broken = ValueError("broken")

    def fail(value: int) -> None:
        raise broken

    published.subscribe(fail)
    published.subscribe(seen.append)
    published.set(1)
    assert errors == [broken]
    assert seen == [1]


def test_an_interrupt_is_not_swallowed() -> None:
    published = Published(0, no_errors)

    def interrupt(value: int) -> None:
        raise KeyboardInterrupt

    published.subscribe(interrupt)
    with pytest.raises(KeyboardInterrupt):
        published.set(1)


def test_nobody_sees_an_older_value_after_a_newer_one() -> None:
    published, seen = Published(0, no_errors), list[int]()
    published.subscribe(lambda value: published.set(2) if value == 1 else None)
    published.subscribe(seen.append)
    published.set(1)
    assert seen == [2]
