"""What a child says; imports nothing until its figures are taken, as imports are what is measured."""

import sys


def answer(**found: object) -> None:
    """Say what was found out, as one line of JSON."""
    import json

    sys.stdout.write(f"{json.dumps(found)}\n")
    sys.stdout.flush()


def peak_mb() -> float:
    """The most memory this process has held, in MB of 1024 x 1024 bytes; 0 where that is not known."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - pathlib is not bare
            lines = status.readlines()
    except FileNotFoundError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
