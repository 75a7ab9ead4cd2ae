"""How the desk changes when something else is chosen: another link, slot or guest, a draft, an outcome."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from app.domain.booking import Booked, BookingOutcome, BookingStage, SlotTaken
from app.domain.drafts import DeskDraft
from app.domain.forms import Answers
from app.domain.guests import is_email
from app.domain.links import BookingInfo, MeetingLink
from app.domain.prefill import prefill, without_consent
from app.domain.records import Contact, ContactId
from app.domain.slots import Slot
from app.domain.validation import EMAIL, FIRST_NAME, LAST_NAME
from app.ui.screens.book.desk.inputs import DeskInputs

NAMES = frozenset({FIRST_NAME, LAST_NAME, EMAIL})


def opened(inputs: DeskInputs, link: MeetingLink | None, stage: BookingStage | None) -> DeskInputs:
    """Another link: its questions and its last booking are others, the guest stays."""
    kept = inputs.answers
    return replace(
        inputs,
        link=link,
        info=None,
        answers=Answers(first_name=kept.first_name, last_name=kept.last_name, email=kept.email),
        typed=inputs.typed & NAMES,
        shown=frozenset(),
        stage=stage,
        outcome=None,
        taken=None,
        nearest=(),
        draft_saved_at=None,
        is_draft_waiting=False,
    )


def is_other_guests(draft: DeskDraft, inputs: DeskInputs) -> bool:
    """Whether the draft was typed for another guest than the one who is chosen."""
    return inputs.contact is not None and draft.contact_id != inputs.contact.id


def restored(inputs: DeskInputs, draft: DeskDraft) -> DeskInputs:
    """The form as it was kept."""
    return replace(
        inputs,
        answers=draft.answers,
        typed=draft.typed,
        is_draft_waiting=draft.is_waiting,
        draft_saved_at=draft.saved_at,
    )


def answered(inputs: DeskInputs, answers: Answers, keys: AbstractSet[str]) -> DeskInputs:
    """The rep typed in the fields with these `keys`: neither their mistakes nor an old outcome are said."""
    return replace(
        inputs,
        answers=answers,
        typed=inputs.typed | keys,
        shown=inputs.shown - keys,
        outcome=inputs.outcome if isinstance(inputs.outcome, Booked) else None,
    )


def slot_picked(inputs: DeskInputs, slot: Slot | None, duration_ms: int) -> DeskInputs:
    """Another slot: one of the nearest keeps them on offer; after a booking it is the guest's next step."""
    offers = slot is not None and slot in inputs.nearest
    changed = replace(
        inputs,
        slot=slot,
        duration_ms=duration_ms,
        taken=inputs.taken if offers else None,
        nearest=inputs.nearest if offers else (),
    )
    if slot is None or inputs.outcome is None:
        return changed
    is_next_step = isinstance(inputs.outcome, Booked)
    answers = without_consent(inputs.answers) if is_next_step else inputs.answers
    return replace(changed, outcome=None, answers=answers)


def guest_chosen(inputs: DeskInputs, contact: Contact | None, *, is_restored: bool = False) -> DeskInputs:
    """Another guest: names and answers follow, what somebody else agreed to does not.

    The guest of a draft (`is_restored`) agreed already, as does one whose record was read again.
    """
    before = inputs.contact
    is_same = contact is not None and before is not None and contact.id == before.id
    changed = replace(inputs, contact=contact)
    if not is_same and not is_restored:
        changed = replace(
            changed, answers=without_consent(changed.answers), typed=changed.typed - NAMES, shown=frozenset()
        )
    return filled(changed) if contact is not None or before is not None else changed


def informed(inputs: DeskInputs, info: BookingInfo) -> DeskInputs:
    """The link's questions are known: those that are contact properties are answered from the record."""
    changed = replace(inputs, info=info)
    return filled(changed) if changed.contact is not None else changed


def filled(inputs: DeskInputs) -> DeskInputs:
    """Every field that the rep has not typed in takes the contact's value, or becomes empty."""
    answers, contact, typed = inputs.answers, inputs.contact, inputs.typed
    if inputs.info is not None:
        return replace(inputs, answers=prefill(inputs.info, contact, answers, typed))
    known = contact or Contact(id=ContactId(""), first_name="", last_name="", email="")
    names = {
        name: getattr(known, name)
        for key, name in ((FIRST_NAME, "first_name"), (LAST_NAME, "last_name"), (EMAIL, "email"))
        if key not in typed
    }
    return replace(inputs, answers=replace(answers, **names))


def new_guest(inputs: DeskInputs, text: str) -> tuple[DeskInputs, str]:
    """Somebody who is not in the CRM: what was typed becomes address or name; and the field to go to next."""
    if is_email(text):
        return answered(inputs, replace(inputs.answers, email=text), {EMAIL}), FIRST_NAME
    first, _, last = text.partition(" ")
    answers = replace(inputs.answers, first_name=first, last_name=last.strip())
    return answered(inputs, answers, {FIRST_NAME, LAST_NAME}), EMAIL if last else LAST_NAME


def settled(inputs: DeskInputs, outcome: BookingOutcome) -> DeskInputs:
    """What came of the link's booking."""
    match outcome:
        case SlotTaken(wanted=wanted, nearest=nearest):
            return replace(inputs, outcome=None, taken=wanted, nearest=nearest)
        case Booked():
            return replace(inputs, outcome=outcome, taken=None, nearest=(), is_draft_waiting=False)
        case _:
            return replace(inputs, outcome=outcome, taken=None, nearest=())


def emptied(inputs: DeskInputs) -> DeskInputs:
    """A desk for the next guest."""
    return replace(
        inputs,
        outcome=None,
        taken=None,
        nearest=(),
        contact=None,
        answers=Answers(),
        typed=frozenset(),
        shown=frozenset(),
        draft_saved_at=None,
        is_draft_waiting=False,
    )
