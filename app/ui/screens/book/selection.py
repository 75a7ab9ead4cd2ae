"""What is chosen on the Book screen: link, duration, slot, guest and zone, shared by its three panes."""

from PySide6.QtCore import QObject, Signal

from app.domain.booking import Booked
from app.domain.links import MeetingLink
from app.domain.records import Contact
from app.domain.slots import Slot
from app.ui.context import Manners


def usual_guest_zone(manners: Manners) -> str:
    """The IANA zone in which a guest reads times, as long as nothing is known of the guest."""
    return manners.preferences.guest_zone or manners.zone


class BookSelection(QObject):
    """The one state of the Book screen; every change goes through a setter and is announced once.

    `duration_ms` is a number the link advertises (0 before it is known); `guest_zone` is an IANA zone.
    """

    link_changed = Signal()
    duration_changed = Signal()
    slot_changed = Signal()
    prospect_changed = Signal()
    guest_zone_changed = Signal()
    desk_requested = Signal()
    booked = Signal(object)

    def __init__(self, guest_zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link: MeetingLink | None = None
        self._duration_ms = 0
        self._slot: Slot | None = None
        self._prospect: Contact | None = None
        self._guest_zone = guest_zone

    @property
    def link(self) -> MeetingLink | None:
        """The open link."""
        return self._link

    @property
    def duration_ms(self) -> int:
        """The chosen duration in ms."""
        return self._duration_ms

    @property
    def slot(self) -> Slot | None:
        """The picked slot."""
        return self._slot

    @property
    def prospect(self) -> Contact | None:
        """The CRM contact the meeting is for, when known."""
        return self._prospect

    @property
    def guest_zone(self) -> str:
        """The zone in which the guest reads the times."""
        return self._guest_zone

    def choose_link(self, link: MeetingLink | None) -> None:
        """Open another link; its duration and slot are not known yet."""
        if link == self._link:
            return
        is_other = link is None or self._link is None or link.slug != self._link.slug
        self._link = link
        if is_other:
            self.choose_slot(None)
            self.choose_duration(0)
        self.link_changed.emit()

    def choose_duration(self, duration_ms: int) -> None:
        """Switch the duration; a slot of another length is let go."""
        if duration_ms == self._duration_ms:
            return
        self._duration_ms = duration_ms
        if self._slot is not None and self._slot.duration.total_seconds() * 1000 != duration_ms:
            self.choose_slot(None)
        self.duration_changed.emit()

    def choose_slot(self, slot: Slot | None) -> None:
        """Pick a slot, or none."""
        if slot == self._slot:
            return
        self._slot = slot
        self.slot_changed.emit()

    def choose_prospect(self, prospect: Contact | None, *, takes_zone: bool = True) -> None:
        """Book for this contact; the zone on another contact's record becomes the guest's zone.

        Reading the same contact again leaves a zone alone that the rep has chosen meanwhile.
        """
        before, self._prospect = self._prospect, prospect
        if prospect == before:
            return
        self.prospect_changed.emit()
        is_other = prospect is not None and (before is None or before.id != prospect.id)
        if is_other and takes_zone and prospect is not None and prospect.zone:
            self.choose_guest_zone(prospect.zone)

    def choose_guest_zone(self, zone: str) -> None:
        """Read times in another zone; the picked slot stays the same instant."""
        if zone == self._guest_zone:
            return
        self._guest_zone = zone
        self.guest_zone_changed.emit()

    def open_desk(self) -> None:
        """Ask the desk to come forward with the keyboard focus."""
        self.desk_requested.emit()

    def announce(self, booked: Booked) -> None:
        """Say that a meeting was booked."""
        self.booked.emit(booked)
