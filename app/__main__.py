"""`python -m app`: starts Slotdesk."""

from typing import NoReturn

from app.stopping import leave, leaving_at_once


def start() -> NoReturn:
    """Run Slotdesk and end the process with its exit code."""
    with leaving_at_once():
        # Qt takes a third of a second to load; a signal meanwhile must not end in a traceback.
        from app.main import main

        leave(main())


if __name__ == "__main__":
    start()
