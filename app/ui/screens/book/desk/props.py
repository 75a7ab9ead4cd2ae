"""Everything the desk shows, derived from one snapshot."""

from dataclasses import dataclass

from app.ui.screens.book.desk.confirmation import BookedProps, derive_booked
from app.ui.screens.book.desk.form import (
    FooterProps,
    FormProps,
    SlotCard,
    derive_footer,
    derive_form,
    derive_slot_card,
)
from app.ui.screens.book.desk.inputs import DeskInputs
from app.ui.screens.book.desk.outcome import NoticeProps, derive_notice


@dataclass(frozen=True, slots=True)
class DeskProps:
    """What the desk shows; `booked` replaces the form while it is there.

    `takes_bookings` is false for a link that only HubSpot's own page can book: then only the notice is shown.
    """

    title: str
    slot_card: SlotCard
    form: FormProps
    notice: NoticeProps | None
    footer: FooterProps
    booked: BookedProps | None
    takes_bookings: bool


def derive_desk(inputs: DeskInputs) -> DeskProps:
    """The whole desk from one snapshot."""
    return DeskProps(
        title=inputs.link.title if inputs.link is not None else "",
        slot_card=derive_slot_card(inputs),
        form=derive_form(inputs),
        notice=derive_notice(inputs),
        footer=derive_footer(inputs),
        booked=derive_booked(inputs),
        takes_bookings=inputs.takes_bookings,
    )
