"""`python -m app.sandbox`: serve the sandbox for any HTTP client.

Prints one JSON line with the base addresses when ready, and ends cleanly on SIGINT, SIGTERM or, with
`--parent-pipe`, when standard input is closed.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from types import FrameType
from typing import NoReturn

from app.sandbox.instants import parse_instant
from app.sandbox.sandbox import DEFAULT_SEED, SandboxOptions
from app.sandbox.server import SandboxServer
from app.sandbox.sockets import StartError
from app.sandbox.world.world import DEFAULT_LINKS, DEFAULT_MEETINGS


class _Parser(argparse.ArgumentParser):
    """A parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with status 2."""
        self.exit(2, f"sandbox: {message}\n")


def _between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            message = f"{text!r} is not a whole number from {low} to {high}"
            raise argparse.ArgumentTypeError(message)
        return number

    return parse


def _instant(text: str) -> datetime:
    moment = parse_instant(text)
    if moment is None:
        message = f"{text!r} is not an instant such as 2026-11-20T08:00:00Z"
        raise argparse.ArgumentTypeError(message)
    return moment


def _redirect(text: str) -> str:
    if not text.startswith(("http://localhost:", "https://")):
        message = f"{text!r} must begin with http://localhost: or https://"
        raise argparse.ArgumentTypeError(message)
    return text


def _token(text: str) -> str:
    if not text.isascii() or not text.isprintable() or not text or " " in text:
        message = "the token must be printable ASCII without spaces"
        raise argparse.ArgumentTypeError(message)
    return text


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; leaves with status 2 and one sentence when it is wrong."""
    parser = _Parser(prog="python -m app.sandbox", description="A local HubSpot (and Pipedrive) on loopback.")
    port, count = _between(0, 65_535), _between(0, 1_000_000)
    parser.add_argument(
        "--hubspot-port", type=port, default=8787, metavar="PORT", help="0 takes any free one"
    )
    parser.add_argument("--pipedrive-port", type=port, default=8788, metavar="PORT", help="0 as above")
    parser.add_argument("--token", type=_token, help="a bearer with every scope, for scripts")
    parser.add_argument("--links", type=count, default=DEFAULT_LINKS, help="how many meeting links")
    parser.add_argument("--meetings", type=count, default=DEFAULT_MEETINGS, help="how many meetings")
    parser.add_argument("--seed", type=_between(0, 2**63), default=DEFAULT_SEED, help="what makes the world")
    parser.add_argument("--limits", action="store_true", help="enforce HubSpot's rate limits")
    parser.add_argument("--search-lag", type=_between(0, 3600), default=0, metavar="SECONDS")
    parser.add_argument("--now", type=_instant, metavar="ISO", help="the instant to start at")
    parser.add_argument(
        "--redirect", type=_redirect, action="append", default=[], metavar="URL", help="one more redirect URL"
    )
    parser.add_argument("--parent-pipe", action="store_true", help="end when standard input is closed")
    return parser.parse_args(arguments)


def _server(chosen: argparse.Namespace) -> SandboxServer:
    options = SandboxOptions(
        links=chosen.links,
        meetings=chosen.meetings,
        seed=chosen.seed,
        now=chosen.now,
        token=chosen.token,
        limits=chosen.limits,
        search_lag_s=chosen.search_lag,
        redirect_urls=tuple(chosen.redirect),
    )
    return SandboxServer(options, hubspot_port=chosen.hubspot_port, pipedrive_port=chosen.pipedrive_port)


def _announce(server: SandboxServer) -> None:
    line = json.dumps({"hubspot": server.hubspot_url, "pipedrive": server.pipedrive_url})
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stop_with_parent(server: SandboxServer) -> None:
    """Stop when the pipe on standard input closes, which is how the parent's death shows."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        server.stop()

    threading.Thread(target=watch, name="parent-pipe", daemon=True).start()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; return the exit status."""
    chosen = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    server = _server(chosen)

    def stop(_: int, __: FrameType | None) -> None:
        server.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        server.bind()
    except StartError as problem:
        sys.stderr.write(f"sandbox: {problem}\n")
        return 1
    if chosen.parent_pipe:
        _stop_with_parent(server)
    asyncio.run(server.serve(lambda: _announce(server)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
