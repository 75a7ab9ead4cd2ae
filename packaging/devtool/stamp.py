"""The note in .venv that says what is installed in it, so that a second run can start at once."""

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from devtool.places import Checkout

# Each set of packages contains the one before it.
SETS = ("run", "dev", "bench")
_NAME = "slotdesk-stamp.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was installed: the set, the hash of its lock file, for which Python and which checkout."""

    packages: str
    lock: str
    python: str
    root: str


def running_python() -> str:
    """The version of the interpreter that runs this, for example `3.11`."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def hash_of(lock_file: Path) -> str:
    """A hash of the lock file's text, the same with either kind of line ending."""
    return hashlib.sha256(lock_file.read_text(encoding="utf-8").encode()).hexdigest()


def read(checkout: Checkout) -> Stamp | None:
    """The stamp of this checkout's .venv; None when there is none or it cannot be read."""
    try:
        content = json.loads((checkout.venv / _NAME).read_text(encoding="utf-8"))
        return Stamp(**content)
    except (OSError, ValueError, TypeError):
        return None


def write(checkout: Checkout, *, packages: str, python: str) -> None:
    """Note that the set `packages` is now installed for `python`."""
    stamp = Stamp(
        packages=packages,
        lock=hash_of(checkout.lock_file(packages)),
        python=python,
        root=str(checkout.root),
    )
    (checkout.venv / _NAME).write_text(json.dumps(asdict(stamp)), encoding="utf-8")


def remove(checkout: Checkout) -> None:
    """Forget what is installed: from here on an interrupted set-up is noticed."""
    (checkout.venv / _NAME).unlink(missing_ok=True)


def covers(stamp: Stamp, wanted: str, checkout: Checkout) -> bool:
    """Whether the stamped environment already holds the set `wanted` as it is locked now."""
    return (
        stamp.packages in SETS
        and SETS.index(stamp.packages) >= SETS.index(wanted)
        and stamp.root == str(checkout.root)
        and stamp.lock == hash_of(checkout.lock_file(stamp.packages))
    )
