"""Problems in words: what happened, what was kept, what to do; the only place that writes them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never, cast

from PySide6.QtCore import QCoreApplication

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

translate = QCoreApplication.translate


class Remedy(StrEnum):
    """The one thing that helps; the screen that shows the words offers it as a button."""

    NONE = "none"
    RETRY = "retry"
    RECONNECT = "reconnect"
    CREDENTIALS = "credentials"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Words:
    """A problem as a rep reads it; `reference` is HubSpot's correlation id for its support."""

    title: str
    text: str
    remedy: Remedy = Remedy.NONE
    reference: str = ""

    @property
    def sentence(self) -> str:
        """Title, text and reference on one line, for the status line and screen readers."""
        tail = translate("wording", " Reference {id}.").format(id=self.reference) if self.reference else ""
        return f"{self.title}. {self.text}{tail}"


def words_for(problem: Problem) -> Words:
    """The words for any problem; a problem without words is a type error."""
    known = cast(KnownProblem, problem)
    match known:
        case SignInFailed():
            return _sign_in(known)
        case StorageFailed():
            return _storage(known)
        case SlotGone() | AddressBlocked() | GuestsRefused():
            return _booking(known)
        case Rejected() | Conflict() | Gone() | NotAllowed():
            return _refusal(known)
        case Offline() | SignInNeeded() | SlowDown() | Unknown() | ServiceBroken():
            return _connection(known)
        case _:
            assert_never(known)


def _connection(problem: Offline | SignInNeeded | SlowDown | Unknown | ServiceBroken) -> Words:
    match problem:
        case Offline():
            return Words(
                translate("wording", "No connection to HubSpot"),
                translate("wording", "Nothing was sent. What you typed is kept."),
                Remedy.RETRY,
            )
        case SignInNeeded():
            return Words(
                translate("wording", "HubSpot no longer accepts this sign-in"),
                translate("wording", "Reconnect to go on. Your data on this computer stays."),
                Remedy.RECONNECT,
            )
        case SlowDown():
            return Words(
                translate("wording", "HubSpot asks for a short pause"),
                translate("wording", "Slotdesk goes on by itself as soon as it may."),
                Remedy.WAIT,
            )
        case Unknown():
            return Words(
                translate("wording", "HubSpot's answer was lost"),
                translate(
                    "wording", "Slotdesk checks whether it went through before anything is sent again."
                ),
                reference=problem.reference or "",
            )
        case ServiceBroken():
            return Words(
                translate("wording", "HubSpot had a fault of its own"),
                translate("wording", "Try again in a moment. What you typed is kept."),
                Remedy.RETRY,
                problem.reference or "",
            )
        case _:
            assert_never(problem)


def _booking(problem: SlotGone | AddressBlocked | GuestsRefused) -> Words:
    reference = problem.reference or ""
    match problem:
        case SlotGone():
            return Words(
                translate("wording", "The time was just taken"),
                translate("wording", "Your form is kept. Pick another time."),
                reference=reference,
            )
        case AddressBlocked():
            return Words(
                translate("wording", "This link does not accept {email}").format(email=problem.email),
                translate("wording", "Use another address of the guest, or another link."),
                reference=reference,
            )
        case GuestsRefused():
            return Words(
                translate("wording", "This link does not take these guests"),
                translate("wording", "Remove the added guests and book again."),
                reference=reference,
            )
        case _:
            assert_never(problem)


def _refusal(problem: Rejected | Conflict | Gone | NotAllowed) -> Words:
    reference = problem.reference or ""
    match problem:
        case Rejected():
            return Words(
                translate("wording", "HubSpot did not accept this"), problem.message, reference=reference
            )
        case Conflict():
            return Words(
                translate("wording", "Somebody else was faster"), problem.message, reference=reference
            )
        case Gone():
            return Words(
                translate("wording", "HubSpot does not have this any more"),
                translate("wording", "Refresh the list, or open it in the browser."),
                Remedy.RETRY,
                reference,
            )
        case NotAllowed():
            return Words(
                translate("wording", "Your HubSpot sign-in does not allow this"),
                translate("wording", "Missing permission: {scopes}. A super admin can grant it.").format(
                    scopes=", ".join(problem.missing_scopes) or translate("wording", "not named by HubSpot")
                ),
                Remedy.RECONNECT,
                reference,
            )
        case _:
            assert_never(problem)


