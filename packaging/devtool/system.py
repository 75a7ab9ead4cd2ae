"""What the operating system has to bring: Qt's shared libraries, venv, and the tools of the tests."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devtool.saying import Stopped, say

# What `ldd` reports missing on a bare Debian 12 for Qt's libraries and its offscreen, xcb and Wayland
# platforms; soname -> Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# What tests start; a program that comes with it -> Debian package. PostgreSQL keeps its own out of PATH.
TEST_TOOLS = {"Xvfb": "xvfb", "pg_createcluster": "postgresql"}


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not on this computer: what it is called here, and the Debian packages that bring it."""

    things: tuple[str, ...]
    packages: tuple[str, ...]


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def find_missing(
    *,
    tests: bool,
    loads: Callable[[str], bool] = _loads,
    which: Callable[[str], str | None] = shutil.which,
    has_module: Callable[[str], object | None] = importlib.util.find_spec,
) -> Missing:
    """Look for everything Linux must bring; `tests` adds what only the tests need."""
    things: list[str] = []
    packages: list[str] = []
    if has_module("venv") is None or has_module("ensurepip") is None:
        things.append("venv (Python's own module for environments)")
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    for soname, package in QT_LIBRARIES.items():
        if not loads(soname):
            things.append(soname)
            packages.append(package)
    # Elsewhere than on Debian the tools have other names, and the tests that need them are skipped.
    for program, package in TEST_TOOLS.items() if tests and which("apt-get") else ():
        if which(program) is None:
            things.append(program)
            packages.append(package)
    return Missing(things=tuple(things), packages=tuple(packages))


def apt_commands(packages: Sequence[str], *, sudo: bool) -> list[list[str]]:
    """The two commands that install `packages`."""
    prefix = ["sudo"] if sudo else []
    return [
        [*prefix, "apt-get", "update"],
        [*prefix, "apt-get", "install", "-y", "--no-install-recommends", *packages],
    ]


def printable(commands: Sequence[Sequence[str]]) -> str:
    """The commands as one line to paste."""
    return " && ".join(" ".join(command) for command in commands)


def _may_use_sudo(which: Callable[[str], str | None]) -> bool:
    """Whether sudo works without a password, or can ask a person for it."""
    if which("sudo") is None:
        return False
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return quiet.returncode == 0 or (sys.stdin is not None and sys.stdin.isatty())


def provide(
    missing: Missing,
    *,
    is_root: bool | None = None,
    which: Callable[[str], str | None] = shutil.which,
) -> None:
    """Install what is missing with apt after saying so; without rights or apt, say what to do and stop.

    Raises Stopped with the exact command when this person may not install packages.
    """
    if not missing.packages:
        return
    if which("apt-get") is None:
        raise Stopped(
            "These system libraries are missing; install them with your package manager and run this again: "
            + ", ".join(missing.things)
        )
    root = os.geteuid() == 0 if is_root is None else is_root
    if not root and not _may_use_sudo(which):
        raise Stopped(
            "Some system packages are missing and you may not install them. Ask for this command, "
            f"then run this again:\n  {printable(apt_commands(missing.packages, sudo=True))}"
        )
    commands = apt_commands(missing.packages, sudo=not root)
    say(f"Installing missing system packages with apt:\n  {printable(commands)}")
    for command in commands:
        _run_apt(command, commands)


def _run_apt(command: list[str], commands: list[list[str]]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        last = "\n  ".join(done.stdout.strip().splitlines()[-5:])
        raise Stopped(
            f"apt could not do it (no network, or another apt is running?). It said:\n  {last}\n"
            f"Try the command yourself, then run this again:\n  {printable(commands)}"
        )
