"""The project's commands: `python3 packaging/dev.py run`, `test`, `bars`, `bench`, `lock`."""

import os
import sys

OLDEST = (3, 11)
FIRST_TOO_NEW = (3, 14)


def unsuitable(version):
    # type: (tuple[int, int]) -> str
    """The sentence that says why this Python cannot run Slotdesk; empty when it can."""
    if OLDEST <= version < FIRST_TOO_NEW:
        return ""
    kind = "too old" if version < OLDEST else "too new"
    return "Slotdesk needs Python 3.11, 3.12 or 3.13; this is Python {0}.{1}, which is {2}.".format(
        version[0], version[1], kind
    )


def suitable_on_path():
    # type: () -> str
    """The name of a suitable interpreter on PATH, newest first; empty when there is none."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    for name in ("python3.13", "python3.12", "python3.11"):
        for ending in ("", ".exe"):
            if any(os.path.isfile(os.path.join(folder, name + ending)) for folder in folders):  # noqa: PTH118, PTH113
                return name
    return ""


def main():
    # type: () -> int
    """Refuse a Python that cannot work in one sentence; else hand over to the commands."""
    sentence = unsuitable(sys.version_info[:2])
    if sentence:
        other = suitable_on_path()
        advice = "Run it with {0} instead." if other else "Install one of them and run this again."
        print(sentence + " " + advice.format(other))
        return 1
    from devtool.commands import run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
