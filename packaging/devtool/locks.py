"""Writing the lock files: every version and hash, for Python 3.11 to 3.13 on every platform, no address."""

import os
import subprocess
from pathlib import Path

from devtool import installing
from devtool.places import Checkout, python_in
from devtool.saying import Stopped, say

# run comes first: all others agree with it.
NAMES = ("run", "dev", "bench", "server", "build", "lock")
_HEADER = "# Written by `python3 packaging/dev.py lock` from {name}.in. Do not edit.\n"


def write_locks(checkout: Checkout, *, upgrade: bool) -> None:
    """Lock all requirement files again; `upgrade` takes newer versions where the .in files allow them."""
    venv = checkout.lock_venv
    if installing.version_in(venv) is None:
        say("Making the environment of the lock tool…")
        installing.make_venv(venv)
    installing.install(venv, checkout.lock_file("lock"), checkout.artefacts / "setup.log")
    for name in NAMES:
        _lock(name, checkout, python_in(venv), upgrade=upgrade)
        say(f"Locked {name}.txt")


def _lock(name: str, checkout: Checkout, python: Path, *, upgrade: bool) -> None:
    # Paths relative to the checkout, because uv repeats them in its notes.
    source = checkout.requirements.relative_to(checkout.root) / f"{name}.in"
    target = checkout.lock_file(name)
    command = [str(python), "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--python-version", "3.11", "--no-header", "--output-file"]
    command += [str(target.relative_to(checkout.root)), str(source)]
    if name != "run":
        command += ["--constraint", str(checkout.lock_file("run").relative_to(checkout.root))]
    if upgrade:
        command.append("--upgrade")
    environment = {**os.environ, "UV_NO_CONFIG": "1", "UV_CACHE_DIR": str(checkout.root / "build" / "uv")}
    done = subprocess.run(
        command, cwd=checkout.root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Stopped(f"{name}.in could not be locked: {done.stderr.strip()}")
    body = target.read_text(encoding="utf-8")
    target.write_text(_HEADER.format(name=name) + body, encoding="utf-8", newline="\n")
