"""The desk's form in words: the slot, the fields with their mistakes, consent, guests, and the footer."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.booking import BookingStage, NotBooked
from app.domain.forms import FieldIssue, FormField
from app.domain.guests import is_email
from app.domain.links import LinkKind
from app.domain.problems import AddressBlocked, GuestsRefused, Rejected
from app.domain.validation import (
    EMAIL,
    GUESTS,
    IDENTITY_FIELDS,
    asked_fields,
    check,
    consent_key,
    field_key,
)
from app.domain.zones import city_of
from app.ui.kit.wording import issue_text, words_for
from app.ui.screens.book.desk.inputs import DeskInputs

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class SlotCard:
    """When the meeting is: in the guest's zone, and in the rep's where the clocks differ.

    Before a time is picked it says whose times are shown, in as many lines; `hosts` are with whom it is.
    """

    when: str
    guest_zone: str
    own_time: str
    hosts: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class FieldProps:
    """One question of the link with its present answer; `error` is empty while nothing is wrong."""

    field: FormField
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class ConsentProps:
    """The link's consent texts and boxes: (type id, label, ticked, error)."""

    intro: str
    boxes: tuple[tuple[str, str, bool, str], ...]
    processing_label: str
    processing_ticked: bool
    processing_error: str
    footnotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormProps:
    """The whole form; `errors` maps the keys of `app.domain.validation` to sentences."""

    errors: Mapping[str, str]
    first_name: str
    last_name: str
    email: str
    needs_email: bool
    fields: tuple[FieldProps, ...]
    guests: tuple[str, ...]
    guest_limit: int
    takes_guests: bool
    consent: ConsentProps | None
    locale: str
    is_locked: bool


@dataclass(frozen=True, slots=True)
class FooterProps:
    """The buttons under the form."""

    label: str
    busy_label: str
    is_enabled: bool
    hint: str


def derive_slot_card(inputs: DeskInputs) -> SlotCard:
    """The picked time, or where to pick one."""
    slot, words, zone = inputs.slot, inputs.words, inputs.guest_zone
    same = translate("desk", "{city}, your time and the guest's")
    theirs = translate("desk", "{city}, guest's time")
    return SlotCard(
        when=words.span(slot.start, slot.end, zone)
        if slot is not None
        else translate("desk", "Pick a free time in the calendar"),
        guest_zone=(same if inputs.is_own_zone else theirs).format(city=city_of(zone)),
        own_time="" if inputs.is_own_zone else _own_time(inputs),
        hosts=_hosts(inputs),
        warning=_offline_warning(inputs) if slot is not None else "",
    )


def _own_time(inputs: DeskInputs) -> str:
    slot, city = inputs.slot, city_of(inputs.own_zone)
    if slot is None:
        return translate("desk", "{city}, your time").format(city=city)
    times = inputs.words.times(slot.start, slot.end, inputs.own_zone)
    return translate("desk", "{times} in {city}, your time").format(times=times, city=city)


def _hosts(inputs: DeskInputs) -> str:
    """With whom the meeting is, where that is not just the rep: all of a group, one of a round robin."""
    info = inputs.info
    if info is None:
        return ""
    names = ", ".join(member.full_name or member.email for member in info.members)
    match info.kind:
        case LinkKind.GROUP if names:
            return translate("desk", "With {names}").format(names=names)
        case LinkKind.ROUND_ROBIN if names:
            return translate("desk", "With one of {names}").format(names=names)
        case _:
            return ""


def derive_form(inputs: DeskInputs) -> FormProps:
    """The form with the mistakes that may be said by now."""
    info, answers = inputs.info, inputs.answers
    issues = check(answers, info) if info is not None else {}
    errors = {key: issue_text(issue) for key, issue in issues.items() if key in inputs.shown}
    errors.update(_refusals(inputs))
    return FormProps(
        errors=errors,
        first_name=answers.first_name,
        last_name=answers.last_name,
        email=answers.email,
        needs_email=_needs_email(inputs, errors),
        fields=tuple(
            FieldProps(asked, answers.values.get(asked.name, ""), errors.get(field_key(asked.name), ""))
            for asked in (asked_fields(info) if info is not None else ())
        ),
        guests=answers.guests,
        guest_limit=info.guests.limit if info is not None else 0,
        takes_guests=info is not None and info.guests.allowed,
        consent=_consent(inputs, errors),
        locale=answers.locale or (info.locale if info is not None else ""),
        is_locked=inputs.is_busy,
    )


