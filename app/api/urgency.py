"""Who waits for a call: the user, or nobody in particular."""

from enum import StrEnum


class Urgency(StrEnum):
    """USER goes first; BACKGROUND leaves room for it."""

    USER = "user"
    BACKGROUND = "background"
