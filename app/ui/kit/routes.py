"""Ways from one screen to another; the screens do not know each other, the window shows the right one."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from app.domain.meetings import CrmRecord, MeetingDetails


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """What a new log entry starts with."""

    details: MeetingDetails = field(default_factory=MeetingDetails)
    records: tuple[CrmRecord, ...] = ()


class Routes(QObject):
    """Asked by any screen; the screen that can answer listens, and the window brings it to the front.

    `meeting_requested` carries a MeetingId to open, `new_meeting_requested` a NewMeeting to log,
    `plan_requested` a NewMeeting to put into the calendar without a link.
    """

    meeting_requested = Signal(object)
    new_meeting_requested = Signal(object)
    plan_requested = Signal(object)
    outbox_requested = Signal()
