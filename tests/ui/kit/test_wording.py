"""Every problem has words that say what happened, what was kept and what helps."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import get_args

import pytest

from app.domain.forms import FieldIssue
from app.domain.problems import (
    AddressBlocked,
    Conflict,
    Gone,
    GuestsRefused,
    KnownProblem,
    NotAllowed,
    Offline,
    Problem,
    Rejected,
    ServiceBroken,
    SignInFailed,
    SignInNeeded,
    SignInStop,
    SlotGone,
    SlowDown,
    StorageFailed,
    StorageTrouble,
    Unknown,
)
from app.ui.kit.wording import Remedy, issue_text, words_for

PROBLEMS: tuple[tuple[Problem, str, Remedy], ...] = (
    (Offline(), "No connection to HubSpot", Remedy.RETRY),
    (SignInNeeded("live-1-2"), "HubSpot no longer accepts this sign-in", Remedy.RECONNECT),
    (SlowDown(datetime(2026, 11, 23, tzinfo=UTC)), "HubSpot asks for a short pause", Remedy.WAIT),
    (Unknown("id-1"), "HubSpot's answer was lost", Remedy.NONE),
    (ServiceBroken("id-1"), "HubSpot had a fault of its own", Remedy.RETRY),
    (SlotGone("id-1"), "The time was just taken", Remedy.NONE),
    (
        AddressBlocked("ada@northwind.example", "id-1"),
        "This link does not accept ada@northwind.example",
        Remedy.NONE,
    ),
    (GuestsRefused("id-1"), "This link does not take these guests", Remedy.NONE),
    (Rejected("Bad value", reference="id-1"), "HubSpot did not accept this", Remedy.NONE),
    (Conflict("Exists already", reference="id-1"), "Somebody else was faster", Remedy.NONE),
    (Gone("link", "id-1"), "HubSpot does not have this any more", Remedy.RETRY),
    (
        NotAllowed(("crm.objects.owners.read",), "id-1"),
        "Your HubSpot sign-in does not allow this",
        Remedy.RECONNECT,
    ),
)


def test_the_table_holds_every_problem_but_sign_in_and_storage() -> None:
    held = {type(problem) for problem, _, _ in PROBLEMS}
    assert held | {SignInFailed, StorageFailed} == set(get_args(KnownProblem))


@pytest.mark.parametrize(("problem", "title", "remedy"), PROBLEMS, ids=lambda value: type(value).__name__)
def test_a_problem_has_a_title_a_text_and_a_remedy(problem: Problem, title: str, remedy: Remedy) -> None:
    words = words_for(problem)
    assert words.title == title
    assert words.remedy is remedy
    assert words.text
    assert "!" not in words.sentence
    assert words.sentence.startswith(f"{title}. {words.text}")


@pytest.mark.parametrize(
    "problem", [problem for problem, _, _ in PROBLEMS], ids=lambda value: type(value).__name__
)
def test_a_reference_is_told_where_hubspot_gave_one(problem: Problem) -> None:
    has_reference = any(field.name == "reference" for field in fields(problem))  # type: ignore[arg-type]
    words = words_for(problem)
    assert words.reference == ("id-1" if has_reference else "")
    assert words.sentence.endswith(" Reference id-1.") is has_reference


@pytest.mark.parametrize(
    "problem",
    [
        Unknown(),
        ServiceBroken(),
        SlotGone(),
        AddressBlocked("a@b.example"),
        GuestsRefused(),
        Rejected("x"),
        Gone("y"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_without_a_reference_nothing_is_said_of_one(problem: Problem) -> None:
    assert "eference" not in words_for(problem).sentence


def test_missing_permissions_are_named_or_said_to_be_unnamed() -> None:
    named = words_for(NotAllowed(("crm.objects.owners.read", "scheduler.meetings.meeting-link.read")))
    assert "crm.objects.owners.read, scheduler.meetings.meeting-link.read" in named.text
    assert "not named by HubSpot" in words_for(NotAllowed(())).text


def test_hubspots_own_sentence_is_kept() -> None:
    assert words_for(Rejected("Property size was not valid")).text == "Property size was not valid"


@pytest.mark.parametrize("stop", list(SignInStop))
def test_every_end_of_a_sign_in_has_its_own_sentence(stop: SignInStop) -> None:
    words = words_for(SignInFailed(stop, "53682, 53683"))
    others = [
        words_for(SignInFailed(other, "53682, 53683")).text for other in SignInStop if other is not stop
    ]
    assert words.text
    assert words.text not in others
    expected = {
        SignInStop.CANCELLED: Remedy.NONE,
        SignInStop.NO_CREDENTIALS: Remedy.CREDENTIALS,
        SignInStop.WRONG_CREDENTIALS: Remedy.CREDENTIALS,
    }
    assert words.remedy is expected.get(stop, Remedy.RETRY)


def test_busy_ports_are_named() -> None:
    assert "53682, 53683" in words_for(SignInFailed(SignInStop.NO_FREE_PORT, "53682, 53683")).text


@pytest.mark.parametrize("trouble", list(StorageTrouble))
def test_every_storage_trouble_names_the_file(trouble: StorageTrouble) -> None:
    words = words_for(StorageFailed(trouble, "settings.toml"))
    assert "settings.toml" in words.text
    assert words.remedy is (Remedy.RETRY if trouble is StorageTrouble.LOCKED else Remedy.NONE)


def test_storage_troubles_are_told_apart() -> None:
    texts = {words_for(StorageFailed(trouble, "x")).text for trouble in StorageTrouble}
    assert len(texts) == len(StorageTrouble)


@pytest.mark.parametrize("issue", list(FieldIssue))
def test_every_mistake_of_a_field_has_its_own_sentence(issue: FieldIssue) -> None:
    assert issue_text(issue)
    assert issue_text(issue) not in {issue_text(other) for other in FieldIssue if other is not issue}


def test_a_problem_without_words_does_not_pass_silently() -> None:
    with pytest.raises(AssertionError):
        words_for(Problem())