def derive_footer(inputs: DeskInputs) -> FooterProps:
    """`Book meeting`, `Book 13:00` after a taken slot, `Save as draft` offline."""
    hint = translate("desk", "Ctrl ↵ books")
    if inputs.is_busy:
        return FooterProps(translate("desk", "Book meeting"), stage_words(inputs.stage), False, "")
    if inputs.is_offline:
        saves = translate("desk", "Ctrl ↵ saves")
        return FooterProps(translate("desk", "Save as draft"), "", inputs.link is not None, saves)
    label = translate("desk", "Book meeting")
    if inputs.slot is None:
        return FooterProps(label, "", False, translate("desk", "Pick a time first"))
    if inputs.is_slot_gone:
        return FooterProps(label, "", False, translate("desk", "Pick another time"))
    if inputs.taken is not None:
        label = translate("desk", "Book {time}").format(
            time=inputs.words.time(inputs.slot.start, inputs.guest_zone)
        )
    return FooterProps(label, "", inputs.info is not None, hint)


def stage_words(stage: BookingStage | None) -> str:
    """What the button says while the booking is under way."""
    match stage:
        case BookingStage.RECHECKING:
            return translate("desk", "Checking the time…")
        case BookingStage.SENDING:
            return translate("desk", "Booking…")
        case BookingStage.VERIFYING:
            return translate("desk", "Checking whether it went through…")
        case None:
            return ""


def all_issues(inputs: DeskInputs) -> dict[str, FieldIssue]:
    """Every mistake of the form, said or not."""
    return check(inputs.answers, inputs.info) if inputs.info is not None else {}


def _needs_email(inputs: DeskInputs, errors: Mapping[str, str]) -> bool:
    """The address is asked for unless the guest's record has a good one that nobody has touched."""
    contact = inputs.contact
    return contact is None or not is_email(contact.email) or EMAIL in errors or EMAIL in inputs.typed


def _refusals(inputs: DeskInputs) -> dict[str, str]:
    """What HubSpot said about single fields when it refused the booking; gone with the next change."""
    problem = inputs.outcome.problem if isinstance(inputs.outcome, NotBooked) else None
    match problem:
        case AddressBlocked():
            return {EMAIL: words_for(problem).title}
        case GuestsRefused():
            return {GUESTS: words_for(problem).title}
        case Rejected(fields=fields):
            return {IDENTITY_FIELDS.get(name, field_key(name)): text for name, text in fields.items()}
        case _:
            return {}


def _consent(inputs: DeskInputs, errors: Mapping[str, str]) -> ConsentProps | None:
    consent = inputs.info.consent if inputs.info is not None else None
    if consent is None:
        return None
    ticked = inputs.answers.consents
    return ConsentProps(
        intro=consent.intro,
        boxes=tuple(
            (
                box.type_id,
                f"{box.label} *" if box.is_required else box.label,
                box.type_id in ticked,
                errors.get(consent_key(box.type_id), ""),
            )
            for box in consent.boxes
        ),
        processing_label=consent.processing_label if consent.processing_required else "",
        processing_ticked=inputs.answers.processing_consent,
        processing_error=errors.get("processing", ""),
        footnotes=tuple(text for text in (consent.processing_text, consent.privacy_text) if text),
    )


def _offline_warning(inputs: DeskInputs) -> str:
    offline = inputs.info.offline_members if inputs.info is not None else ()
    if inputs.info is None or not offline:
        return ""
    if len(offline) == len(inputs.info.members):
        text = translate("desk", "HubSpot cannot see the calendar of {names}. The booking would fail.")
    else:
        text = translate(
            "desk", "HubSpot cannot see the calendar of {names}. The booking fails if it falls to them."
        )
    return text.format(names=", ".join(member.full_name or member.email for member in offline))
