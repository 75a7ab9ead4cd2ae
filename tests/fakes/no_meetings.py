"""Meeting ports for stories in which nobody asks for meetings: any call fails."""

from typing import cast

from app.domain.ports_meetings import (
    FileCabinet,
    MeetingDirectory,
    MeetingPorts,
    MeetingWriter,
    RecordFinder,
)


class _Nobody:
    """Has no method, so that a call is an AttributeError."""


def no_meetings() -> MeetingPorts:
    """Ports that nobody may call."""
    nobody = _Nobody()
    return MeetingPorts(
        directory=cast("MeetingDirectory", nobody),
        writer=cast("MeetingWriter", nobody),
        files=cast("FileCabinet", nobody),
        records=cast("RecordFinder", nobody),
    )
