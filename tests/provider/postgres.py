"""A PostgreSQL of the tests' own, on a socket in its own folder; started once, it ends with them."""

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

PATIENCE_S = 60.0
_USER = "slotdesk"
_OFF = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_programs() -> Path | None:
    """The folder of initdb and postgres; None without PostgreSQL, or when root cannot step down for it."""
    folders = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = next((folder for folder in folders if (folder / "postgres").exists()), None)
    if found is None or (os.geteuid() == 0 and not _stepping_down()):
        return None
    return found


def _stepping_down() -> list[str]:
    """What to put before a command that must not run as root; empty when that is impossible."""
    tool = shutil.which("setpriv")
    known = subprocess.run(["id", "-u", "postgres"], capture_output=True, check=False).returncode == 0
    return [tool, "--reuid=postgres", "--regid=postgres", "--clear-groups"] if tool and known else []


class OwnPostgres:
    """A running server; `new_database` gives the address of an empty database."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._folder = folder
        self._serial = itertools.count()
        before: Sequence[str] = ()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            before = _stepping_down()
        data = folder / "data"
        make = [*before, str(programs / "initdb"), "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8"]
        subprocess.run([*make, "--no-sync", "--no-locale"], check=True, capture_output=True, cwd=folder)
        run = [*before, str(programs / "postgres"), "-D", str(data), "-k", str(folder)]
        for setting in ("listen_addresses=", "max_connections=120", *_OFF):
            run += ["-c", setting]
        self._process = subprocess.Popen(
            run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            with contextlib.suppress(psycopg.OperationalError), self._connect():
                return
            assert self._process.poll() is None, "PostgreSQL did not start"
            assert time.monotonic() < deadline, "PostgreSQL did not answer"
            time.sleep(0.02)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self._folder), user=_USER, dbname="postgres", autocommit=True)

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"own_{next(self._serial)}"
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://{_USER}@/{name}?host={self._folder}"

    def stop(self) -> None:
        """End at once (an immediate shutdown): nothing in it is needed again."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(PATIENCE_S)


@contextlib.contextmanager
def running_postgres(programs: Path) -> Iterator[OwnPostgres]:
    """A server that ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="sd-pg-"))
    try:
        server = OwnPostgres(programs, folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
