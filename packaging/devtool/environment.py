"""Bringing .venv to the state a command needs, and doing nothing when it is there already."""

import subprocess
import sys
import time
from pathlib import Path

from devtool import installing, stamp, system
from devtool.places import Checkout, python_in
from devtool.saying import Stopped, say

SUPPORTED = ("3.11", "3.12", "3.13")
_WHAT = {
    "run": "the app's packages (about 120 MB, only once)",
    "dev": "the packages of the app and its check (about 170 MB, only once)",
    "bench": "the packages of the app, its check and its benchmarks",
}


def ensure(wanted: str, checkout: Checkout) -> Path:
    """Make .venv hold the set `wanted` (run, dev or bench) as locked; return its interpreter.

    Raises Stopped in words when this computer lacks something that cannot be put right from here.
    """
    python = python_in(checkout.venv)
    known = stamp.read(checkout)
    if known and python.exists() and stamp.covers(known, wanted, checkout):
        same = known.python == stamp.running_python() or known.python == installing.version_in(checkout.venv)
        if same:
            return python
    began = time.monotonic()
    if sys.platform == "linux":
        system.provide(system.find_missing(tests=wanted != "run"))
    _prepare(wanted, checkout)
    say(f"Ready after {time.monotonic() - began:.0f} s.")
    return python


def _prepare(wanted: str, checkout: Checkout) -> None:
    version = installing.version_in(checkout.venv)
    if version not in SUPPORTED:
        unusable = checkout.venv.exists()
        say("The environment in .venv does not work: making it anew…" if unusable else "Making .venv…")
        installing.make_venv(checkout.venv)
        version = stamp.running_python()
    stamp.remove(checkout)
    say(f"Installing {_WHAT[wanted]}…")
    installing.install(checkout.venv, checkout.lock_file(wanted), checkout.artefacts / "setup.log")
    _add_checkout_to_path(checkout)
    _see_that_qt_loads(checkout)
    stamp.write(checkout, packages=wanted, python=version)


def _add_checkout_to_path(checkout: Checkout) -> None:
    """Let `python -m app` work from any folder."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    python = str(python_in(checkout.venv))
    done = subprocess.run([python, "-c", question], capture_output=True, text=True, check=True)
    (Path(done.stdout.strip()) / "slotdesk.pth").write_text(f"{checkout.root}\n", encoding="utf-8")


def _see_that_qt_loads(checkout: Checkout) -> None:
    command = [
        str(python_in(checkout.venv)),
        "-c",
        "import PySide6.QtWidgets, PySide6.QtNetwork, PySide6.QtSvg",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise Stopped(f"Qt was installed but does not load here: {last}")
