"""Everything the desk is derived from."""

from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QLocale

from app.domain.booking import Booked, BookingOutcome, BookingStage
from app.domain.forms import Answers
from app.domain.links import BookingInfo, MeetingLink
from app.domain.records import Contact
from app.domain.slots import Slot
from app.domain.zones import canonical
from app.ui.kit.times import TimeWords


@dataclass(frozen=True, slots=True)
class DeskInputs:
    """The form as typed and what happens to it.

    `typed` holds the keys the rep touched, `shown` the keys whose mistakes are said already; `taken` is a
    picked slot that somebody else got, `nearest` the free times nearest to it; `stage` and `outcome` belong
    to the last booking of the open link.
    """

    guest_zone: str
    own_zone: str
    words: TimeWords = field(default_factory=lambda: TimeWords(QLocale.c()))
    link: MeetingLink | None = None
    info: BookingInfo | None = None
    duration_ms: int = 0
    slot: Slot | None = None
    taken: Slot | None = None
    nearest: tuple[Slot, ...] = ()
    contact: Contact | None = None
    answers: Answers = field(default_factory=Answers)
    typed: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    stage: BookingStage | None = None
    outcome: BookingOutcome | None = None
    is_offline: bool = False
    draft_saved_at: datetime | None = None
    is_draft_waiting: bool = False

    @property
    def is_busy(self) -> bool:
        """A booking is under way: the form is locked."""
        return self.stage is not None

    @property
    def is_own_zone(self) -> bool:
        """The guest reads the clock of the rep's own zone, by whichever of its names."""
        return canonical(self.guest_zone) == canonical(self.own_zone)

    @property
    def takes_bookings(self) -> bool:
        """Whether the open link can be booked here; HubSpot takes payments only on its own page."""
        return self.link is None or not self.link.is_paid

    @property
    def is_open(self) -> bool:
        """Whether the form may be sent or kept: nothing is under way for its link, and nothing booked."""
        is_settled = self.is_busy or isinstance(self.outcome, Booked)
        return self.link is not None and self.takes_bookings and not is_settled

    @property
    def is_slot_gone(self) -> bool:
        """What is picked is what somebody else got: another time has to be picked."""
        return self.slot is not None and self.slot == self.taken
