"""The commands of packaging/dev.py and what each one needs installed."""

import argparse
import subprocess
from collections.abc import Sequence

from devtool.places import Checkout
from devtool.saying import Stopped, say


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py", description="Slotdesk's commands. Each one first installs what it needs into .venv."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="start the app; arguments after -- go to it")
    run.add_argument("--sandbox", action="store_true", help="open it signed in to the sandbox")
    commands.add_parser("test", help="the whole check; arguments after -- go to pytest")
    commands.add_parser("bars", help="the bars at their full counts; arguments after -- go to pytest")
    commands.add_parser("bench", help="the benchmarks, side by side with their references")
    lock = commands.add_parser("lock", help="write the lock files again")
    lock.add_argument("--upgrade", action="store_true", help="take newer versions")
    return parser


def run_command(argv: Sequence[str], checkout: Checkout | None = None) -> int:
    """Do what `argv` says; return the exit code. Known failures are printed as sentences."""
    place = checkout or Checkout()
    own, rest = split_arguments(argv)
    options = _parser().parse_args(own)
    try:
        return _dispatch(options, rest, place)
    except Stopped as stopped:
        say(str(stopped))
        return stopped.exit_code
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def split_arguments(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before the first `--`, and what stands after it."""
    arguments = list(argv)
    if "--" not in arguments:
        return arguments, []
    place = arguments.index("--")
    return arguments[:place], arguments[place + 1 :]


def _dispatch(options: argparse.Namespace, rest: list[str], checkout: Checkout) -> int:
    # Imported where used: a second `run` should reach the app in a fraction of a second.
    if options.command == "lock":
        from devtool.locks import write_locks

        write_locks(checkout, upgrade=options.upgrade)
        return 0
    from devtool.environment import ensure

    if options.command == "run":
        from devtool.launch import start

        python = ensure("run", checkout)
        return start(python, [*(["--sandbox"] if options.sandbox else []), *rest], checkout)
    from devtool.check import check, run_pytest

    if options.command == "test":
        return check(ensure("dev", checkout), rest, checkout)
    if options.command == "bars":
        outcome, _ = run_pytest(ensure("dev", checkout), ["-m", "bar", "--full-bars", *rest], checkout)
        return 0 if outcome.passed else 1
    python = ensure("bench", checkout)
    command = [str(python), "-m", "tests.benchmarks", *rest]
    return subprocess.run(command, cwd=checkout.root, check=False).returncode
