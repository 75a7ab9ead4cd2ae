"""The command line of `slotdesk`."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app import __version__


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked for on the command line."""

    data_dir: Path | None
    debug: bool
    sandbox: bool
    tour: Path | None
    check: bool
    links: int | None = None

    @property
    def plays_tour(self) -> bool:
        """Whether nobody is to sit before the window."""
        return self.tour is not None or self.check


def parse(argv: Sequence[str]) -> Arguments:
    """Read `argv` (without the program's name); prints and exits for --help, --version and wrong words."""
    parser = argparse.ArgumentParser(
        prog="slotdesk",
        description="Book meetings from HubSpot meeting links in a native calendar.",
    )
    parser.add_argument("--version", action="version", version=f"Slotdesk {__version__}")
    parser.add_argument("--debug", action="store_true", help="write detailed logs, print them too")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything in DIR")
    parser.add_argument("--sandbox", action="store_true", help="open signed in to the sandbox")
    parser.add_argument("--sandbox-links", type=int, metavar="N", help="how many links the sandbox has")
    parser.add_argument(
        "--tour",
        type=Path,
        metavar="DIR",
        help="play the main job in the window, pictures to DIR",
    )
    parser.add_argument("--check", action="store_true", help="the tour without pictures; 0 if all is well")
    found = parser.parse_args(argv)
    return Arguments(
        data_dir=found.data_dir,
        debug=found.debug,
        sandbox=found.sandbox,
        tour=found.tour,
        check=found.check,
        links=found.sandbox_links,
    )
