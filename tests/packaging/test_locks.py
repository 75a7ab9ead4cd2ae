"""The lock files: complete, hashed, alike, and free of addresses."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devtool.locks import NAMES
from devtool.places import Checkout

FOLDER = Checkout().requirements
REWRITE = "run `python3 packaging/dev.py lock` and commit the result"
# What keyring needs before Python 3.12 has it in its standard library.
BACKPORTS = {"backports-tarfile", "importlib-metadata", "lazy-importer", "zipp"}
MOST_ON_LINUX = 31


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package with the number of its hashes."""

    requirement: Requirement
    hashes: int

    @property
    def name(self) -> str:
        """The name in the form in which names are compared."""
        return canonicalize_name(self.requirement.name)


def pins_of(lock_file: Path) -> list[Pin]:
    """Read a lock file; a line that is no pin, hash or comment fails."""
    joined = lock_file.read_text(encoding="utf-8").replace("\\\n", " ")
    pins = []
    for line in joined.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        text, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in hashes), f"{lock_file.name}: {line}"
        pins.append(Pin(requirement=Requirement(text), hashes=len(hashes)))
    return pins


def directs_of(source: Path) -> set[str]:
    """The names a requirement file asks for itself, its includes too."""
    names: set[str] = set()
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            names |= directs_of(source.parent / line[3:])
        elif line and not line.startswith("#"):
            names.add(canonicalize_name(Requirement(line).name))
    return names


def linux_closure(python: str) -> set[str]:
    """What `run` installs on Linux with this Python."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    pins = pins_of(FOLDER / "run.txt")
    return {
        p.name for p in pins if p.requirement.marker is None or p.requirement.marker.evaluate(environment)
    }


def test_every_requirement_file_is_locked() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.in")) == sorted(NAMES)
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_pin_is_exact_and_hashed(name: str) -> None:
    pins = pins_of(FOLDER / f"{name}.txt")
    loose = [str(p.requirement) for p in pins if not re.fullmatch(r"==[^*,]+", str(p.requirement.specifier))]
    bare = [p.name for p in pins if p.hashes == 0]
    assert not loose, f"not pinned to one version: {loose}; {REWRITE}"
    assert not bare, f"without a hash: {bare}; {REWRITE}"


@pytest.mark.parametrize("name", NAMES)
def test_everything_asked_for_is_locked(name: str) -> None:
    missing = directs_of(FOLDER / f"{name}.in") - {pin.name for pin in pins_of(FOLDER / f"{name}.txt")}
    assert not missing, f"{name}.in asks for {missing}, which {name}.txt lacks: {REWRITE}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["in", "txt"])
def test_no_address_and_no_path_of_a_machine(name: str, kind: str) -> None:
    text = (FOLDER / f"{name}.{kind}").read_text(encoding="utf-8")
    found = re.findall(r"(?m)^.*(?:://|index-url|find-links|trusted-host|file:|(?<!\w)/[a-z]+/).*$", text)
    assert not found, f"{name}.{kind} names an address or a path: {found}; {REWRITE}"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"run", "lock"}])
def test_all_locks_agree_with_run(name: str) -> None:
    run = {p.name: p.requirement.specifier for p in pins_of(FOLDER / "run.txt")}
    pins = pins_of(FOLDER / f"{name}.txt")
    other = {p.name: str(p.requirement.specifier) for p in pins if p.name in run}
    assert other == {name: str(run[name]) for name in other}, REWRITE


def test_each_set_contains_the_one_before() -> None:
    run, dev, bench = ({p.name for p in pins_of(FOLDER / f"{name}.txt")} for name in ("run", "dev", "bench"))
    assert run < dev < bench


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_app_needs_few_packages_on_linux(python: str) -> None:
    closure = linux_closure(python) - BACKPORTS
    assert len(closure) <= MOST_ON_LINUX, f"{len(closure)} packages on Linux: drop one ({sorted(closure)})"


@pytest.mark.parametrize("package", ["secretstorage", "jeepney"])
def test_key_store_backends_are_bound_to_their_platform(package: str) -> None:
    markers = {p.name: str(p.requirement.marker) for p in pins_of(FOLDER / "run.txt")}
    assert 'sys_platform == "linux"' in markers[package]
    assert 'sys_platform == "win32"' in markers["pywin32-ctypes"]
