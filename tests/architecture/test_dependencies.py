"""Every library that is imported is asked for, and every one that is asked for is imported."""

import ast
import re
import sys
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT, Source, called_name, findings, imports, sources

DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
IMPORT_NAMES = {"PySide6": "pyside6-essentials", "shiboken6": "pyside6-essentials"}
# Data, read by zoneinfo; and the server extra of Starlette's forms, imported by Starlette.
NEVER_IMPORTED = {"tzdata", "python-multipart"}
# The driver that SQLAlchemy imports when the address of a database names PostgreSQL.
DRIVERS = {"psycopg"}
SERVER = "app/provider/"
# Where each library may be imported; nowhere else, also not by name.
WINDOW = ("app/ui/", "app/main.py", "app/tour", "app/compose")
HOMES = {
    "pyside6-essentials": WINDOW,
    "qasync": WINDOW,
    "httpx": ("app/api/", "app/compose"),
    "truststore": ("app/api/", "app/compose"),
    "keyring": ("app/storage/",),
    "platformdirs": ("app/storage/",),
    "tomlkit": ("app/storage/",),
    "icalendar": ("app/storage/",),
    "starlette": ("app/sandbox/", "app/provider/"),
    "uvicorn": ("app/sandbox/", "app/provider/"),
    "sqlalchemy": ("app/provider/store/",),
}


def asked_for(name: str = "run") -> set[str]:
    """The direct runtime requirements of the app, or of the servers alone (`server`)."""
    lines = (ROOT / "packaging" / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(Requirement(x).name) for x in lines if x and not x.startswith(("#", "-"))}


def named_modules(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Modules named in strings of a file that imports by name, for example a table of backends."""
    if not any(called_name(node) == "import_module" for node in source.nodes):
        return
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
            yield node, node.value.partition(".")[0]


def libraries(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """The libraries a file imports, also those it imports by name."""
    tops = [(found.node, found.top) for found in imports(source)]
    tops += named_modules(source)
    for node, top in tops:
        if top != "app" and top not in sys.stdlib_module_names:
            yield node, canonicalize_name(IMPORT_NAMES.get(top, top))


def borrowed(source: Source) -> Iterator[str]:
    """Libraries that only happen to be there because another library needs them."""
    for node, name in libraries(source):
        if name not in asked_for("server" if source.path.startswith(SERVER) else "run"):
            yield source.at(node, f"imports {name}")


def astray(source: Source) -> Iterator[str]:
    """Libraries outside the layer they belong to."""
    for node, name in libraries(source):
        if name in HOMES and not source.path.startswith(HOMES[name]):
            yield source.at(node, f"imports {name}, which belongs in {' or '.join(HOMES[name])}")


def test_every_library_stays_in_its_layer() -> None:
    found = findings(sources("app"), astray)
    assert not found, f"pass plain values across, or a protocol of domain/ports.py:\n{found}"


def test_every_imported_library_is_asked_for() -> None:
    found = findings(sources("app"), borrowed)
    assert not found, f"add it to packaging/requirements/run.in with its reason in the README:\n{found}"


def test_every_library_asked_for_is_imported() -> None:
    used = {name for source in sources("app") for _, name in libraries(source)}
    unused = sorted((asked_for() | asked_for("server")) - used - NEVER_IMPORTED - DRIVERS)
    assert not unused, f"delete from packaging/requirements and lock again: {unused}"