def _sign_in(problem: SignInFailed) -> Words:
    title = translate("wording", "You are not signed in")
    match problem.stop:
        case SignInStop.CANCELLED:
            return Words(title, translate("wording", "The sign-in was cancelled. Nothing has changed."))
        case SignInStop.TIMED_OUT:
            text = translate("wording", "The browser did not answer within five minutes. Start again.")
            return Words(title, text, Remedy.RETRY)
        case SignInStop.DECLINED:
            text = translate("wording", "Access was declined in the browser. Nothing has changed.")
            return Words(title, text, Remedy.RETRY)
        case SignInStop.NO_FREE_PORT:
            text = translate(
                "wording", "Another program uses the ports that sign-in needs ({ports}). Close it."
            )
            return Words(title, text.format(ports=problem.detail), Remedy.RETRY)
        case SignInStop.NO_CREDENTIALS:
            text = translate("wording", "Enter your HubSpot app's client ID and secret first.")
            return Words(title, text, Remedy.CREDENTIALS)
        case SignInStop.WRONG_CREDENTIALS:
            text = translate("wording", "HubSpot does not know this client ID and secret. Check them.")
            return Words(title, text, Remedy.CREDENTIALS)
        case SignInStop.CODE_REFUSED:
            text = translate("wording", "HubSpot refused the browser's answer. Start again.")
            return Words(title, text, Remedy.RETRY)
        case SignInStop.BROWSER_NOT_OPENED:
            text = translate("wording", "The browser could not be opened. Copy the address into it yourself.")
            return Words(title, text, Remedy.RETRY)
        case SignInStop.STRANGE_ANSWER:
            text = translate(
                "wording", "HubSpot answered something Slotdesk does not understand. Start again."
            )
            return Words(title, text, Remedy.RETRY)
        case _:
            assert_never(problem.stop)


def _storage(problem: StorageFailed) -> Words:
    title = translate("wording", "This computer could not keep your data")
    where = problem.path
    match problem.trouble:
        case StorageTrouble.UNREADABLE:
            text = translate("wording", "{path} cannot be read. Check what it is, and its permissions.")
            return Words(title, text.format(path=where))
        case StorageTrouble.READ_ONLY:
            text = translate("wording", "{path} cannot be written. Check its permissions.")
            return Words(title, text.format(path=where))
        case StorageTrouble.FULL:
            text = translate("wording", "The disk of {path} is full. Free some space.")
            return Words(title, text.format(path=where))
        case StorageTrouble.NEWER_VERSION:
            text = translate("wording", "{path} was written by a newer Slotdesk. Update Slotdesk.")
            return Words(translate("wording", "This Slotdesk is too old"), text.format(path=where))
        case StorageTrouble.DAMAGED:
            text = translate("wording", "{path} was kept aside. Slotdesk goes on with what could be read.")
            return Words(translate("wording", "A damaged file was mended"), text.format(path=where))
        case StorageTrouble.IN_USE:
            text = translate("wording", "{path} is in use by another Slotdesk. Close that one first.")
            return Words(translate("wording", "Slotdesk is open already"), text.format(path=where))
        case StorageTrouble.LOCKED:
            text = translate("wording", "{path} is locked. Unlock it and try again.")
            return Words(title, text.format(path=where), Remedy.RETRY)
        case StorageTrouble.NOT_UNDERSTOOD:
            text = translate("wording", "{path} says something Slotdesk does not understand. Correct it.")
            return Words(translate("wording", "A settings file needs mending"), text.format(path=where))
        case _:
            assert_never(problem.trouble)


def issue_text(issue: FieldIssue) -> str:
    """The sentence beside a form field that cannot be sent."""
    match issue:
        case FieldIssue.MISSING:
            return translate("wording", "Required")
        case FieldIssue.NOT_A_NUMBER:
            return translate("wording", "Enter a number, such as 12 or 12.5")
        case FieldIssue.NOT_A_DATE:
            return translate("wording", "Enter a date")
        case FieldIssue.NOT_AN_EMAIL:
            return translate("wording", "Enter an e-mail address, such as ada@northwind.example")
        case FieldIssue.NOT_A_PHONE:
            return translate("wording", "Enter a phone number with digits, such as +49 30 1234567")
        case FieldIssue.NOT_A_CHOICE:
            return translate("wording", "Pick one of the choices")
        case FieldIssue.TOO_MANY_GUESTS:
            return translate("wording", "More guests than this link takes")
        case FieldIssue.GUESTS_REFUSED:
            return translate("wording", "This link takes no extra guests")
        case FieldIssue.CONSENT_NEEDED:
            return translate("wording", "The guest has to agree before you can book")
        case FieldIssue.BROWSER_ONLY:
            return translate("wording", "Files can only be sent on the booking page in the browser")
        case _:
            assert_never(issue)
