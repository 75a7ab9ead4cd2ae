"""The command line of the provider service."""

import argparse
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NoReturn

from app.provider.settings import DEFAULT_JITSI, PIPEDRIVE_OAUTH

_SECRETS = (
    "Secrets come from the environment: SLOTDESK_PROVIDER_CLIENT_ID, _CLIENT_SECRET, _ADMIN_TOKEN (for the"
    " desktop app), _DATABASE_URL, _ROOM_PASSWORD; or from files that these variables with _FILE added name."
)


class _Parser(argparse.ArgumentParser):
    """A parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with status 2."""
        self.exit(2, f"provider: {message}\n")


def _between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else low - 1
        if not low <= number <= high:
            message = f"{text!r} is not a whole number from {low} to {high}"
            raise argparse.ArgumentTypeError(message)
        return number

    return parse


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or not text.isprintable() or " " in text:
        message = f"{text!r} is not a web address"
        raise argparse.ArgumentTypeError(message)
    return text.rstrip("/")


def _window(text: str) -> timedelta:
    return timedelta(seconds=_between(0, 3600)(text))


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; leaves with status 2 and one sentence when it is wrong."""
    parser = _Parser(prog="python -m app.provider", description="The Pipedrive video-call provider service.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    manifest = commands.add_parser("manifest", help="print the manifest for Developer Hub")
    manifest.add_argument("--base-url", required=True, metavar="URL", help="where Pipedrive reaches us")
    manifest.add_argument("--client-id", required=True, metavar="ID", help="from Developer Hub")
    check = commands.add_parser("check", help="check a manifest; 1 when it has errors")
    check.add_argument("file", metavar="FILE", help="- for standard input")
    check.add_argument("--client-id", metavar="ID", help="the client it should be for")
    commands.add_parser("schema", help="print the JSON Schema of a manifest")
    _add_serve(commands.add_parser("serve", help="run the service", epilog=_SECRETS))
    return parser.parse_args(arguments)


def _add_serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1)")
    serve.add_argument("--port", type=_between(0, 65_535), default=8700, help="0 takes any free one (8700)")
    serve.add_argument(
        "--workers", type=_between(1, 64), default=1, help="processes; more need PostgreSQL (1)"
    )
    serve.add_argument("--database-url", metavar="URL", help="sqlite:///FILE or postgresql://…")
    serve.add_argument("--base-url", type=_address, metavar="URL", help="where Pipedrive reaches us")
    serve.add_argument(
        "--jitsi-url", type=_address, default=DEFAULT_JITSI, metavar="URL", help="any Jitsi Meet"
    )
    serve.add_argument("--room-url", type=_address, metavar="URL", help="one room for all calls")
    serve.add_argument(
        "--oauth-url", type=_address, default=PIPEDRIVE_OAUTH, metavar="URL", help=argparse.SUPPRESS
    )
    serve.add_argument(
        "--repeat-window", type=_window, default=timedelta(seconds=30), metavar="SECONDS",
        help="a create repeated so soon gets the first answer again (30)",
    )  # fmt: skip
