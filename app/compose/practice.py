"""The practice world as a child process: started when first needed, and again when it has died."""

import asyncio
import contextlib
import json
import logging
import subprocess
import sys
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from app.compose.options import PracticeAddress
from app.domain.problems import Offline

START_TIMEOUT_S: Final = 30.0
STOP_TIMEOUT_S: Final = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PracticeSize:
    """How large the practice world is; None leaves the sandbox's own default."""

    links: int | None = None
    meetings: int | None = None

    def arguments(self) -> list[str]:
        """The same as command-line arguments of `python -m app.sandbox`."""
        found: list[str] = []
        if self.links is not None:
            found += ["--links", str(self.links)]
        if self.meetings is not None:
            found += ["--meetings", str(self.meetings)]
        return found


def sandbox_command() -> list[str]:
    """How this program starts its sandbox: as a module from a checkout, as itself when packaged."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--serve-sandbox"]
    return [sys.executable, "-m", "app.sandbox"]


class PracticeWorld:
    """Runs the sandbox on loopback while somebody needs it; it ends too when this process dies.

    One that died is started again where it listened before, so that whoever talked to it can go on.
    """

    def __init__(self, executor: Executor, size: PracticeSize) -> None:
        self._executor = executor
        self._size = size
        self._turn = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._spawning: asyncio.Future[None] | None = None
        self._address: PracticeAddress | None = None

    async def address(self) -> PracticeAddress:
        """Where it listens, once it does. Raises Offline when it cannot be started."""
        async with self._turn:
            if self._address is None or self._process is None or self._process.poll() is not None:
                self._address = await self._started_again(self._address)
            return self._address

    async def aclose(self) -> None:
        """Stop it, also one that is only being started."""
        if self._spawning is not None:
            await asyncio.wait({self._spawning})
            self._spawning.exception()
        self._stop()

    async def _started_again(self, before: PracticeAddress | None) -> PracticeAddress:
        found = None
        if before is not None:
            _log.info("the practice world has died and is started again")
            found = await self._start(_port(before.hubspot), _port(before.pipedrive))
        found = found or await self._start(0, 0)
        if found is None:
            _log.warning("the practice world could not be started")
            raise Offline
        _log.info("the practice world listens at %s and %s", found.hubspot, found.pipedrive)
        return found

    async def _start(self, hubspot_port: int, pipedrive_port: int) -> PracticeAddress | None:
        """Start one on these ports (0: any); None when it did not say where it listens."""
        self._stop()
        loop = asyncio.get_running_loop()
        try:
            self._spawning = loop.run_in_executor(self._executor, self._spawn, hubspot_port, pipedrive_port)
            await asyncio.shield(self._spawning)
            async with asyncio.timeout(START_TIMEOUT_S):
                return _address_in(await loop.run_in_executor(self._executor, self._first_line))
        except (OSError, TimeoutError):
            return None

    def _spawn(self, hubspot_port: int, pipedrive_port: int) -> None:
        ports = ["--hubspot-port", str(hubspot_port), "--pipedrive-port", str(pipedrive_port)]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*sandbox_command(), *ports, "--parent-pipe", *self._size.arguments()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _first_line(self) -> bytes:
        process = self._process
        return b"" if process is None or process.stdout is None else process.stdout.readline()

    def _stop(self) -> None:
        """End the process at once; it keeps nothing that could be lost."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_TIMEOUT_S)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _port(origin: str) -> int:
    return urlsplit(origin).port or 0


def _address_in(line: bytes) -> PracticeAddress | None:
    try:
        said = json.loads(line)
        return PracticeAddress(said["hubspot"], said.get("pipedrive", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
