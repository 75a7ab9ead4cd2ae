"""How the commands speak to the person: one sentence a line, no traceback."""

import sys


class Stopped(Exception):  # noqa: N818 - it is not an error of the program
    """The command cannot go on; the message is the sentence to print."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def say(sentence: str) -> None:
    """Print one line at once, also into a pipe."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
