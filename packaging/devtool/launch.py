"""Starting the app, or its tour when there is no display to show a window on."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtool.places import Checkout
from devtool.saying import say


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown: always on macOS and Windows, else when a display server is named."""
    if platform != "linux":
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def app_command(python: Path, arguments: Sequence[str]) -> list[str]:
    """The command line of the app; -P keeps the person's current folder off the import path."""
    return [str(python), "-P", "-m", "app", *arguments]


def start(python: Path, arguments: Sequence[str], checkout: Checkout) -> int:
    """Start the app and return its exit code; on Linux and macOS this process becomes the app."""
    if has_display(sys.platform, os.environ):
        command = app_command(python, arguments)
        if os.name != "nt":
            os.execv(command[0], command)
        return subprocess.run(command, check=False).returncode
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if set(arguments) - {"--sandbox"}:
        return subprocess.run(app_command(python, arguments), env=offscreen, check=False).returncode
    return _play_tour(python, offscreen, checkout)


def _play_tour(python: Path, environment: dict[str, str], checkout: Checkout) -> int:
    pictures = checkout.artefacts / "tour"
    pictures.mkdir(parents=True, exist_ok=True)
    say("There is no display here, so the app plays its tour without one…")
    command = app_command(python, ["--tour", str(pictures), "--sandbox"])
    code = subprocess.run(command, env=environment, check=False).returncode
    if code == 0:
        say(f"The tour went through. Its pictures and report.json are in {pictures}")
    else:
        say(f"The tour did not go through (exit code {code}). What it got to is in {pictures}")
    return code
