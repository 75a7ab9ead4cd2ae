"""Making virtual environments and filling them from lock files with pip."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from devtool.places import python_in
from devtool.saying import Stopped

_NO_NETWORK = re.compile(
    r"Retrying \(Retry\(|NewConnectionError|NameResolutionError|Temporary failure in name resolution"
    r"|ProxyError|ConnectTimeout|Read timed out|Connection refused|Network is unreachable|getaddrinfo failed"
)
_CAUSES = (
    (re.compile(r"CERTIFICATE_VERIFY_FAILED|SSLError"), "the server's certificate is not trusted here"),
    (re.compile(r"DO NOT MATCH THE HASHES"), "a package differs from the one that was locked"),
    (re.compile(r"No space left on device"), "the disk is full"),
    (_NO_NETWORK, "there is no network connection to the package index"),
)


def make_venv(venv: Path) -> None:
    """Make a fresh virtual environment, in the place of a broken one if need be."""
    if venv.exists():
        shutil.rmtree(venv)
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        shutil.rmtree(venv, ignore_errors=True)
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Stopped(f"Python could not make an environment in {venv}: {' '.join(last)}")


def version_in(venv: Path) -> str | None:
    """The version of the environment's Python, for example `3.11`; None when it or its pip is broken."""
    question = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run(
            [str(python_in(venv)), "-c", question], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def cause_of(output: str) -> str:
    """Why pip failed, in words; empty when its output names no known cause."""
    return next((words for pattern, words in _CAUSES if pattern.search(output)), "")


def install(venv: Path, lock_file: Path, log: Path) -> None:
    """Install exactly what `lock_file` names, every file checked against its hash.

    pip's own settings (indexes, certificates, proxies) are the person's and stay in force. Its whole output
    goes to `log`. Raises Stopped with the cause in one sentence.
    """
    command = [str(python_in(venv)), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-cache-dir", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    done = subprocess.run(
        [*command, "-r", str(lock_file)],
        env={**os.environ, "PIP_USER": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(done.stdout, encoding="utf-8")
    if done.returncode == 0:
        return
    cause = cause_of(done.stdout)
    if cause:
        raise Stopped(f"The packages could not be installed: {cause}. Run this again when that is solved.")
    last = "\n  ".join(line for line in done.stdout.splitlines() if line.startswith("ERROR"))
    raise Stopped(f"The packages could not be installed. pip said:\n  {last}\nThe whole output is in {log}.")
